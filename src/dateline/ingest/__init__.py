"""Reading what comes in, cleaning it, and dating it."""

from dateline.ingest.copies import CopyIndex, Signature, find_copies
from dateline.ingest.parsing import parse
from dateline.ingest.reading import read

__all__ = ["CopyIndex", "Signature", "find_copies", "parse", "read"]
