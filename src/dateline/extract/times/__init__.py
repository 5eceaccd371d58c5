"""Time expressions: found, read as TIMEX3, and resolved to honest ranges of days."""

from dateline.extract.times.finder import find_times, parse_date

__all__ = ["find_times", "parse_date"]
