"""Every command does its work, for people and for machines."""

import json
import re

import click
import pytest

from dateline import Casebook, errors
from dateline.cli import main
from dateline.cli.main import Commands
from dateline.errors import UsageError
from dateline.export import formats

from .conftest import REPORTS


def commands(group: click.Group = main, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    context = click.Context(group)
    found: list[tuple[str, ...]] = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command
        found.append((*path, name))
        if isinstance(command, click.Group):
            found += commands(command, (*path, name))
    return found


@pytest.mark.parametrize("path", commands(), ids=" ".join)
def test_help_of_every_command_shows_an_example(dateline, path):
    help_ = dateline(*path, "--help").output
    assert "Example:" in help_
    assert f"dateline {' '.join(path)}" in help_.split("Example:")[1]


def test_help_names_every_exit_code(dateline):
    assert isinstance(main, Commands)
    help_ = dateline("--help").output
    kinds = [k for k in vars(errors).values() if isinstance(k, type) and issubclass(k, errors.DatelineError)]
    for code in {kind.exit_code for kind in kinds}:
        assert re.search(rf"^ +{code}  \w", help_, re.MULTILINE)


def first_id(dateline, db) -> str:
    rows = json.loads(dateline("list", "--db", db, "--json").stdout)
    return max(rows, key=lambda row: row["reports"])["id"]


def test_run_says_what_came_in_and_a_second_run_that_all_is_known(dateline, copy):
    number = sum(1 for _ in REPORTS.glob("*.txt")) + sum(1 for _ in REPORTS.glob("*.html"))
    again = dateline("run", REPORTS, "--db", copy, "--workers", "0").output
    came, known = map(int, re.search(r"(\d+) came in: 0 new, (\d+) known", again).groups())
    assert came == known > number
    assert "0 new, 0 changed" in again
    assert "Incident" in again


def test_run_names_each_thing_that_it_cannot_read_in_one_line(dateline, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "empty.txt").write_bytes(b"")
    (tmp_path / "in" / "half.jsonl").write_text('{"text": "cut')
    output = dateline("run", tmp_path / "in", "--db", tmp_path / "x.db", "--workers", "0").output
    assert "2 came in: 0 new, 2 not read:" in output
    assert re.search(r"^  \S*empty\.txt  empty: .+$", output, re.MULTILINE)
    assert re.search(r"^  \S*half\.jsonl:1  bad json: .+$", output, re.MULTILINE)


def test_show_leads_from_every_value_to_its_words(dateline, sample):
    incident = first_id(dateline, sample)
    shown = dateline("show", incident[:5], "--db", sample).output
    record = json.loads(dateline("show", incident, "--db", sample, "--json").stdout)
    claims = {claim["id"]: claim for claim in record["claims"]}
    for resolution in record["resolutions"]:
        if resolution["field"] in ("focus", "reality"):
            continue
        for claim_id in (*resolution["supporting"], *resolution["opposing"]):
            assert claim_id[:8] in shown
            if not claims[claim_id]["inferred"]:
                assert f"‹{claims[claim_id]['quote']}›"[:30].split("\n")[0] in " ".join(shown.split())
    for report in record["reports"]:
        assert report["report_id"][:8] in shown


def test_show_first_shows_an_incident(dateline, sample):
    assert first_id(dateline, sample) in dateline("show", "--first", "--db", sample).output


def test_filters_restrict_the_list(dateline, sample):
    everything = json.loads(dateline("list", "--db", sample, "--json").stdout)
    georgian = json.loads(dateline("list", "--db", sample, "--country", "ge", "--json").stdout)
    assert 0 < len(georgian) < len(everything)
    assert {row["place"]["country"] for row in georgian} == {"GE"}
    deadly = json.loads(dateline("list", "--db", sample, "--killed", "5", "--json").stdout)
    assert {row["id"] for row in deadly} == {
        row["id"] for row in everything if row["killed"] and row["killed"]["low"] >= 5
    }
    late = json.loads(dateline("list", "--db", sample, "--since", "2025-03-01", "--json").stdout)
    assert all((row["date"]["latest"] or "9999") >= "2025-03-01" for row in late)
    assert dateline("list", "--db", sample, "--text", "no such words anywhere").stdout == ""


def test_timeline_goes_by_publication_and_marks_what_is_new(dateline, sample):
    incident = first_id(dateline, sample)
    entries = json.loads(dateline("timeline", incident, "--db", sample, "--json").stdout)["entries"]
    days = [entry["report"]["published"]["latest"] or "9999" for entry in entries]
    assert days == sorted(days)
    assert all(claim["new"] for claim in entries[0]["claims"])
    assert "+ " in dateline("timeline", incident, "--db", sample).output


def test_report_shows_its_text_with_the_mentions_marked(dateline, sample):
    incident = first_id(dateline, sample)
    record = json.loads(dateline("show", incident, "--db", sample, "--json").stdout)
    report_id = record["reports"][0]["report_id"]
    page = json.loads(dateline("report", report_id, "--db", sample, "--json").stdout)
    assert incident in {mention["incident"] for mention in page["mentions"]}
    for mention in page["mentions"]:
        assert page["document"]["text"][mention["start"] : mention["end"]] == mention["quote"]
    assert incident in dateline("report", report_id, "--db", sample).output


def test_history_says_what_changed_and_because_of_which_report(dateline, sample):
    incident = first_id(dateline, sample)
    output = dateline("history", incident, "--db", sample).output
    assert re.search(rf"{incident}  first seen  because of report r", output)
    history = json.loads(dateline("history", incident, "--db", sample, "--json").stdout)
    assert all(change["report"] for change in history["changes"])


def test_log_and_verify(dateline, sample):
    entries = json.loads(dateline("log", "--db", sample, "--json").stdout)
    assert [entry["n"] for entry in entries] == list(range(1, len(entries) + 1))
    assert entries[0]["kind"] == "run started"
    received = dateline("log", "--db", sample, "--last", "5", "--kind", "report received").output
    assert received.count("report received") == 5
    assert entries[-1]["hash"] in dateline("verify", "--db", sample).output


def test_judgements_change_values_and_undo_puts_them_back(dateline, copy):
    incident = first_id(dateline, copy)
    before = dateline("show", incident, "--db", copy, "--json").stdout
    place = next(r for r in json.loads(before)["resolutions"] if r["field"] == "place")
    claim = place["supporting"][0]
    told = dateline("judge", "reject", claim, "--reason", "another town", "--by", "M. Auer", "--db", copy)
    judgement = re.search(r"j[0-9a-f]{16}", told.output)[0]
    shown = dateline("show", incident, "--db", copy).output
    assert "rejected by a reviewer" in shown
    assert "another town" in dateline("log", "--kind", "judged", "--db", copy).output
    dateline("undo", judgement[:6], "--db", copy)
    assert dateline("show", incident, "--db", copy, "--json").stdout == before
    dateline("verify", "--db", copy)


def test_incidents_are_joined_whole_by_their_ids_and_parted_again(dateline, copy):
    rows = json.loads(dateline("list", "--db", copy, "--json").stdout)
    ranked = sorted(rows, key=lambda row: -row["reports"])
    one, other = ranked[0]["id"], ranked[1]["id"]
    told = dateline("judge", "same", one, other, "--reason", "one attack", "--db", copy)
    after = {row["id"]: row for row in json.loads(dateline("list", "--db", copy, "--json").stdout)}
    kept = ({one, other} & set(after)).pop()
    gone = ({one, other} - set(after)).pop()
    assert after[kept]["reports"] == ranked[0]["reports"] + ranked[1]["reports"]
    assert dateline("show", gone, "--db", copy).output.split()[0] == kept
    dateline("undo", re.search(r"j[0-9a-f]{16}", told.output)[0], "--db", copy)
    assert json.loads(dateline("list", "--db", copy, "--json").stdout) == rows


@pytest.mark.parametrize("rule", ["acled", "gtd", "ucdp", "latest-official"])
def test_every_view_goes_by_the_rule_that_is_asked_for(dateline, sample, rule):
    record = json.loads(dateline("show", "--first", "--rule", rule, "--db", sample, "--json").stdout)
    assert {resolution["rule"] for resolution in record["resolutions"]} == {rule}
    assert rule in dateline("rules").output


@pytest.mark.parametrize("name", formats())
def test_export_writes_every_format_to_a_file_and_to_standard_output(dateline, sample, tmp_path, name):
    out = tmp_path / "out"
    dateline("export", "--db", sample, "--format", name, "-o", out)
    assert out.read_text("utf-8") == dateline("export", "--db", sample, "--format", name).stdout
    assert len(out.read_text("utf-8")) > 200


def test_extract_prints_one_line_a_report_in_the_reference_form(dateline):
    lines = dateline("extract", REPORTS / "01-kutaisi-prison-first-day.txt", "--format", "reference").stdout
    (row,) = map(json.loads, lines.splitlines())
    assert row["id"] == "01-kutaisi-prison-first-day"
    assert row["incidents"]


def test_evaluate_scores_the_samples_against_their_annotation(dateline):
    reference = REPORTS.parent / "reference.jsonl"
    scores = json.loads(dateline("evaluate", "--reference", reference, "--docs", REPORTS, "--json").stdout)
    assert scores["unknown_reports"] == []
    assert 0 < scores["fields"]["incidents"]["f1"] <= 1


def test_an_annotation_agrees_with_itself(dateline):
    reference = REPORTS.parent / "reference.jsonl"
    told = dateline(
        "evaluate", "--reference", reference, "--docs", REPORTS, "--predictions", reference, "--json"
    )
    fields = json.loads(told.stdout)["fields"]
    assert {tally["f1"] for tally in fields.values() if tally["reference"]} == {1.0}


def test_doubts_name_the_commands_that_decide_them_and_then_leave_the_list(dateline, copy):
    before = json.loads(dateline("doubts", "--db", copy, "--json", "--limit", "100").stdout)
    assert before == sorted(before, key=lambda row: -row["weight"])
    assert {row["kind"] for row in before} == {"link", "field"}
    for kind in ("link", "field"):
        doubt = next(row for row in before if row["kind"] == kind)
        command = doubt["decide"][1].split()[1:]
        dateline(*command, "--reason", "seen by a person", "--db", copy)
        left = json.loads(dateline("doubts", "--db", copy, "--json", "--limit", "100").stdout)
        told = ("one", "other") if kind == "link" else ("incident", "slot")
        assert not any(all(row.get(part) == doubt[part] for part in told) for row in left)


def test_doubts_can_be_of_one_kind_and_few(dateline, sample):
    rows = json.loads(dateline("doubts", "--db", sample, "--kind", "fields", "--limit", "2", "--json").stdout)
    assert [row["kind"] for row in rows] == ["field", "field"]
    shown = dateline("doubts", "--db", sample, "--kind", "links").output
    assert "dateline judge same m" in shown
    assert "contested" not in shown


def test_explain_adds_up_to_the_score_and_shows_both_sides(dateline, sample):
    one, other = [row["id"] for row in json.loads(dateline("list", "--db", sample, "--json").stdout)[:2]]
    found = json.loads(dateline("explain", one, other, "--db", sample, "--json").stdout)
    assert found["together"] is False
    assert (found["one"]["incident"], found["other"]["incident"]) == (one, other)
    if not found["law"]:
        assert sum(f["weight"] for f in found["features"]) == pytest.approx(found["score"], abs=0.01)
    shown = dateline("explain", one, other, "--db", sample).output
    assert "two incidents" in shown
    assert "threshold" in shown


def test_explain_says_that_a_reviewer_decided(dateline, copy):
    one, other = [row["id"] for row in json.loads(dateline("list", "--db", copy, "--json").stdout)[:2]]
    mentions = json.loads(dateline("explain", one, other, "--db", copy, "--json").stdout)
    pair = (mentions["one"]["mention"], mentions["other"]["mention"])
    dateline("judge", "same", *pair, "--reason", "one blast, told twice", "--db", copy)
    assert "joined by a reviewer" in dateline("explain", *pair, "--db", copy).output


def test_explain_wants_two_mentions(dateline, sample):
    report = first_id(dateline, sample)
    found = json.loads(dateline("explain", report, report, "--db", sample, "--json").stdout)
    mention = found["one"]["mention"]
    assert "one and the same" in dateline("explain", mention, mention, "--db", sample, code=2).output


def test_an_imported_place_places_incidents_in_the_next_run(dateline, tmp_path):
    db, villages, news = tmp_path / "cases.db", tmp_path / "villages.csv", tmp_path / "news.txt"
    news.write_text(
        "Blast kills four in Testmara\n\nTESTMARA, Georgia, March 12, 2025 - A bomb killed four people in the"
        " village of Testmara on Tuesday, police said. Nobody has claimed the attack on the market so far.\n"
    )
    dateline("run", news, "--db", db, "--workers", "0")
    villages.write_text("name,lat,lon,country,admin1\nTestmara,42.1,42.9,GE,Imereti\n")
    assert "1 place from villages.csv" in dateline("places", "import", villages, "--db", db).output
    assert "1 read again" in dateline("run", news, "--db", db, "--workers", "0").output
    (row,) = json.loads(dateline("list", "--db", db, "--json").stdout)
    assert row["place"]["latitude"] == pytest.approx(42.1, abs=0.01)
    assert "villages.csv" in dateline("places", "find", "testmara", "--db", db).output
    assert "villages.csv: 1 place" in dateline("places", "forget", "--db", db).output
    dateline("places", "forget", "villages.csv", "--db", db)
    assert "places import" in dateline("places", "find", "testmara", "--db", db, code=6).output


def test_places_are_weighed_as_in_a_report_that_names_another(dateline, tmp_path):
    db = tmp_path / "none.db"

    def first(*near: str) -> str:
        return json.loads(dateline("places", "find", "Tripoli", *near, "--db", db, "--json").stdout)[0][
            "country"
        ]

    assert (first(), first("--near", "Beirut")) == ("LY", "LB")
    assert first("--country", "lb") == "LB"
    assert "no country" in dateline("places", "find", "Tripoli", "--country", "XX", "--db", db, code=2).output


def test_show_why_tells_how_dates_places_and_numbers_were_read(dateline, sample):
    incident = first_id(dateline, sample)
    record = json.loads(dateline("show", incident, "--why", "--json", "--db", sample).stdout)
    told = {claim["id"]: claim["field"] for claim in record["claims"]}
    explained = {told[claim_id] for claim_id in record["why"]}
    assert {"date", "place", "count"} <= explained
    shown = dateline("show", incident, "--why", "--db", sample).output
    assert "reckoned from the publication" in shown
    assert "stands for a circle of" in shown
    assert "how:" not in dateline("show", incident, "--db", sample).output


def test_a_score_that_is_none_makes_no_file(tmp_path):
    with pytest.raises(UsageError, match="between 0 and 1"):
        Casebook(tmp_path / "new.db", min_score=7)
    assert not (tmp_path / "new.db").exists()


def test_a_mention_that_a_reviewer_found_relevant_stays_whatever_it_scores(dateline, copy):
    def listed(*more):
        return {row["id"] for row in json.loads(dateline("list", "--db", copy, "--json", *more).stdout)}

    unsure = min(listed() - listed("--min-score", "1"))
    with Casebook(copy) as book:
        mention = book.query.incident(unsure).mention_ids[0]
    dateline("judge", "relevant", mention, "--reason", "seen", "--db", copy)
    assert unsure in listed("--min-score", "1")


def test_a_least_score_leaves_out_what_was_read_with_less_and_says_how_much(dateline, sample, tmp_path):
    every = json.loads(dateline("list", "--db", sample, "--json").stdout)
    shown = dateline("list", "--db", sample, "--json", "--min-score", "0.9")
    sure = json.loads(shown.stdout)
    assert "left out" in shown.stderr
    assert {row["id"] for row in sure} <= {row["id"] for row in every}
    told = {row["id"]: sum(map(bool, row.values())) for row in every}
    assert all(sum(map(bool, row.values())) <= told[row["id"]] for row in sure)
    assert sure != every
    out = tmp_path / "claims.csv"
    told = dateline("export", "--db", sample, "--format", "csv-claims", "--min-score", "0.9", "-o", out)
    assert "left out" in told.stderr
    one = dateline("show", sure[0]["id"], "--db", sample, "--min-score", "0.9")
    assert "left out" in one.stderr
    none = dateline("list", "--db", sample, "--min-score", "0.9", "--country", "FJ")
    assert "left out" not in none.stderr  # of what was asked for, nothing is
    few = out.read_text().count("\n")
    dateline("export", "--db", sample, "--format", "csv-claims", "-o", out)
    assert few < out.read_text().count("\n")
    assert "0<=x<=1" in dateline("list", "--db", sample, "--min-score", "7", code=2).output


def test_what_a_reviewer_accepted_is_shown_whatever_it_scores(dateline, copy):
    def doubtful() -> list[tuple[str, dict]]:
        rows = json.loads(dateline("list", "--db", copy, "--json").stdout)
        records = [json.loads(dateline("show", row["id"], "--json", "--db", copy).stdout) for row in rows]
        return [(r["id"], c) for r in records for c in r["claims"] if c["score"] < 1]

    incident, claim = doubtful()[0]
    dateline("judge", "accept", claim["id"], "--reason", "a witness confirms it", "--db", copy)
    shown = json.loads(dateline("show", incident, "--min-score", "1", "--json", "--db", copy).stdout)
    assert claim["id"] in {c["id"] for c in shown["claims"]}
