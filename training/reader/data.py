"""Bring all training sets into one form: text, sentences, spans in roles, and what is known of them.

`python -m training.reader.data SHARED OUT` reads the annotated sets under SHARED/bench and writes
OUT/<set>.jsonl.gz. Nothing of a set's text enters the repository.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from dateline.extract.reading import Role
from dateline.extract.sentences import sentences

Row = dict[str, Any]
COUNTS = [role.value for role in Role if role.what]
REFERENCE_ROLES = [r.value for r in Role if r not in (Role.SOURCE, Role.CUE, Role.CONTENT)]
ATTRIBUTION_ROLES = [Role.SOURCE.value, Role.CUE.value, Role.CONTENT.value]
MUC_ROLES = [Role.PERPETRATOR.value, Role.TARGET.value, Role.WEAPON.value]


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


# --- the reference annotations -------------------------------------------------------------------

LISTED = {
    "perpetrators": (Role.PERPETRATOR, {"perpetrator": "category"}),
    "targets": (Role.TARGET, {"target": "category"}),
    "weapons": (Role.WEAPON, {"weapon": "kind"}),
    "demands": (Role.DEMAND, {}),
}


def span(start: int, quote: str, role: str, key: str, **choices: str | None) -> Row:
    told = {name: value for name, value in choices.items() if value}
    return {"start": start, "end": start + len(quote), "role": role, "incident": key, "choices": told}


def incident_spans(text: str, incident: Row) -> Iterator[Row]:
    """Yield the spans of an incident; each of them teaches what the incident is."""
    captive = incident.get("status") if incident.get("status") != "unknown" else None
    of_all = {name: incident.get(name) for name in ("type", "focus", "reality")} | {"status": captive}
    known = {name: value for name, value in of_all.items() if value}
    for found in argument_spans(text, incident):
        yield found | {"choices": found["choices"] | known}


def argument_spans(text: str, incident: Row) -> Iterator[Row]:
    key, anchor = incident["key"], max(text.find(incident["quote"]), 0)
    yield span(anchor, incident["quote"], "incident", key)
    for name in ("date", "place", "claimed_by"):
        quote = (incident.get(name) or {}).get("quote")
        at = nearest(text, quote, anchor) if quote else None
        if quote and at is not None:
            yield span(at, quote, name, key)
    for name, (role, vocabulary) in LISTED.items():
        for item in incident.get(name) or []:
            at = nearest(text, item["quote"], anchor)
            if at is not None:
                told = {choice: item.get(source) for choice, source in vocabulary.items()}
                yield span(at, item["quote"], role.value, key, **told)
    for count in incident.get("counts") or []:
        yield from count_spans(text, count, key, anchor)


def count_spans(text: str, count: Row, key: str, anchor: int) -> Iterator[Row]:
    at = nearest(text, count["quote"], anchor)
    if at is None:
        return
    yield span(at, count["quote"], count["what"], key, who=count["who"], speaker=count.get("speaker_kind"))
    speaker = count.get("speaker")
    said = nearest(text, speaker, at) if speaker else None
    if speaker and said is not None:
        yield span(said, speaker, "speaker", key, speaker=count.get("speaker_kind"))


def reference(folder: Path, name: str) -> Iterator[Row]:
    annotated = {r["id"]: r for r in read(folder / f"{name}_ref.jsonl")}
    for document in read(folder / f"{name}_docs.jsonl"):
        title = document.get("title")
        text = (title + "\n" if title else "") + document["text"]
        out = row(document["id"], text, REFERENCE_ROLES, told=True)
        for incident in annotated[document["id"]]["incidents"]:
            out["spans"] += list(incident_spans(text, incident))
        yield out


# --- MUC-4: string fills of the templates, located in the text ------------------------------------

FILLS = {
    "PerpInd": "perpetrator",
    "PerpOrg": "perpetrator",
    "Target": "target",
    "Victim": "target",
    "Weapon": "weapon",
}


def muc_spans(text: str, template: Row, key: str) -> Iterator[Row]:
    placed: list[int] = []
    for slot, role in FILLS.items():
        for names in template["roles"].get(slot) or []:
            found = [m.start() for name in names for m in re.finditer(rf"\b{re.escape(name)}\b", text)]
            if not found:
                continue
            centre = sum(placed) / len(placed) if placed else min(found)
            at = min(found, key=lambda start: abs(start - centre))
            placed.append(at)
            name = max((n for n in names if text.startswith(n, at)), key=len)
            yield span(at, name, role, key)


def muc4(folder: Path) -> Iterator[Row]:
    for document in read(folder / "train.jsonl.gz"):
        if not document["templates"]:
            continue
        out = row(document["id"], document["text"], MUC_ROLES, partial=True)
        for template in document["templates"]:
            out["spans"] += list(muc_spans(document["text"], template, str(template["num"])))
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
    arguments = parser.parse_args()
    bench = arguments.shared / "bench"
    arguments.out.mkdir(parents=True, exist_ok=True)
    prepared = {
        "reference": reference(bench / "reference", "train"),
        "invented": reference(bench / "reference", "invented"),
        "muc4": muc4(bench / "muc4"),
        "attribution": attribution(bench / "attribution"),
        "india": india(bench / "typing"),
    }
    for name, rows in prepared.items():
        print(name, write(arguments.out / f"{name}.jsonl.gz", rows))


if __name__ == "__main__":
    main()
