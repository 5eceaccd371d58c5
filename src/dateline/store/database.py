"""Opening a database: where it is, whether it is ours, which version it has.

All that belongs to SQLite alone stands in this module.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from filelock import FileLock
from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from dateline.errors import StoreError, StoreVersionError
from dateline.store import migrations

SQLITE = "sqlite:///"
_LONGEST_WAIT = 10.0  # seconds that one statement waits for another's commit


def database_path(database: str | Path) -> Path:
    """Return the file that `database`, a path or a sqlite:/// address, names; StoreError for others."""
    name = str(database)
    if name.startswith(SQLITE):
        name = name.removeprefix(SQLITE)
    elif "://" in name:
        kind = name.split("://", 1)[0]
        raise StoreError(f"databases of kind {kind!r} are not served yet; give the path of a file instead")
    if not name.strip():
        raise StoreError("the name of the database is empty; give the path of a file")
    return Path(name)


def connect(path: Path, *, create: bool) -> Engine:
    """Return an engine on the database at `path`, at the newest schema version.

    A new file is made when `create` is true. StoreError says in one line what is in the way.
    """
    _check_path(path, create=create)
    engine = create_engine(f"{SQLITE}{path}", poolclass=NullPool, connect_args={"timeout": _LONGEST_WAIT})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    try:
        if not _is_current(engine, path):
            _bring_up(engine, path)
    except (DatabaseError, OSError) as error:
        raise unusable(path, error) from error
    return engine


def lock_of(path: Path) -> FileLock:
    """Return the lock that the one writer of a database holds; it is freed when its process ends."""
    return FileLock(f"{path}.lock", timeout=0)


def unusable(path: Path, error: Exception) -> StoreError:
    """Return the one clear line for an error of the database at `path`."""
    cause = str(getattr(error, "orig", None) or error)
    if "not a database" in cause:
        return StoreError(f"{path} is not a database; give the path of a Dateline database or of a new file")
    if "readonly" in cause or "unable to open" in cause:
        return StoreError(f"{path} cannot be written ({cause}); check its permissions or give another path")
    if "locked" in cause:
        return StoreError(f"{path} is locked by another program ({cause}); try again when it is done")
    return StoreError(f"{path} cannot be used: {cause}")


def _check_path(path: Path, *, create: bool) -> None:
    try:
        if path.is_dir():
            raise StoreError(f"{path} is a folder; give the path of a file, such as {path / 'dateline.db'}")
        missing = not path.exists()
        no_folder = not path.parent.is_dir()
    except OSError as error:
        raise StoreError(f"{path} cannot be reached: {error.strerror}") from error
    if no_folder:
        raise StoreError(f"there is no folder {path.parent} for the database; make it or give another path")
    if missing and not create:
        raise StoreError(f"there is no database at {path}; make one with: dateline run PATH --db {path}")


def _prepare(connection: Any, record: Any) -> None:  # noqa: ARG001
    # Without an isolation level the driver leaves transactions to us, so that reads see one snapshot too.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _is_current(engine: Engine, path: Path) -> bool:
    with engine.begin() as connection:
        return _version(connection, path) == migrations.HEAD


def _bring_up(engine: Engine, path: Path) -> None:
    with lock_of(path).acquire(timeout=_LONGEST_WAIT):
        raw = engine.raw_connection()
        raw.driver_connection.execute("PRAGMA journal_mode = WAL")  # type: ignore[union-attr]
        raw.close()
        with engine.begin() as connection:
            migrations.upgrade(connection)


def _version(connection: Connection, path: Path) -> str | None:
    names = inspect(connection).get_table_names()
    if "alembic_version" in names:
        return _known(connection.execute(text("SELECT version_num FROM alembic_version")).scalar(), path)
    if names:
        raise StoreError(f"{path} is the database of another program (table {names[0]!r}); give another path")
    return None


def _known(version: str | None, path: Path) -> str | None:
    if version is not None and version > migrations.HEAD:
        raise StoreVersionError(
            f"{path} was written by a newer Dateline (schema {version}; this one knows {migrations.HEAD});"
            " upgrade with: pip install --upgrade dateline"
        )
    return version
