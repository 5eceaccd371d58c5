"""`dateline export`, `dateline extract`, `dateline evaluate`: files out, and how good they are."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any, TextIO

import click
from rich.text import Text

from dateline.casebook import Casebook, shipped_extractor
from dateline.cli import options
from dateline.cli.tables import plain_table
from dateline.cli.terminal import bars, line, print_json, screen, tell_left_out
from dateline.config import Settings
from dateline.engine import Failure, LocalEngine
from dateline.errors import InputError, UsageError
from dateline.evaluate import Scores, Slice, Tally, read_corpus, read_reference, score
from dateline.export import formats
from dateline.export.reference import annotate, write
from dateline.filter import wanted_by
from dateline.ingest import read
from dateline.model import Rejection, Report, ReportAnnotation
from dateline.pipeline import Reader, Reading
from dateline.wording import several


@click.command()
@click.option("--format", "name", default="json", show_default=True, metavar="NAME", help="What to write.")
@click.option("--output", "-o", metavar="FILE", help="Where to; standard output otherwise.")
@options.database
@options.rule
@options.min_score
@options.filters
def export(name: str, output: str | None, database: str, rule: str, min_score: float, **wanted: Any) -> None:
    """Write incidents with their claims and sources to a file.

    NAME is json, csv, csv-counts, csv-claims or geojson, or the format of an installed package.

    \b
    Example:
      dateline export --db cases.db --format geojson -o incidents.geojson
      dateline export --format csv-claims --country GE > claims.csv
    """
    if name not in formats():
        raise UsageError(f"there is no format {name!r}; known formats: {', '.join(formats())}")
    filter_ = wanted_by(**wanted)
    book = Casebook(database, rule=rule, min_score=min_score, create=False)
    with book, _opened(output) as out:
        written = book.write(name, out, filter_)
        tell_left_out(book.query.left_out(filter_), min_score)
    if output:
        click.echo(f"{several(written, 'incident')} in {output}", err=True)


@contextmanager
def _opened(output: str | None) -> Iterator[TextIO]:
    if output is None:
        sys.stdout.reconfigure(newline="")  # type: ignore[union-attr]
        yield sys.stdout
        return
    try:
        with Path(output).open("w", encoding="utf-8", newline="") as out:
            yield out
    except OSError as error:
        raise InputError(f"{output} cannot be written ({error.strerror}); give another file") from error


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--format", "name", type=click.Choice(["reference"]), default="reference", show_default=True,
    help="The form of what is written: that of reference annotations.",
)  # fmt: skip
@click.option("--workers", type=click.IntRange(0), default=0, metavar="N", help="Processes that read.")
@options.accidents
def extract(paths: tuple[str, ...], name: str, workers: int, accidents: bool) -> None:  # noqa: ARG001
    """Print what reports mention, one line a report.

    No database is used, and nothing is linked. What cannot be read is named on standard error.

    \b
    Example:
      dateline extract reports/ --format reference > draft.jsonl
    """
    settings = Settings(workers=workers)
    found = chain.from_iterable(read(path, settings) for path in paths)
    reader = Reader(settings, shipped_extractor(accidents=accidents))
    write(_annotations(LocalEngine(workers).map(reader, _reports(found))), sys.stdout)


def _reports(found: Iterator[Report | Rejection]) -> Iterator[Report]:
    for item in found:
        if isinstance(item, Rejection):
            _complain(item.location, item.detail)
        else:
            yield item


def _annotations(
    done: Iterator[tuple[Report, Reading | Rejection | Failure]],
) -> Iterator[ReportAnnotation]:
    for report, result in done:
        if isinstance(result, Reading):
            yield annotate(report.name, result.document, result.mentions)
        else:
            _complain(report.location, result.detail)


def _complain(location: str, detail: str) -> None:
    click.echo(f"not read: {line(location)}: {line(detail)}", err=True)


@click.command()
@click.option("--reference", required=True, metavar="FILE", help="Your annotation, one JSON line a report.")
@click.option("--docs", required=True, multiple=True, metavar="PATH", help="The annotated reports.")
@click.option(
    "--predictions", metavar="FILE", help="Score this annotation instead of Dateline's own reading."
)
@click.option("--workers", type=click.IntRange(0), default=0, metavar="N", help="Processes that read.")
@options.as_json
def evaluate(
    reference: str, docs: tuple[str, ...], predictions: str | None, workers: int, as_json: bool
) -> None:
    """Score the coding of your annotated reports.

    Dateline codes the reports and is scored field by field against your annotation. Reports are
    known by the id of their JSON line or by their file's name without its ending.

    \b
    Example:
      dateline evaluate --reference mine.jsonl --docs reports/
    """
    settings = Settings(workers=workers)
    corpus = read_corpus(docs, settings)
    for rejection in corpus.rejections:
        _complain(rejection.location, rejection.detail)
    gold = read_reference(reference, corpus.texts)
    coded = read_reference(predictions) if predictions else _coded(docs, settings)
    scores = score(corpus.texts, gold, coded)
    if as_json:
        print_json(_scores_json(scores))
    else:
        _print_scores(scores)


def _coded(docs: tuple[str, ...], settings: Settings) -> tuple[ReportAnnotation, ...]:
    """Return Dateline's own coding of the reports, read as one casebook so that mentions are linked."""
    with tempfile.TemporaryDirectory() as folder:
        with Casebook(Path(folder) / "evaluation.db", settings=settings) as book, bars() as progress:
            summary = book.add(*docs, progress=progress)
            views = [book.query.report(report_id) for report_id in summary.new]
        return tuple(
            annotate(view.report.name, view.document, view.mentions, view.incident_of)
            for view in views
            if view.document
        )


