from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dateline.store import Store

Opener = Callable[[], Store]

NOW = datetime(2031, 5, 4, 12, 30, tzinfo=UTC)


@pytest.fixture(params=["sqlite"])
def open_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    """Open one and the same database again and again; a further kind of database is a further parameter."""
    opened: list[Store] = []

    def opener() -> Store:
        opened.append(Store.open(tmp_path / f"{request.param}.db"))
        return opened[-1]

    yield opener
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: Opener) -> Store:
    return open_store()
