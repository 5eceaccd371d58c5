"""How well scraped plain text is cleaned: whole HTML pages dumped to lines, cleaned, and compared.

    python -m benchmarks.pages ARTICLES.jsonl.gz [DATES.jsonl.gz]

ARTICLES holds {id, file, text} with `file` a gzipped HTML page and `text` the article's gold text; DATES
holds {id, file, date}. Pages of DATES were saved on other days than they were published, so a day that
cleaning calls stated has to be the right one, and one that it calls a bound may not be too early.
There is no public set of pages saved as plain text, so one is made from pages with known articles:
every tag becomes a line break or a blank, as careless scrapers do. The measure is that of the
article-extraction benchmark: multisets of four-word shingles, averaged over pages.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import statistics
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import trafilatura
from htmldate import find_date
from lxml import html
from lxml.etree import iterwalk

from benchmarks.predict import Row, read_rows
from dateline.ingest.clean import clean
from dateline.ingest.encoding import decode
from dateline.ingest.page import article_of
from dateline.model import PublishedBasis

_INLINE = frozenset(
    (
        "a",
        "abbr",
        "b",
        "bdi",
        "cite",
        "code",
        "em",
        "font",
        "i",
        "ins",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
    )
)
_UNSEEN = ("script", "style", "noscript", "template", "svg", "iframe", "select", "textarea")
_WORD = re.compile(r"\w+")
_SHINGLE = 4


def dump(page: str) -> str:
    """Return all the text of a page, a line for each block, as a careless scraper saves it."""
    tree = html.fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))
    for element in list(tree.iter(*_UNSEEN)):
        element.drop_tree()
    parts: list[str] = []
    for event, element in iter_events(tree):
        if not isinstance(element.tag, str):
            parts.append(element.tail or "" if event == "end" else "")
            continue
        parts.append("" if element.tag in _INLINE else "\n")
        parts.append((element.text if event == "start" else element.tail) or "")
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def iter_events(tree: html.HtmlElement) -> Iterable[tuple[str, html.HtmlElement]]:
    """Return an iterator over ("start" or "end", element) for all elements, in the order of the page."""
    return iterwalk(tree, events=("start", "end", "comment"))


def page_of(row: Row) -> str:
    """Return the markup in a row's gzipped file."""
    return decode(gzip.decompress(Path(row["file"]).read_bytes()))


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return the multiset of a text's four-word shingles."""
    words = _WORD.findall(text)
    return Counter(tuple(words[n : n + _SHINGLE]) for n in range(max(1, len(words) - _SHINGLE + 1)))


def score(rows: Iterable[Row], cleaner: Callable[[str], str]) -> dict[str, float]:
    """Return mean precision, mean recall, and the F1 of both, of what a cleaner makes of pages."""
    precisions, recalls = [], []
    for row in rows:
        gold, found = shingles(row["text"]), shingles(cleaner(page_of(row)))
        common = sum((gold & found).values())
        precisions.append(common / max(1, found.total()))
        recalls.append(common / max(1, gold.total()))
    precision, recall = statistics.fmean(precisions), statistics.fmean(recalls)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return {"pages": len(recalls), "precision": precision, "recall": recall, "f1": f1}


CLEANERS: dict[str, Callable[[str], str]] = {
    "HTML, plain trafilatura": lambda page: trafilatura.extract(page, include_comments=False) or "",
    "HTML, cleaned": lambda page: article_of(page).body,
    "dumped to text": dump,
    "dumped to text, cleaned": lambda page: clean(dump(page)).body,
}


def judge_dates(rows: Iterable[Row]) -> Counter[str]:
    """Return how many dumped pages got which basis for their day, and rightly or not."""
    verdicts: Counter[str] = Counter()
    for row in rows:
        if row["date"]:
            day, published = date.fromisoformat(row["date"]), clean(dump(page_of(row))).published
            basis = published.basis.value
            if published.basis is PublishedBasis.UNKNOWN:
                verdicts[basis] += 1
            else:
                verdicts[f"{basis}, {'right' if published.range.contains(day) else 'wrong'}"] += 1
    return verdicts


def main() -> None:
    """Print one line for each way of cleaning, and one for each way of dating."""
    parser = argparse.ArgumentParser(description="Score the cleaning of scraped plain text.")
    parser.add_argument("articles", type=Path)
    parser.add_argument("dates", type=Path, nargs="?")
    arguments = parser.parse_args()
    rows = list(read_rows(arguments.articles))
    for name, cleaner in CLEANERS.items():
        rounded = {key: round(value, 4) for key, value in score(rows, cleaner).items()}
        print(json.dumps({"text": name, **rounded}))
    if arguments.dates:
        dated = list(read_rows(arguments.dates))
        right = sum(
            find_date(page_of(row), url=row["url"], original_date=True) == row["date"] for row in dated
        )
        print(json.dumps({"dates": "HTML, plain htmldate", "pages": len(dated), "right": right}))
        print(json.dumps({"dates": "dumped to text, cleaned", **judge_dates(dated)}))


if __name__ == "__main__":
    main()
