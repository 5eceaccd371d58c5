"""Every error that Dateline raises on purpose, on one page.

Each message names what was found, what was expected and what to do next, in one line. Errors
that one bad report causes never leave the pipeline: they become `Rejection`s.
"""

from __future__ import annotations


class DatelineError(Exception):
    """Base of all. `exit_code` is what the command line ends with."""

    exit_code = 1


class UsageError(DatelineError):
    """The command or its arguments make no sense."""

    exit_code = 2


class InputError(DatelineError):
    """What was to be read is not there or cannot be read."""

    exit_code = 3


class StoreError(DatelineError):
    """The database cannot be opened, read or written."""

    exit_code = 4


class StoreVersionError(StoreError):
    """The database was written by a newer Dateline."""


class StoreBusyError(StoreError):
    """Another run is writing to the same database."""


class CustodyError(StoreError):
    """The custody log or the stored bytes do not match their hashes."""

    exit_code = 5


class NotFoundError(DatelineError):
    """No incident, report or judgement has the id that was asked for."""

    exit_code = 6


class DataError(DatelineError):
    """A data file of the package or of the user is not as its schema says."""

    exit_code = 7


class AnnotationError(DatelineError):
    """A reference annotation does not follow the codebook's form."""

    exit_code = 3
