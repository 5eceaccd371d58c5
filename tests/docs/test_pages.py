"""What the pages say of vocabularies, errors, formats and dependencies is what the code holds."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from dateline import errors
from dateline.export import Precision, formats
from dateline.model import codebook
from dateline.model.incident import Standing
from dateline.model.report import RejectionReason

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
VOCABULARIES = [
    codebook.Focus,
    codebook.Reality,
    codebook.IncidentType,
    codebook.WeaponKind,
    codebook.What,
    codebook.Who,
    codebook.OfWhom,
    codebook.PerpetratorCategory,
    codebook.TargetCategory,
    codebook.SpeakerKind,
    codebook.CaptivityStatus,
]


def _page(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def _first_cells(page: str) -> list[str]:
    return re.findall(r"^\| `([^`]+)` \|", page, re.MULTILINE)


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda vocabulary: vocabulary.__name__)
def test_codebook_names_every_member(vocabulary):
    page = _page("codebook.md")
    assert [member for member in vocabulary if f"`{member}`" not in page] == []


def test_types_stand_in_order_of_precedence():
    cells = [cell for cell in _first_cells(_page("codebook.md")) if cell in set(codebook.IncidentType)]
    assert cells == list(codebook.IncidentType)


def test_every_error_has_its_exit_code():

    listed = re.findall(r"^\| (\d) \| `(\w+)` \|", _page("reference/errors.md"), re.MULTILINE)
    known = [
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.DatelineError)
    ]

    assert {(code, name) for code, name in listed} == {(str(kind.exit_code), kind.__name__) for kind in known}


def test_every_reason_of_rejection_is_explained():
    assert set(RejectionReason) <= set(_first_cells(_page("reference/errors.md")))


def test_every_format_is_described():
    page = _page("reference/formats.md")
    for word in (*formats(), *Precision, *Standing):
        assert f"`{word}`" in page


def test_every_dependency_has_its_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    optional = project["optional-dependencies"].values()
    wanted = [*project["dependencies"], *(package for group in optional for package in group)]
    names = {re.split(r"[\[><=~!; ]", requirement)[0] for requirement in wanted}
    listed = set(re.findall(r"[\w-]+", _page("dependencies.md")))
    assert names - listed == set()


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path):
    for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"
