"""A package that is installed adds a format; a broken one is named."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from dateline.errors import DataError
from dateline.export import Manifest, format_named, formats

MODULE = """
class Ids:
    name = "ids"
    description = "one id a line"

    def write(self, incidents, citations, manifest, out):
        for incident in incidents:
            out.write(incident.id + "\\n")

ids = Ids()
"""


def _install(folder: Path, monkeypatch: pytest.MonkeyPatch, entry: str) -> None:
    """Lay a distribution into `folder` as pip would, and put it on the path."""
    (folder / "idsformat.py").write_text(MODULE, "utf-8")
    metadata = folder / "idsformat-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: idsformat\nVersion: 1.0\n", "utf-8")
    (metadata / "entry_points.txt").write_text(f"[dateline.exports]\n{entry}\n", "utf-8")
    monkeypatch.syspath_prepend(str(folder))


def test_installed_format_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, incidents, citations):
    _install(tmp_path, monkeypatch, "ids = idsformat:ids")
    out = io.StringIO()
    format_named("ids").write(incidents, citations, Manifest("latest-official", "0.0"), out)
    assert out.getvalue() == "i1\ni2\n"


def test_built_in_format_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    _install(tmp_path, monkeypatch, "json = idsformat:ids")
    assert type(formats()["json"]).__name__ == "JsonFormat"


def test_broken_format_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    _install(tmp_path, monkeypatch, "ids = idsformat:missing")
    with pytest.raises(DataError, match=r"export format 'ids' .* uninstall"):
        formats()
