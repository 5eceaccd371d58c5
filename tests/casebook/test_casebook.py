"""The Python API, on the sample reports."""

import subprocess
import sys
from pathlib import Path

import pandas
import pytest

from dateline import Casebook
from dateline.errors import CustodyError, NotFoundError, UsageError
from dateline.model import IncidentType, What

REPORTS = Path(__file__).parents[2] / "examples" / "reports"


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    with Casebook(tmp_path_factory.mktemp("book") / "cases.db") as book:
        summary = book.add(REPORTS)
        assert summary.new
        yield book


def test_incidents_are_a_sequence_and_a_table(book):
    incidents = book.incidents()
    table = incidents.frame()
    assert len(incidents) == len(table) > 0
    assert [incident.id for incident in incidents] == list(table.index)
    assert [incident.id for incident in incidents[1:3]] == list(table.index[1:3])
    assert pandas.api.types.is_datetime64_any_dtype(table["earliest"])
    assert table["killed_low"].dtype == "Int64"
    known = [i for i in incidents if i.counts(What.KILLED)]
    assert table["killed_low"].notna().sum() == len([i for i in known if table["killed_low"].notna()[i.id]])
    assert book.incidents(text="no such words").frame().empty


def test_filters_take_words_and_days(book):
    taken = book.incidents(type="hostage_taking", country=["GE"], since="2025-03-01")
    assert {incident.type for incident in taken} == {IncidentType.HOSTAGE_TAKING}
    with pytest.raises(UsageError, match="no such word 'earthquake'; known: hijacking"):
        book.incidents(type="earthquake")
    with pytest.raises(UsageError, match="no day"):
        book.incidents(until="soon")


def test_a_case_shows_every_claim_in_its_sentence(book):
    case = book.incident(book.incidents(country="GE")[0].id)
    html = case._repr_html_()
    assert case.incident.id in html
    assert html.count("<mark>") >= len({c.span for c in case.incident.claims if not c.inferred}) / 2
    assert book.report(case.incident.report_ids[0])._repr_html_().count("<mark>") > 0
    assert book.incidents()._repr_html_().count("<tr>") == len(book.incidents()) + 1


def test_hostile_text_is_escaped_in_a_notebook(tmp_path):
    path = tmp_path / "hostile.txt"
    path.write_text(
        "Gunmen kill three guards <script>alert(1)</script> in Kutaisi\n\n"
        "KUTAISI, Georgia, March 12, 2025 - Gunmen killed three guards <img src=x onerror=alert(2)> and"
        " wounded five people in Kutaisi on Tuesday, the police said. The gunmen fled by car.\n"
    )
    with Casebook(tmp_path / "x.db") as book:
        book.add(path)
        (incident, *_) = book.incidents()
        shown = book.incident(incident.id)._repr_html_() + book.report(incident.report_ids[0])._repr_html_()
    assert "<script" not in shown
    assert "<img" not in shown
    assert "&lt;script&gt;" in shown


def test_judging_and_undoing(tmp_path):
    with Casebook(tmp_path / "x.db") as book:
        book.add(REPORTS / "06-potiskum-market-bomb.txt")
        (incident, *_) = book.incidents()
        mention = incident.mention_ids[0]
        decision = book.judge("irrelevant", mention, reason="a drill", by="M. Auer")
        assert incident.id not in {i.id for i in book.incidents()}
        with pytest.raises(NotFoundError, match="is no more"):
            book.incident(incident.id)
        book.undo(decision.judgement.id)
        assert incident.id in {i.id for i in book.incidents()}
        with pytest.raises(UsageError, match="takes two ids"):
            book.judge("same", mention, reason="one attack")
        with pytest.raises(UsageError, match="no verdict 'maybe'"):
            book.judge("maybe", mention, reason="unsure")
        assert book.verify().judgements == 1


def test_an_irrelevant_incident_is_gone_with_all_its_mentions_until_undone(tmp_path):
    with Casebook(tmp_path / "x.db") as book:
        book.add(REPORTS)
        before = {i.id for i in book.incidents()}
        incident = max(book.incidents(), key=lambda i: len(i.mention_ids))
        decision = book.judge("irrelevant", incident.id, reason="a drill", by="M. Auer")
        assert {i.id for i in book.incidents()} == before - {incident.id}
        book.undo(decision.judgement.id)
        assert {i.id for i in book.incidents()} == before


def test_export_and_timeline(book, tmp_path):
    assert book.export("json", tmp_path / "out.json") == len(book.incidents())
    incident = max(book.incidents(), key=lambda i: len(i.report_ids))
    assert len(book.timeline(incident.id)) == len(incident.report_ids)


def test_verify_raises_when_something_was_altered(tmp_path):
    import sqlite3

    with Casebook(tmp_path / "x.db") as book:
        book.add(REPORTS / "06-potiskum-market-bomb.txt")
        assert book.verify().holds
        other = sqlite3.connect(tmp_path / "x.db")
        other.execute("UPDATE reports SET outlet = 'Other'")
        other.commit()
        other.close()
        with pytest.raises(CustodyError, match="not as the custody log has it"):
            book.verify()


def test_importing_the_package_is_light():
    script = "import dateline, sys; print(any(m in sys.modules for m in ('pandas', 'sqlalchemy', 'numpy')))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
