"""Files that leave Dateline: one module a format."""
