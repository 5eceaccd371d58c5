"""Who says what, in the form of PolNeAR: source, cue and content of each statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dateline.extract.encoder import Part, is_shipped, reader_of, shipped_folder
from dateline.extract.read_statements import read_statements
from dateline.extract.sentences import sentences
from dateline.extract.statements import find_statements
from dateline.model import Span, StatementMention


def predict(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield one row of attributions for each {id, title, text}."""
    reader = reader_of(shipped_folder()) if is_shipped() else None
    for row in rows:
        bounds = sentences(row["text"])
        found = find_statements(row["text"], bounds)
        if reader is not None:
            found = read_statements(reader.read(row["text"], bounds, Part.STATEMENTS), found)
        yield {"id": row["id"], "attributions": [_attribution(statement) for statement in found]}


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
