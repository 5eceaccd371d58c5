"""What every store does, whatever the database behind it."""

from datetime import date, timedelta

import pytest

from dateline.errors import NotFoundError, UsageError
from dateline.model import (
    DateRange,
    Field,
    Incident,
    Judgement,
    LedgerAct,
    LedgerEntry,
    Rejection,
    RejectionReason,
    Resolution,
    Slot,
    Standing,
    Verdict,
    text_anchor,
)
from dateline.store import Bound, Change, Store

from .conftest import NOW
from .making import BODY, claims_of, document_of, mention_of, report_of


def keep(store: Store, report=None):
    report = report or report_of()
    document = document_of(report)
    mention = mention_of(document)
    with store.write() as session:
        session.evidence.receive(report, NOW)
        session.evidence.keep(document, NOW)
        session.findings.replace(report.id, [mention], claims_of(mention, document))
        session.evidence.mark_read(report.id, "test-1")
    return report, document, mention


def test_everything_comes_back_as_it_was(open_store):
    report, document, mention = keep(open_store())
    with open_store().read() as session:
        assert session.evidence.report(report.id) == report
        assert session.evidence.document(report.id) == document
        assert list(session.findings.mentions()) == [mention]
        assert session.findings.claims([mention.id]) == claims_of(mention, document)


def test_bytes_are_kept_to_the_last_one(store):
    report = report_of("caf\u00e9 \u2013 \U0001f525\r\n\0 end ")
    with store.write() as session:
        session.evidence.receive(report, NOW)
    with store.read() as session:
        assert session.evidence.report(report.id).blob.content == report.blob.content


def test_the_same_bytes_again_are_one_report_with_two_retrievals(store):
    report = report_of()
    with store.write() as session:
        assert session.evidence.receive(report, NOW)
        assert not session.evidence.receive(report, NOW + timedelta(days=1))
        times = [retrieval.at for retrieval in session.evidence.retrievals(report.id)]
    assert times == [NOW, NOW + timedelta(days=1)]


def test_the_same_text_at_two_outlets_is_two_reports_of_one_blob(store):
    one, other = report_of(outlet="The Sarvo Post"), report_of(outlet="Sarvo Radio")
    with store.write() as session:
        assert session.evidence.receive(one, NOW)
        assert session.evidence.receive(other, NOW)
    assert store.verify().blobs == 1
    assert store.verify().reports == 2


def test_other_bytes_at_one_address_supersede_what_was_there(store):
    first = report_of(url="https://sarvo.example/depot")
    second = report_of(BODY + " Correction: four guards.", url="https://sarvo.example/depot")
    with store.write() as session:
        session.evidence.receive(first, NOW)
        session.evidence.receive(second, NOW)
        session.evidence.receive(report_of("Elsewhere.", "elsewhere.txt"), NOW)
        assert session.evidence.superseded() == {second.id: first.id}


def test_a_rejection_is_kept_once(store):
    rejection = Rejection("empty.txt", RejectionReason.EMPTY, "file is empty")
    with store.write() as session:
        assert session.evidence.reject(rejection, NOW)
        assert not session.evidence.reject(rejection, NOW)
        assert list(session.evidence.rejections()) == [rejection]


def test_documents_that_another_version_read_are_to_be_read_again(store):
    report, _, _ = keep(store)
    with store.read() as session:
        assert session.evidence.read_otherwise("test-1") == ()
        assert session.evidence.read_otherwise("test-2") == (report.id,)


def test_a_date_that_other_reports_bound_is_kept_beside_the_one_that_was_read(store):
    report, _, mention = keep(store)
    bound = Bound(DateRange(date(2031, 5, 1), None), "the report retells a raid", ("m1", "m2"))
    with store.write() as session:
        assert session.findings.narrow({mention.id: bound}, [mention.id]) == {report.id}
        assert session.findings.narrow({mention.id: bound}, [mention.id]) == frozenset()
        assert session.findings.bounds([report.id]) == {mention.id: bound}
        assert list(session.findings.mentions()) == [mention]
        assert session.findings.narrow({}, [mention.id]) == {report.id}
        assert session.findings.bounds([report.id]) == {}


