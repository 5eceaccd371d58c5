from __future__ import annotations

import pytest

from dateline.config import Settings


@pytest.fixture
def settings() -> Settings:
    return Settings(largest_report=200_000, largest_file=2_000_000)
