"""Who says what, in the form of PolNeAR: source, cue and content of each statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dateline.extract.encoder import Part, is_shipped, reader_of, shipped_folder
from dateline.extract.read_statements import read_statements
from dateline.extract.read_text import ReadText
from dateline.extract.reading import Role
from dateline.extract.sentences import sentences
from dateline.extract.statements import find_statements
from dateline.model import Span, StatementMention

Attribution = dict[str, Any]


def predict(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield one row of attributions for each {id, title, text}."""
    reader = reader_of(shipped_folder()) if is_shipped() else None
    for row in rows:
        bounds = sentences(row["text"])
        found = find_statements(row["text"], bounds)
        if reader is not None:
            read = reader.read(row["text"], bounds, Part.SPEECH)
            told = [_attribution(statement) for statement in read_statements(read, found)]
            yield {"id": row["id"], "attributions": [*_each_once(told, read)]}
        else:
            yield {"id": row["id"], "attributions": [_attribution(statement) for statement in found]}


def _each_once(told: list[Attribution], read: ReadText) -> Iterator[Attribution]:
    """Yield the attributions with every source and cue once, then those that no content was found for."""
    seen: dict[str, set[tuple[int, int]]] = {"source": set(), "cue": set()}
    for attribution in told:
        for part, spans in seen.items():
            where = attribution[part] and (attribution[part]["start"], attribution[part]["end"])
            if where in spans:
                attribution[part] = None
            elif where:
                spans.add(where)
        yield attribution
    for part, role in (("source", Role.SOURCE), ("cue", Role.CUE)):
        for run in read.runs(role):
            if (run.span.start, run.span.end) not in seen[part]:
                yield {"source": None, "cue": None, "content": None, part: _offsets(run.span)}


def _attribution(statement: StatementMention) -> dict[str, Any]:
    content = _offsets(statement.content)
    if statement.content_parts:
        content["spans"] = [[part.start, part.end] for part in statement.content_parts]
    return {
        "source": _offsets(statement.source) if statement.source else None,
        "cue": _offsets(statement.cue),
        "content": content,
    }


def _offsets(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end}