def _print_scores(scores: Scores) -> None:
    table = plain_table(
        "Field", "Precision", "Recall", "F1", "In reference", "Found",
        numbers=("Precision", "Recall", "F1", "In reference", "Found"),
    )  # fmt: skip
    for row in scores.rows():
        tally = row.tally
        cells = [f"{value:.2f}" for value in (tally.precision, tally.recall, tally.f1)]
        table.add_row(row.name, *cells, str(tally.reference), str(tally.predicted))
    console = screen()
    console.print(table)
    for part in scores.slices:
        console.print(_slice_line(part))
    confusions = scores.confusions(8)
    if confusions:
        console.print(Text("Most often taken for another:", "label"))
    for wrong in confusions:
        said = (
            f"  {wrong.field}: {line(wrong.reference)} read as {line(wrong.predicted)}, {wrong.times} times"
        )
        where = ", ".join(dict.fromkeys(example.report_id for example in wrong.examples))
        console.print(Text.assemble(said, (f"  ({line(where)})", "faint")), soft_wrap=True)


def _slice_line(part: Slice) -> Text:
    rows = {row.name: row.tally for row in part.rows}
    said = f"incidents F1 {rows['incidents'].f1:.2f}, FACTS F1 {rows['FACTS'].f1:.2f}"
    return Text.assemble(
        f"Only {part.name}: ", said, (f"  ({rows['incidents'].reference} in reference)", "faint")
    )


def _scores_json(scores: Scores) -> dict[str, Any]:
    return {
        "fields": {row.name: _tally_json(row.tally) for row in scores.rows()},
        "slices": {
            part.name: {row.name: _tally_json(row.tally) for row in part.rows} for part in scores.slices
        },
        "misquoted": scores.misquoted,
        "unknown_reports": list(scores.unknown_reports),
    }


def _tally_json(tally: Tally) -> dict[str, float | int]:
    return {
        "precision": round(tally.precision, 4),
        "recall": round(tally.recall, 4),
        "f1": round(tally.f1, 4),
        "reference": tally.reference,
        "predicted": tally.predicted,
    }
