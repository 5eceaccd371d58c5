"""Bring all training sets into one form: text, sentences, spans in roles, and what is known of them.

`python -m training.reader.data SHARED OUT` reads the annotated sets under SHARED/bench and writes
OUT/<set>.jsonl.gz. Nothing of a set's text enters the repository.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.documents import documents

from dateline.extract.assembly import assemble
from dateline.extract.candidates import Candidate, candidates
from dateline.extract.features import Describer, between, pairs
from dateline.extract.incidents import mention_of_each
from dateline.extract.passages import find_all
from dateline.extract.places import PlaceFinder
from dateline.extract.reading import VOCABULARIES, Role
from dateline.extract.sentences import sentences
from dateline.gazetteer import Gazetteer
from training.reader.annotated import annotated, written
from training.reader.labels import Label, Labeller

Row = dict[str, Any]
ATTRIBUTION_ROLES = [Role.SOURCE.value, Role.CUE.value, Role.CONTENT.value]
MUC_ROLES = [r.value for r in Role if r.is_muc]
EVENT_ROLES = [
    "trigger",
    "agent",
    "patient",
    "instrument",
    "site",
]  # of the event sets; learned, never served


def read(path: Path) -> Iterator[Row]:
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open("rt", encoding="utf-8") as lines
    ):
        yield from map(json.loads, lines)


def write(path: Path, rows: Iterable[Row]) -> int:
    count = 0
    with gzip.open(path, "wt", encoding="utf-8") as out:
        for count, row in enumerate(rows, 1):  # noqa: B007
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return count


def row(identifier: str, text: str, roles: list[str], **known: Any) -> Row:
    return {
        "id": identifier,
        "text": text,
        "sentences": sentences(text),
        "roles": roles,
        "spans": [],
        **known,
    }


def nearest(text: str, quote: str, anchor: int) -> int | None:
    """Return where `quote` stands, the occurrence nearest to `anchor`."""
    found = [m.start() for m in re.finditer(re.escape(quote), text)]
    return min(found, key=lambda at: abs(at - anchor), default=None)


# --- the reference annotations: candidates with their labels ---------------------------------------


def span(start: int, quote: str, role: str, key: str, **choices: str) -> Row:
    return {"start": start, "end": start + len(quote), "role": role, "incident": key, "choices": choices}


def demands(text: str, incident: Row) -> Iterator[Row]:
    """Yield what is demanded, as words: no finder looks for it."""
    for item in incident.get("demands") or []:
        start = text.find(item["quote"])
        if start >= 0:
            yield span(start, item["quote"], Role.DEMAND.value, incident["key"])


def speakers(text: str, incident: Row) -> Iterator[Row]:
    """Yield the words for who gives a number, where they stand nearest to it."""
    for count in incident.get("counts") or []:
        at = text.find(count["quote"])
        said = nearest(text, count["speaker"], at) if count.get("speaker") else None
        if said is not None:
            yield span(said, count["speaker"], Role.SPEAKER.value, incident["key"])


def candidate_rows(
    found: Sequence[Candidate], labels: Sequence[Label], describer: Describer
) -> Iterator[Row]:
    for candidate, label, features in zip(found, labels, describer.features(found), strict=True):
        (known,) = features.nonzero()
        yield {
            "start": candidate.span.start,
            "end": candidate.span.end,
            "features": [(int(at), round(float(features[at]), 4)) for at in known],
            "roles": label.roles,
            "incidents": sorted(label.incidents),
            "choices": [label.choice(name) for name in VOCABULARIES],
        }


def pair_rows(found: Sequence[Candidate], labels: Sequence[Label]) -> list[Row]:
    """Return what stands between each two candidates that tell of an incident."""
    told = [at for at, label in enumerate(labels) if label.incidents]
    rows = between([found[at] for at in told])
    one, other = pairs(len(told))
    return [
        {"pair": (told[a], told[b]), "between": [round(float(x), 4) for x in known]}
        for a, b, known in zip(one, other, rows, strict=True)
    ]


def reference(folder: Path, name: str) -> Iterator[tuple[Row, list[Row]]]:
    """Yield each reference report of a part with its incidents."""
    told = {r["id"]: r["incidents"] for r in read(folder / f"{name}_ref.jsonl")}
    for report in read(folder / f"{name}_docs.jsonl"):
        yield report, told[report["id"]]


def weighed(told: Iterable[tuple[Row, list[Row]]]) -> Iterator[Row]:
    """Yield annotated reports as candidates with their labels."""
    known = {report["id"]: (report, incidents) for report, incidents in told}
    finder = PlaceFinder(Gazetteer.shipped())
    for source, document in documents(report for report, _ in known.values()):
        findings = find_all(document, finder)
        drafts = assemble(findings)
        mentions = mention_of_each(findings, drafts)
        found = candidates(findings, drafts, mentions)
        incidents = known[source["id"]][1]
        labels = Labeller(document.text, found).label(incidents)
        out = row(source["id"], document.text, [Role.DEMAND.value, Role.SPEAKER.value])
        out["sentences"] = [(passage.start, passage.end) for passage in findings.passages]
        for incident in incidents:
            out["spans"] += [*demands(document.text, incident), *speakers(document.text, incident)]
        describer = Describer(document.published.range, drafts, mentions)
        out["candidates"] = list(candidate_rows(found, labels, describer))
        out["pairs"] = pair_rows(found, labels)
        yield out


# --- MUC-4: string fills of the templates, located in the text ------------------------------------

FILLS = {
    "PerpInd": Role.MUC_INDIVIDUAL,
    "PerpOrg": Role.MUC_ORGANISATION,
    "Target": Role.MUC_TARGET,
    "Victim": Role.MUC_VICTIM,
    "Weapon": Role.MUC_WEAPON,
}


def muc_spans(text: str, template: Row, key: str) -> Iterator[Row]:
    """Yield each place where a fill of a template stands; the longest of names that stand at one place."""
    for slot, role in FILLS.items():
        for names in template["roles"].get(slot) or []:
            told: dict[int, str] = {}
            for name in sorted(names, key=len):
                told |= {m.start(): name for m in re.finditer(rf"\b{re.escape(name)}\b", text)}
            for at, name in sorted(told.items()):
                yield span(at, name, role.value, key, muc=template_type(template))


def template_type(template: Row) -> str:
    """Return the type of a template; of several, the first."""
    told: str = template["slots"]["incident_type"][0]["values"][0]
    return told.split("/", maxsplit=1)[0].strip()


def muc4(folder: Path) -> Iterator[Row]:
    for document in read(folder / "train.jsonl.gz"):
        out = row(document["id"], document["text"], MUC_ROLES)
        for template in document["templates"]:
            out["spans"] += list(muc_spans(document["text"], template, str(template["num"])))
        yield out


# --- WikiEvents and the news of M2E2: triggers and arguments ---------------------------------------

ARGUMENTS = {
    "agent": {"Attacker", "Killer", "Injurer", "Jailer", "Agent", "Police", "Perpetrator", "Demonstrator"},
    "patient": {"Target", "Victim", "Detainee", "Person"},
    "instrument": {"Instrument", "ExplosiveDevice", "Vehicle"},
    "site": {"Place"},
}
TOLD_EVENTS = ("Conflict", "Life.Die", "Life.Injure", "Life:Die", "Justice.ArrestJail", "Justice:Arrest")


def word_offsets(words: list[str]) -> tuple[str, list[int]]:
    """Return words joined by blanks, and where each begins."""
    starts, text = [], ""
    for word in words:
        starts.append(len(text))
        text += word + " "
    return text.rstrip(), starts


def event_spans(
    text: str, starts: list[int], words: list[str], events: list[Row], prefix: str
) -> Iterator[Row]:
    def located(begin: int, end: int, role: str, key: str) -> Row:
        first, last = starts[begin], starts[end - 1] + len(words[end - 1])
        return span(first, text[first:last], role, key)

    for number, event in enumerate(events):
        if not event["type"].startswith(TOLD_EVENTS):
            continue
        key = f"{prefix}{number}"
        yield located(event["trigger"]["start"], event["trigger"]["end"], "trigger", key)
        for argument in event["arguments"]:
            role = next((r for r, names in ARGUMENTS.items() if argument["role"] in names), None)
            if role and argument["start"] is not None:
                yield located(argument["start"], argument["end"], role, key)


def wikievents(folder: Path) -> Iterator[Row]:
    for document in read(folder / "train.jsonl.gz"):
        text, starts = word_offsets(document["tokens"])
        out = row(document["doc_id"], text, EVENT_ROLES)
        out["sentences"] = [
            (starts[a], (starts[b] if b < len(starts) else len(text) + 1) - 1)
            for a, b in document["sentences"]
            if a < min(b, len(starts))
        ]
        out["spans"] = list(event_spans(text, starts, document["tokens"], document["events"], "E"))
        yield out


def m2e2(folder: Path) -> Iterator[Row]:
    for document in read(folder / "docs.jsonl.gz"):
        out = row(document["doc_id"], "", EVENT_ROLES) | {"sentences": []}
        for number, sentence in enumerate(document["sentences"]):
            if not sentence["words"]:
                continue
            text, starts = word_offsets(sentence["words"])
            base = len(out["text"])
            out["sentences"].append((base, base + len(text)))
            for found in event_spans(text, starts, sentence["words"], sentence["events"], f"{number}."):
                out["spans"].append(found | {"start": found["start"] + base, "end": found["end"] + base})
            out["text"] += text + "\n"
        yield out


# --- PolNeAR: who says what ------------------------------------------------------------------------


def attribution(folder: Path) -> Iterator[Row]:
    for document in read(folder / "train.jsonl.gz"):
        out = row(document["id"], document["text"], ATTRIBUTION_ROLES)
        for number, said in enumerate(document["attributions"]):
            for role in ATTRIBUTION_ROLES:
                if said.get(role):
                    begin, end = said[role]["start"], said[role]["end"]
                    out["spans"].append(span(begin, document["text"][begin:end], role, str(number)))
        yield out


# --- India police events: labels of sentences --------------------------------------------------------


def india(folder: Path) -> Iterator[Row]:
    documents: dict[int, list[Row]] = {}
    for sentence in read(folder / "india_police_sents.jsonl.gz"):
        documents.setdefault(sentence["doc_id"], []).append(sentence)
    for number, told in documents.items():
        text, offsets = "", []
        for sentence in told:
            offsets.append((len(text), len(text) + len(sentence["text"])))
            text += sentence["text"].replace("\n", " ") + "\n"
        yield {
            "id": str(number),
            "text": text,
            "sentences": offsets,
            "roles": [],
            "spans": [],
            "police": [sentence["labels"] for sentence in told],
            "held_out": told[0]["split_doc"] == "dev",
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", nargs="+", help="prepare these sets and no others")
    arguments = parser.parse_args()
    bench = arguments.shared / "bench"
    arguments.out.mkdir(parents=True, exist_ok=True)
    prepared = {
        "reference": weighed(reference(bench / "reference", "train")),
        "invented": weighed(reference(bench / "reference", "invented")),
        "annotated": weighed(annotated(bench)),
        "written": weighed(written()),
        "muc4": muc4(bench / "muc4"),
        "wikievents": wikievents(bench / "wikievents"),
        "m2e2": m2e2(bench / "m2e2_voa"),
        "attribution": attribution(bench / "attribution"),
        "india": india(bench / "typing"),
    }
    for name, rows in prepared.items():
        if arguments.only and name not in arguments.only:
            continue
        print(name, write(arguments.out / f"{name}.jsonl.gz", rows))


if __name__ == "__main__":
    main()
