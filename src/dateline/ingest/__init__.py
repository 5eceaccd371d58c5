"""Reading what comes in, cleaning it, and dating it."""

from dateline.ingest.copies import Signature, bands_of, find_copies
from dateline.ingest.parsing import parse
from dateline.ingest.reading import read

__all__ = ["Signature", "bands_of", "find_copies", "parse", "read"]
