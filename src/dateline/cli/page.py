"""One report as a page: its text with the words of each mention marked."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from dateline.cli.case import SHORT
from dateline.cli.terminal import line, safe
from dateline.model import Argument, Document, IncidentMention, Span
from dateline.query import ReportView
from dateline.wording import words

Mark = tuple[Span, str]


def print_page(console: Console, view: ReportView) -> None:
    """Print what is known of a report, its text with marks, and the list of its mentions."""
    _print_head(console, view)
    if view.document is None:
        for rejection in view.rejections:
            console.print(Text(f"not read: {line(rejection.detail)}", "against"))
        return
    console.print()
    console.print(marked_text(view.document, view.mentions))
    console.print()
    _print_mentions(console, view)


def _print_head(console: Console, view: ReportView) -> None:
    report, document = view.report, view.document
    title = line(document.title) if document and document.title else line(report.location)
    console.print(Text.assemble((report.id, "id"), "  ", (title, "label")), soft_wrap=True)
    for name, value in _facts(view):
        console.print(Text.assemble((f"  {name}: ", "faint"), line(value)), soft_wrap=True)


def _facts(view: ReportView) -> Iterator[tuple[str, str]]:
    report, document = view.report, view.document
    yield "outlet", (document.outlet if document else report.outlet) or "unknown"
    if document:
        published = document.published
        said = f", “{published.quote}”" if published.quote else ""
        yield "published", f"{published.range} ({published.basis}{said})"
    yield "from", report.url or report.location
    yield "bytes", f"{len(report.blob.content)} of {report.blob.media_type}, SHA-256 {report.blob.sha256}"
    times = ", ".join(f"{retrieval.at:%Y-%m-%d %H:%M}" for retrieval in view.retrievals)
    yield "received", times
    if document and document.copy_of:
        yield "copy of", document.copy_of
    if view.supersedes:
        yield "corrects", view.supersedes
    if view.superseded_by:
        yield "corrected by", ", ".join(view.superseded_by)


def marked_text(document: Document, mentions: tuple[IncidentMention, ...]) -> Text:
    """Return the text with each value underlined and, behind it, what it was read as: ‹1 killed 3›."""
    text, at = Text(), 0
    for span, note in _marks(mentions):
        text.append(safe(document.text[at : span.start]))
        text.append(safe(document.text[span.start : span.end]), "words")
        text.append(f" ‹{note}›", "id")
        at = span.end
    text.append(safe(document.text[at:]))
    return text


def _marks(mentions: tuple[IncidentMention, ...]) -> Iterator[Mark]:
    """Yield the places to mark, none over another, with all that was read there."""
    notes: dict[Span, list[str]] = {}
    for number, mention in enumerate(mentions, 1):
        for argument in mention.arguments:
            if not argument.inferred:
                notes.setdefault(argument.span, []).append(f"{number} {_note(argument)}")
    end = -1
    for span in sorted(notes, key=lambda s: (s.start, s.end)):
        if span.start >= end:
            inside = [other for other in notes if span.overlaps(other)]
            yield span, "; ".join(dict.fromkeys(note for other in inside for note in notes[other]))
            end = span.end


def _note(argument: Argument) -> str:
    what = getattr(argument.value, "what", None)
    return f"{words(what or argument.field)} {line(str(argument.value))}"


def _print_mentions(console: Console, view: ReportView) -> None:
    if not view.mentions:
        console.print("No incident is mentioned.")
    for number, mention in enumerate(view.mentions, 1):
        row = Text.assemble((f"{number}  ", "label"), (mention.id[:SHORT], "id"), "  ")
        row.append(f"{words(mention.type)}, {mention.focus}, {mention.reality}, ")
        incident_id = view.incident_of.get(mention.id)
        row.append(
            f"incident {incident_id}" if incident_id else "in no incident", "id" if incident_id else "faint"
        )
        console.print(row)
        console.print(Text(f"   “{line(mention.span.quote)}”", "faint"))
