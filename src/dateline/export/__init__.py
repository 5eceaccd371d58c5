"""Files that leave Dateline: one module a format, and a registry that packages can add to."""

from dateline.export.format import Format, Manifest
from dateline.export.json_ import Exported, read
from dateline.export.precision import Precision, precision
from dateline.export.registry import format_named, formats

__all__ = ["Exported", "Format", "Manifest", "Precision", "format_named", "formats", "precision", "read"]
