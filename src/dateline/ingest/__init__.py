"""Reading what comes in, cleaning it, and dating it."""

from dateline.ingest.parsing import parse
from dateline.ingest.reading import read

__all__ = ["parse", "read"]
