"""The store: one file that holds evidence, findings, decisions, the custody log and computed incidents."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from filelock import Timeout
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError

from dateline.errors import StoreBusyError, StoreError
from dateline.store.computed import Computed
from dateline.store.copies import Signatures
from dateline.store.custody import CustodyLog
from dateline.store.database import connect, database_path, lock_of, unusable
from dateline.store.decisions import Decisions
from dateline.store.evidence import Evidence
from dateline.store.findings import Findings
from dateline.store.links import Links
from dateline.store.verify import Verification, verify


class Session:
    """One transaction: all that it reads is of one moment, all that it writes is kept or nothing is."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.custody = CustodyLog(connection)
        self.evidence = Evidence(connection, self.custody)
        self.findings = Findings(connection)
        self.decisions = Decisions(connection, self.custody)
        self.links = Links(connection)
        self.signatures = Signatures(connection)
        self.computed = Computed(connection, self.findings)


class Store:
    """A database that many may read while one writes."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine = engine
        self._lock = lock_of(path)
        self.path = path

    @classmethod
    def open(cls, database: str | Path, *, create: bool = True) -> Self:
        """Open the database at a path or sqlite:/// address, and bring an older one up to date.

        StoreError says in one line why it cannot be opened; StoreVersionError, that it is of a
        newer Dateline. A file that is not there is made when `create` is true.
        """
        path = database_path(database)
        return cls(connect(path, create=create), path)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Give a session that reads one moment of the store, whoever else writes."""
        with self._session() as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Give a session whose writes are kept together at its end, or not at all on an error."""
        with self.lock(), self._session() as session:
            yield session

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Be the one writer meanwhile; StoreBusyError at once when another process is."""
        try:
            self._lock.acquire()
        except Timeout as error:
            raise StoreBusyError(
                f"{self.path} is being written by another run; reading goes on, but wait for that run to end"
                " before the next one"
            ) from error
        except OSError as error:
            raise StoreError(
                f"{self.path} cannot be written (no lock file can be made beside it: {error.strerror})"
            ) from error
        try:
            yield
        finally:
            self._lock.release()

    @contextmanager
    def _session(self) -> Iterator[Session]:
        try:
            with self._engine.begin() as connection:
                yield Session(connection)
        except DatabaseError as error:
            raise unusable(self.path, error) from error

    def verify(self) -> Verification:
        """Hash everything again; the result names every fault that was found."""
        with self.read() as session:
            return verify(session.connection)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()
