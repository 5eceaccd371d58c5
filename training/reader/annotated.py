"""Reports that the project annotated after the codebook: of the raw sets, and invented ones.

`training/annotations/` holds what the annotators said, and of the raw sets' texts nothing: each quote, and
each speaker, is the pair of offsets at which it stands in the report, title and body parted by a newline.
The texts are read from the sets, whose publishers own them. `training/invented/` holds reports that the
project wrote for what is rare in them, with their annotation; nothing in them happened.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from training.reader.recased import Casing

Row = dict[str, Any]
FOLDER = Path(__file__).parents[1] / "annotations"
INVENTED = Path(__file__).parents[1] / "invented"
QUOTED = ("quote", "speaker")


def text_of(report: Row) -> str:
    """Return the text that offsets count in."""
    return f"{report.get('title') or ''}\n{report['text']}"


def reports(bench: Path) -> dict[str, Row]:
    """Return the reports of the raw sets by their id, each with outlet, publication date, title and text."""
    return {report["id"]: report for read_set in SETS for report in read_set(bench)}


def annotated(bench: Path) -> Iterator[tuple[Row, list[Row]]]:
    """Yield each annotated report with its incidents, in the form of the reference annotations."""
    known = reports(bench)
    for file in sorted(FOLDER.glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            told = json.loads(line)
            report = known[told["id"]]
            yield report, with_quotes(told["incidents"], text_of(report))


def written() -> Iterator[tuple[Row, list[Row]]]:
    """Yield each invented report with its incidents."""
    for file in sorted(INVENTED.glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            told = json.loads(line)
            yield told["report"], told["incidents"]


def with_quotes(told: Any, text: str) -> Any:
    """Return an annotation with the words in place of the offsets at which they stand."""
    return _replaced(told, lambda offsets: text[slice(*offsets)])


def with_offsets(told: Any, text: str) -> Any:
    """Return an annotation with offsets in place of the words; ValueError where they do not stand there."""

    def located(words: str) -> list[int]:
        start = text.index(words)
        return [start, start + len(words)]

    return _replaced(told, located)


def _replaced(told: Any, replace: Callable[[Any], Any]) -> Any:
    if isinstance(told, list):
        return [_replaced(each, replace) for each in told]
    if not isinstance(told, dict):
        return told
    return {
        name: replace(value) if name in QUOTED and value else _replaced(value, replace)
        for name, value in told.items()
    }


# --- the raw sets ---------------------------------------------------------------------------------


def _rows(path: Path) -> Iterator[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _report(identifier: str, outlet: str | None, row: Row) -> Row:
    known = {name: row.get(name) or None for name in ("title", "text")}
    return {"id": identifier, "outlet": outlet, "published": row.get("date") or None, **known}


def _voice_of_america(bench: Path) -> Iterator[Row]:
    for row in _rows(bench / "m2e2_voa" / "docs.jsonl.gz"):
        yield _report(f"voa-{row['doc_id'].split('NW_')[-1]}", "Voice of America", row)


def _syria(bench: Path) -> Iterator[Row]:
    for row in _rows(bench / "news" / "fa_kes_syria.jsonl.gz"):
        yield _report(row["id"], row["source"], row)


def _wikinews(bench: Path) -> Iterator[Row]:
    for row in _rows(bench / "news" / "wikinews_2019_2020.jsonl.gz"):
        yield _report(row["id"], "Wikinews", row)


def _clusters(bench: Path) -> Iterator[Row]:
    for name in ("newsclusters", "wikinews_galaxy"):
        for row in _rows(bench / "clusters" / f"{name}.jsonl.gz"):
            yield _report(f"ncl-{row['id'][:12]}", row.get("source"), row)


def _ecb(bench: Path) -> Iterator[Row]:
    for row in _rows(bench / "ecbplus" / "docs.jsonl.gz"):
        yield _report(f"ecb-{row['id']}", None, row)


def _semeval(bench: Path) -> Iterator[Row]:
    for row in _rows(bench / "semeval2018t5" / "docs.jsonl.gz"):
        yield _report(f"se-{row['id'][:12]}", row.get("domain"), row)


def _wikievents(bench: Path) -> Iterator[Row]:
    for part in ("train", "dev"):
        for row in _rows(bench / "wikievents" / f"{part}.jsonl.gz"):
            text = untokenized(row["tokens"])
            yield {
                "id": f"wev-{row['doc_id']}",
                "outlet": None,
                "published": None,
                "title": None,
                "text": text,
            }


def _muc4(bench: Path) -> Iterator[Row]:
    """Yield the training messages of MUC-4, which come in capitals, as news is written."""
    cased = (f"{row.get('title') or ''}. {row['text']}" for name in CASED for row in _rows(bench / name))
    messages = list(_rows(bench / "muc4" / "train.jsonl.gz"))
    casing = Casing.of(cased, (row["text"] for row in messages))
    for row in messages:
        yield _report(f"muc-{row['id']}", None, row) | {"text": casing.applied(row["text"])}


def _summaries(bench: Path) -> Iterator[Row]:
    for name in ("isaf", "k12", "msa", "asam", "imb"):
        for row in _rows(bench / "fields" / f"{name}.jsonl.gz"):
            yield _report(row["id"], None, row) | {"published": None}  # their date is what is asked of them


def _current_events(bench: Path) -> Iterator[Row]:
    for row in _rows(bench / "scale" / "current_events.jsonl.gz"):
        yield _report(row["id"], None, row)


# Sets whose reports tell how words are written.
CASED = (
    "m2e2_voa/docs.jsonl.gz",
    "news/fa_kes_syria.jsonl.gz",
    "news/wikinews_2019_2020.jsonl.gz",
    "clusters/newsclusters.jsonl.gz",
    "semeval2018t5/docs.jsonl.gz",
)
NO_SPACE_BEFORE = frozenset(".,;:!?%)]}’”…") | {"'s", "n't", "’s", "'", "''"}
NO_SPACE_AFTER = frozenset("([{$£€“‘#") | {"``"}
JOINS = frozenset("-/’")


def untokenized(tokens: list[str]) -> str:
    """Return the text that tokens were of, as far as their marks tell where blanks stood."""
    out, is_open, glued = "", False, True
    for token in tokens:
        closes = token == '"' and is_open
        is_open = is_open != (token == '"')
        out += token if glued or closes or token in NO_SPACE_BEFORE or token in JOINS else f" {token}"
        glued = token in NO_SPACE_AFTER or token in JOINS or (token == '"' and not closes)
    return out


SETS = (
    _voice_of_america,
    _syria,
    _wikinews,
    _clusters,
    _ecb,
    _semeval,
    _wikievents,
    _muc4,
    _summaries,
    _current_events,
)
