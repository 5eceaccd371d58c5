"""The command line: `dateline`."""

from dateline.cli.main import main

__all__ = ["main"]
