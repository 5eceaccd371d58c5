"""Whole runs on real files with a small extractor: what comes in, what goes on, what stays the same."""

import gzip
import random
from datetime import UTC, datetime

import pytest

from dateline.config import Settings
from dateline.errors import InputError
from dateline.model import (
    Count,
    Field,
    Judgement,
    RejectionReason,
    Standing,
    Verdict,
    What,
    Who,
    text_anchor,
)
from dateline.pipeline import judge, run, withdraw
from dateline.query import Query
from dateline.store import Store

from .reading import Tiny, write_reports

SETTINGS = Settings(workers=0, batch_size=4)
NOW = datetime(2031, 6, 1, tzinfo=UTC)
TWO, SEVEN = (Count(What.KILLED, Who.UNSPECIFIED, number, number) for number in (2, 7))


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "cases.db") as store:
        yield store


@pytest.fixture
def reports(tmp_path):
    return write_reports(tmp_path / "reports", 20)


def states(store: Store):
    with store.read() as session:
        return session.computed.states()


def partition(store: Store) -> set[frozenset[str]]:
    return {frozenset(incident.mention_ids) for incident in Query(store).incidents()}


def test_reports_become_incidents_and_every_value_leads_to_its_words(store, reports):
    summary = run([str(reports)], store, SETTINGS, Tiny())
    assert (len(summary.new), summary.mentions, summary.rejected) == (20, 20, ())
    assert summary.incidents == len(summary.incidents_new) > 0
    query = Query(store)
    for incident in query.incidents():
        casefile = query.casefile(incident.id)
        for resolution in incident.resolutions:
            assert resolution.supporting
            for claim_id in resolution.supporting:
                claim = incident.claim(claim_id)
                text = casefile.source(claim).text
                assert text[claim.span.start : claim.span.end] == claim.span.quote
    assert store.verify().holds


def test_the_same_run_again_changes_nothing(store, reports):
    first = run([str(reports)], store, SETTINGS, Tiny())
    before = states(store)
    again = run([str(reports)], store, SETTINGS, Tiny())
    assert states(store) == before
    assert (again.new, again.known, again.incidents) == ((), 20, first.incidents)
    assert (again.incidents_new, again.incidents_changed) == ((), ())
    report = Query(store).report(first.new[0])
    assert len(report.retrievals) == 2


@pytest.mark.parametrize("batch_size", [1, 7, 100])
def test_batches_and_workers_do_not_show_in_the_result(store, reports, tmp_path, batch_size):
    run([str(reports)], store, SETTINGS, Tiny())
    with Store.open(tmp_path / "other.db") as other:
        workers = 2 if batch_size == 7 else 0
        run([str(reports)], other, Settings(workers=workers, batch_size=batch_size), Tiny())
        assert states(other) == states(store)


def test_the_order_of_arrival_does_not_show_in_the_incidents(store, reports, tmp_path):
    paths = sorted(map(str, reports.iterdir()))
    run(paths, store, SETTINGS, Tiny())
    random.Random(5).shuffle(paths)
    with Store.open(tmp_path / "other.db") as other:
        for path in paths:
            run([path], other, SETTINGS, Tiny())
        assert partition(other) == partition(store)


