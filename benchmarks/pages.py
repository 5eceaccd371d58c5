"""How well scraped plain text is cleaned: whole HTML pages dumped to lines, cleaned, and compared.

    python -m benchmarks.pages ARTICLES.jsonl.gz

ARTICLES holds {id, file, text} with `file` a gzipped HTML page and `text` the article's gold text.
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
from pathlib import Path

from lxml import html

from benchmarks.predict import Row, read_rows
from dateline.ingest.clean import clean
from dateline.ingest.encoding import decode

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
    from lxml.etree import iterwalk

    return iterwalk(tree, events=("start", "end", "comment"))  # type: ignore[return-value]


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return the multiset of a text's four-word shingles."""
    words = _WORD.findall(text)
    return Counter(tuple(words[n : n + _SHINGLE]) for n in range(max(1, len(words) - _SHINGLE + 1)))


def score(rows: Iterable[Row], cleaner: Callable[[str], str]) -> dict[str, float]:
    """Return mean precision, mean recall, and the F1 of both, over all pages."""
    precisions, recalls = [], []
    for row in rows:
        page = decode(gzip.decompress(Path(row["file"]).read_bytes()))
        gold, found = shingles(row["text"]), shingles(cleaner(dump(page)))
        common = sum((gold & found).values())
        precisions.append(common / max(1, found.total()))
        recalls.append(common / max(1, gold.total()))
    precision, recall = statistics.fmean(precisions), statistics.fmean(recalls)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return {"pages": len(recalls), "precision": precision, "recall": recall, "f1": f1}


def main() -> None:
    """Print one line for the page as dumped and one for the cleaned text."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path)
    rows = list(read_rows(parser.parse_args().articles))
    for name, cleaner in (("dumped", str), ("cleaned", lambda text: clean(text).body)):
        rounded = {key: round(value, 4) for key, value in score(rows, cleaner).items()}
        print(json.dumps({"text": name, **rounded}))


if __name__ == "__main__":
    main()