def judgement_on(document, mention) -> Judgement:
    return Judgement(
        Verdict.IRRELEVANT, text_anchor(document.text, mention.span), "M. Auer", NOW, "a drill, no attack"
    )


def test_a_withdrawn_judgement_stays_on_record(store):
    _, document, mention = keep(store)
    judgement = judgement_on(document, mention)
    with store.write() as session:
        session.decisions.judge(judgement)
        assert session.decisions.standing() == (judgement,)
        withdrawn = session.decisions.withdraw(judgement.id[:6], "M. Auer", NOW)
        assert session.decisions.standing() == ()
        assert list(session.decisions.judgements()) == [withdrawn]
        with pytest.raises(UsageError, match="withdrawn already"):
            session.decisions.withdraw(judgement.id, "M. Auer", NOW)


def test_the_ledger_keeps_its_history_and_who_holds_what(store):
    _, document, mention = keep(store)
    anchor = text_anchor(document.text, mention.span)
    entry = LedgerEntry("i0001", LedgerAct.MINTED, NOW, report_id=document.report_id)
    merge = LedgerEntry("i0001", LedgerAct.MERGED, NOW, target="i0002")
    with store.write() as session:
        session.decisions.enter([entry])
        session.decisions.hold({anchor: "i0001"})
        session.decisions.enter([merge])
        session.decisions.hold({anchor: "i0002"})
        ledger = session.decisions.ledger()
    assert dict(ledger.holders) == {anchor: "i0002"}
    assert ledger.entries == (entry, merge)
    assert ledger.redirect("i0001") == "i0002"


def test_an_incident_comes_back_with_its_claims(store):
    report, document, mention = keep(store)
    claims = claims_of(mention, document)
    slot = Slot.of(Field.COUNT, claims[0].value)
    toll = Resolution(slot, Standing.SINGLE, (claims[0].value,), "gtd", "because", (claims[0].id,))
    place = Resolution(Slot(Field.PLACE), Standing.UNKNOWN, (), "gtd", "nothing said", judged=True)
    incident = Incident("i0001", (mention.id,), (report.id,), (toll, place), claims, ("i0002",))
    with store.write() as session:
        assert session.computed.put(incident, "gtd") is None
        assert session.computed.put(incident, "gtd") is not None
        assert session.computed.incident("i00") == incident
        session.computed.drop(["i0001"])
        assert session.computed.count() == 0


def test_changes_come_back_in_order(store):
    changes = [
        Change("i1", NOW, "killed", None, ["single", "3"], report_id="r1"),
        Change("i1", NOW, "killed", ["single", "3"], ["revised", "4"], judgement_id="j1"),
    ]
    with store.write() as session:
        session.computed.record(changes)
        assert session.computed.history(["i1"]) == tuple(changes)
        assert session.computed.history(["i2"]) == ()


def test_ids_can_be_shortened_while_they_are_unambiguous(store):
    one, _, mention = keep(store)
    keep(store, report_of("Gunmen killed three guards again.", "again.txt"))
    with store.read() as session:
        assert session.findings.mention(mention.id[:9]) == mention
        with pytest.raises(NotFoundError, match="begins several ids"):
            session.evidence.report("r")
        with pytest.raises(NotFoundError, match="no report 'r%'"):
            session.evidence.report("r%")
        with pytest.raises(NotFoundError, match="no report ''"):
            session.evidence.report("")
        assert session.evidence.report(one.id) == one


def test_an_error_leaves_nothing_half_written(store):
    def break_off() -> None:
        with store.write() as session:
            session.evidence.receive(report_of(), NOW)
            raise RuntimeError("stopped")

    with pytest.raises(RuntimeError):
        break_off()
    assert store.verify().entries == 0
    assert store.verify().reports == 0