def test_each_bad_file_is_named_with_its_reason_and_the_run_goes_on(store, reports):
    (reports / "empty.txt").write_bytes(b"")
    (reports / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    (reports / "half.jsonl").write_text('{"id": "a", "text": "Gunmen killed two')
    (reports / "page.html").write_text("<html><body><nav>Home</nav></body></html>")
    (reports / "cut.txt.gz").write_bytes(gzip.compress(b"Gunmen killed two people. " * 50)[:40])
    summary = run([str(reports)], store, SETTINGS, Tiny())
    assert len(summary.new) == 20
    rejected = {r.location.rsplit("/", 1)[1].split(":")[0]: r.reason for r in summary.rejected}
    assert set(rejected) == {"empty.txt", "picture.txt", "half.jsonl", "page.html", "cut.txt.gz"}
    assert rejected["empty.txt"] is RejectionReason.EMPTY
    assert rejected["picture.txt"] is RejectionReason.BINARY
    assert rejected["half.jsonl"] is RejectionReason.BAD_JSON
    assert all("\n" not in str(r) for r in summary.rejected)
    again = run([str(reports)], store, SETTINGS, Tiny())
    assert set(again.rejected) == set(summary.rejected)
    assert len(Query(store).rejections()) == 5


@pytest.mark.parametrize(("word", "workers", "detail"), [("RAISE", 0, "told to fail"), ("DIE", 2, "died")])
def test_a_report_that_breaks_the_extractor_is_kept_as_failed(store, tmp_path, word, workers, detail):
    reports = write_reports(tmp_path / "many", 30)
    path = reports / "0007.txt"
    path.write_text(path.read_text() + word)
    summary = run([str(reports)], store, Settings(workers=workers), Tiny())
    assert len(summary.new) == 29
    (rejection,) = summary.rejected
    assert rejection.reason is RejectionReason.FAILED
    assert detail in rejection.detail
    assert rejection.location == str(path)
    view = Query(store).report(rejection.report_id or "")
    assert view.report.blob.content == path.read_bytes()
    assert view.rejections == (rejection,)


def test_nothing_at_a_location_is_one_clear_error(store, tmp_path):
    with pytest.raises(InputError, match="nothing to read"):
        run([str(tmp_path / "nowhere")], store, SETTINGS, Tiny())


def test_other_bytes_at_one_place_are_a_correction_and_both_stay(store, reports):
    run([str(reports)], store, SETTINGS, Tiny())
    path = reports / "0003.txt"
    path.write_text(path.read_text() + "Correction: the road leads to the lake.\n")
    summary = run([str(reports)], store, SETTINGS, Tiny())
    assert summary.new == summary.corrections
    view = Query(store).report(summary.corrections[0])
    assert view.supersedes
    assert Query(store).report(view.supersedes).superseded_by == summary.corrections


def test_a_correction_takes_back_what_its_report_said(store, tmp_path):
    page = tmp_path / "sarvo.txt"
    told = "Attack near {place}\n\n2 May 2031 - Gunmen killed {number} people near {place}, police said.\n"
    page.write_text(told.format(place="Sarvo", number="seven"))
    other = tmp_path / "other.txt"
    other.write_text(told.format(place="Sarvo", number="two") + "The road was closed.\n")
    run([str(tmp_path)], store, SETTINGS, Tiny())
    page.write_text(told.format(place="Sarvo", number="two"))
    summary = run([str(tmp_path)], store, SETTINGS, Tiny())
    (incident,) = Query(store).incidents()
    (toll,) = incident.counts(What.KILLED)
    (correction,) = summary.corrections
    assert {c.corrected_by for c in incident.claims if c.value == SEVEN} == {correction}
    assert all(not incident.claim(i).corrected_by for i in toll.supporting)
    assert toll.value == TWO
    _, changes = Query(store).history(incident.id)
    assert any(change.slot == "killed" and change.report_id == correction for change in changes)


def test_a_correction_that_no_longer_tells_of_an_incident_is_seen_in_it(store, tmp_path):
    page = tmp_path / "sarvo.txt"
    page.write_text("Attack\n\n2 May 2031 - Gunmen killed seven people near Sarvo, police said.\n")
    run([str(tmp_path)], store, SETTINGS, Tiny())
    page.write_text("Withdrawn\n\n2 May 2031 - This story was wrong and has been withdrawn by its editors.\n")
    summary = run([str(tmp_path)], store, SETTINGS, Tiny())
    (incident,) = Query(store).incidents()
    assert {claim.corrected_by for claim in incident.claims} == set(summary.corrections)
    assert all(
        r.standing is Standing.REVISED for r in incident.resolutions if r.slot.field is not Field.FOCUS
    )
    assert summary.incidents_changed == (incident.id,)
    _, changes = Query(store).history(incident.id)
    assert changes[-1].report_id == summary.corrections[0]


def test_a_copy_is_marked_and_has_the_origin_of_what_it_copies(store, tmp_path):
    text = (
        "Gunmen killed two people near Sarvo on the road to the harbour, police said. The men came in a"
        " grey van before dawn, stopped a lorry and fired at its cab, and then drove on towards the lake."
    )
    for name, outlet in (("a", "Sarvo Wire"), ("b", "The Lemmik Post")):
        row = f'{{"id": "{name}", "outlet": "{outlet}", "published": "2031-05-02", "text": "{text}"}}\n'
        (tmp_path / f"{name}.jsonl").write_text(row)
    run([str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl")], store, SETTINGS, Tiny())
    (incident,) = Query(store).incidents()
    assert len(incident.report_ids) == 2
    assert {claim.origin for claim in incident.claims} == {"Sarvo Wire"}


def test_another_version_of_the_extractor_keeps_ids_and_judgements(store, reports):
    run([str(reports)], store, SETTINGS, Tiny())
    query = Query(store)
    before = {incident.id: len(incident.mention_ids) for incident in query.incidents()}
    incident = max(query.incidents(), key=lambda i: len(i.mention_ids))
    place = next(c for c in incident.claims if c.field is Field.PLACE)
    judge(store, Judgement(Verdict.REJECT, place.anchor, "M. Auer", NOW, "another Sarvo"))
    assert place.id in rejected_claims(query, incident.id)

    summary = run([], store, SETTINGS, Tiny("tiny-2", longer=True))
    assert summary.read_again == 20
    assert {i.id: len(i.mention_ids) for i in query.incidents()} == before
    assert place.id not in query.incident(incident.id).claims_by_id
    (rejected,) = rejected_claims(query, incident.id)
    again = query.incident(incident.id).claim(rejected)
    assert (again.report_id, again.value, again.span) == (place.report_id, place.value, place.span)
    assert again.extractor == "tiny-2"
    assert run([], store, SETTINGS, Tiny("tiny-2", longer=True)).read_again == 0


def rejected_claims(query: Query, incident_id: str) -> set[str]:
    return {claim for r in query.incident(incident_id).resolutions for claim in r.rejected}


def anchor_of(store: Store, mention_id: str):
    with store.read() as session:
        mention = session.findings.mention(mention_id)
        document = session.evidence.document(mention.report_id)
        assert document
        return text_anchor(document.text, mention.span)


def test_judgements_join_incidents_and_a_withdrawal_puts_back_what_was(store, reports):
    run([str(reports)], store, SETTINGS, Tiny())
    before = states(store)
    one, other = Query(store).incidents()[:2]
    first, *rest = (anchor_of(store, m) for m in (*one.mention_ids, *other.mention_ids))
    same = [Judgement(Verdict.SAME, first, "M. Auer", NOW, "one attack, two towns", each) for each in rest]
    judge(store, *same)
    joined = Query(store).incident(one.id)
    assert set(joined.mention_ids) == {*one.mention_ids, *other.mention_ids}
    assert Query(store).incident(other.id).id == joined.id
    lines, changes = Query(store).history(joined.id)
    assert any(line.target == joined.id for line in lines)
    assert any(change.judgement_id == same[0].id for change in changes)

    withdrawn, _ = withdraw(store, same[1].id, "M. Auer")
    assert [j.id for j in withdrawn] == [j.id for j in same]
    assert states(store) == before
    assert run([str(reports)], store, SETTINGS, Tiny()).incidents_changed == ()
    assert store.verify().holds


def test_an_irrelevant_mention_is_in_no_incident(store, tmp_path):
    write_reports(tmp_path / "one", 1)
    run([str(tmp_path / "one")], store, SETTINGS, Tiny())
    (incident,) = Query(store).incidents()
    anchor = anchor_of(store, incident.mention_ids[0])
    drill = Judgement(Verdict.IRRELEVANT, anchor, "M. Auer", NOW, "a drill")
    judge(store, drill)
    assert Query(store).incidents() == ()
    withdraw(store, drill.id, "M. Auer")
    assert [i.id for i in Query(store).incidents()] == [incident.id]


def test_a_later_report_shows_in_the_history_with_its_cause(store, tmp_path):
    reports = write_reports(tmp_path / "reports", 1)
    run([str(reports)], store, SETTINGS, Tiny())
    (incident,) = Query(store).incidents()
    text = (reports / "0000.txt").read_text().replace("killed one", "killed two").replace("1 May", "2 May")
    (reports / "later.txt").write_text(text.replace("by hand", "later"))
    summary = run([str(reports)], store, SETTINGS, Tiny())
    assert summary.incidents_changed == (incident.id,)
    _, changes = Query(store).history(incident.id)
    toll = [change for change in changes if change.slot == "killed"]
    assert [change.report_id for change in toll] == [incident.report_ids[0], summary.new[0]]
    assert toll[-1].before is not None


def test_rules_are_applied_when_asked_and_do_not_touch_the_store(store, reports):
    run([str(reports)], store, SETTINGS, Tiny())
    before = states(store)
    for rule in ("acled", "gtd", "ucdp"):
        shown = Query(store, rule).incidents()
        assert {r.rule for incident in shown for r in incident.resolutions} == {rule}
        assert [i.id for i in shown] != []
    assert states(store) == before


@pytest.mark.parametrize("seed", range(4))
def test_reports_that_come_one_by_one_make_the_incidents_of_all_at_once(tmp_path, reports, seed):
    with Store.open(tmp_path / "whole.db") as whole, Store.open(tmp_path / "grown.db") as grown:
        run([str(reports)], whole, SETTINGS, Tiny())
        files = sorted(map(str, reports.iterdir()))
        random.Random(seed).shuffle(files)
        while files:
            some, files = files[:3], files[3:]
            run(some, grown, SETTINGS, Tiny())
        assert partition(grown) == partition(whole)
        assert {values(i) for i in Query(grown).incidents()} == {values(i) for i in Query(whole).incidents()}
        with grown.read() as session:
            assert session.findings.unlinked() == ()


def values(incident):
    return frozenset((r.slot.key, r.standing, r.values) for r in incident.resolutions)
