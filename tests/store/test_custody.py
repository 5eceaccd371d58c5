"""The custody log finds out whatever is changed behind its back."""

import re
import sqlite3
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.store import CustodyKind, Store

from .conftest import NOW
from .making import report_of
from .test_contract import judgement_on, keep


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "cases.db"
    with Store.open(path) as store:
        _, document, mention = keep(store, report_of(outlet="The Sarvo Post"))
        keep(store, report_of("Gunmen killed three guards again.", "again.txt"))
        with store.write() as session:
            session.decisions.judge(judgement_on(document, mention))
            session.decisions.withdraw(judgement_on(document, mention).id, "M. Auer", NOW)
    return path


def faults_after(path, *statements) -> str:
    tampering = sqlite3.connect(path)
    for statement, *values in statements:
        assert tampering.execute(statement, values).rowcount > 0
    tampering.commit()
    tampering.close()
    return "\n".join(Store.open(path).verify().faults)


def test_an_untouched_store_holds(path):
    found = Store.open(path).verify()
    assert found.holds
    assert (found.blobs, found.reports, found.judgements, found.entries) == (2, 2, 1, 6)


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE reports SET outlet = 'Other' WHERE n = 1", "report r.* is not as the custody log has it"),
        ("UPDATE reports SET location = 'x' WHERE n = 2", "report r.* is not as the custody log has it"),
        ("UPDATE documents SET text = text || '!'", "the text of report r.* was altered"),
        ("UPDATE documents SET published = replace(published, '2031', '2030')", "document of report"),
        ("UPDATE judgements SET reason = 'other'", "judgement j.* is not as the custody log has it"),
        ("UPDATE judgements SET withdrawn_at = NULL", r"has j.* \(withdrawn\), but it is not in the store"),
        ("DELETE FROM judgements", r"has j.* \(judged\), but it is not in the store"),
        ("DELETE FROM documents WHERE rowid = 1", r"\(report read\), but it is not in the store"),
        ("DELETE FROM custody WHERE n = 2", "entry 2 is missing"),
        ("DELETE FROM custody WHERE n = 6", "withdrawal of j.* is not in the custody log"),
        ("UPDATE custody SET subject = 'r0' WHERE n = 3", "entry 3 .* was altered"),
        ("UPDATE custody SET at = '2031-05-04T12:31:00+00:00' WHERE n = 3", "entry 3 .* was altered"),
        ("UPDATE custody SET payload = '{}' WHERE n = 3", "entry 3 .*what it says was altered"),
    ],
)
def test_tampering_is_found(path, statement, fault):
    assert re.search(fault, faults_after(path, (statement,)))


def test_other_bytes_in_a_blob_are_found_packed_or_not(path):
    sql = "UPDATE blobs SET content = ? WHERE rowid = 1"
    assert "stored bytes of blob" in faults_after(path, (sql, zlib.compress(b"Nothing happened.")))
    assert "stored bytes of blob" in faults_after(path, (sql, b"Nothing happened."))


def test_a_lost_blob_is_found(path):
    assert "stored bytes of report" in faults_after(path, ("DELETE FROM blobs WHERE rowid = 1",))


def test_a_report_put_in_behind_the_log_is_found(path):
    sql = (
        "INSERT INTO reports SELECT 'r00', 99, blob_sha256, location, address, outlet, url, stated,"
        " retrieved_at, supersedes FROM reports WHERE n = 1"
    )
    assert "report r00 is not in the custody log" in faults_after(path, (sql,))


@settings(max_examples=20, deadline=None)
@given(payloads=st.lists(st.dictionaries(st.text(), st.none() | st.integers() | st.text())))
def test_any_payload_is_chained(tmp_path_factory, payloads):
    with Store.open(tmp_path_factory.mktemp("log") / "x.db") as store:
        with store.write() as session:
            for payload in payloads:
                session.custody.append(CustodyKind.RUN_STARTED, "u1", payload, NOW)
        found = store.verify()
        assert found.holds
        assert found.entries == len(payloads)
