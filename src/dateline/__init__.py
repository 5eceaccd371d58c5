"""Dateline: news reports in, sourced incident records out.

>>> from dateline import Casebook
>>> book = Casebook("cases.db")
>>> book.add("reports/")            # doctest: +SKIP
>>> book.incidents().frame()        # doctest: +SKIP
"""

__version__ = "0.1.0"
