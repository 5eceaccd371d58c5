"""The notebook of the samples runs from top to bottom, and its objects show themselves."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

EXAMPLES = Path(__file__).parents[2] / "examples"
SOURCE = EXAMPLES.parent / "src"


@pytest.mark.slow
def test_notebook_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    shutil.copytree(EXAMPLES / "reports", tmp_path / "reports")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(SOURCE), os.environ.get("PYTHONPATH", "")]))
    notebook = nbformat.read(EXAMPLES / "casebook.ipynb", as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    shown = [output.data for cell in notebook.cells for output in cell.get("outputs", []) if "data" in output]
    assert sum("text/html" in data for data in shown) == 4  # incidents, frame, incident, report


def test_notebook_is_kept_without_output():
    notebook = nbformat.read(EXAMPLES / "casebook.ipynb", as_version=4)
    assert all(not cell.get("outputs") for cell in notebook.cells)
