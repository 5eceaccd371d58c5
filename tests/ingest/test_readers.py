"""The contract that every reader keeps, and what each gives for a good source."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ingest_samples import BODY

from dateline.config import Settings
from dateline.errors import DataError
from dateline.ingest import parse, read
from dateline.ingest import readers as registry
from dateline.ingest.source import BROKEN_GZIP, Source, source_of
from dateline.model import Document, MediaType, Rejection, RejectionReason, Report, sha256_hex

SLOWLY = hypothesis.settings(deadline=None, max_examples=30)  # the first text loads the language model
HTML_BODY = "".join(f"<p>{line}</p>" for line in BODY.split("\n\n"))
PAGE = f"<!doctype html><html><head><title>Two officers freed</title></head><body>{HTML_BODY}</body></html>"
ROW = {"id": "a", "title": "Two officers freed", "text": BODY, "outlet": "The Verrina Post", "mood": 3}
FEED = (
    "<?xml version='1.0'?><rss version='2.0'><channel><title>The Verrina Post</title>"
    "<item><title>Two officers freed</title><link>https://verrina.example/a</link><guid>a</guid>"
    "<pubDate>Wed, 05 May 2021 10:00:00 +0000</pubDate>"
    f"<content:encoded><![CDATA[{HTML_BODY}]]></content:encoded></item>"
    f"<item><title>Search goes on</title><guid>b</guid><description>{BODY}</description></item>"
    "</channel></rss>"
)
ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><title>The Verrina Post</title>"
    "<entry><title>Two officers freed</title>"
    "<link href='https://verrina.example/a'/><id>a</id><published>2021-05-05T10:00:00Z</published>"
    f"<content type='text'>{BODY}</content></entry></feed>"
)
SOURCES = {
    "text": (BODY.encode(), 1),
    "text, UTF-16": (BODY.encode("utf-16"), 1),
    "text, byte order mark": (b"\xef\xbb\xbf" + BODY.encode(), 1),
    "page": (PAGE.encode(), 1),
    "lines": ("\n".join(json.dumps(ROW | {"id": n}) for n in "abc").encode(), 3),
    "lines, byte order mark": (b"\xef\xbb\xbf" + json.dumps(ROW).encode() + b"\r\n", 1),
    "list": (json.dumps([ROW, ROW | {"id": "b"}]).encode(), 2),
    "object over many lines": (json.dumps(ROW, indent=2).encode(), 1),
    "feed": (FEED.encode(), 2),
    "Atom feed": (ATOM.encode(), 1),
}


def source(content: bytes) -> Source:
    return source_of(io.BytesIO(content), "somewhere", "name")


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize("kind", SOURCES)
def test_a_good_source_gives_its_reports_and_they_parse(kind: str, packed: bool, settings: Settings) -> None:
    content, number = SOURCES[kind]
    opened = source(gzip.compress(content) if packed else content)
    reports = list(registry.reader_of(opened).read(opened, settings))
    assert len(reports) == number
    for report in reports:
        assert isinstance(report, Report)
        assert report.blob.sha256 == sha256_hex(report.blob.content)
        assert report.blob.content in content
        document = parse(report, settings)
        assert isinstance(document, Document), document
        assert BODY.split("\n\n")[0] in document.body
        assert document == parse(report, settings)
    assert len({report.id for report in reports if isinstance(report, Report)}) == number


@pytest.mark.parametrize("kind", SOURCES)
def test_the_name_and_the_folder_of_a_file_tell_nothing(
    kind: str, settings: Settings, tmp_path: Path
) -> None:
    content, number = SOURCES[kind]
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "report.pdf").write_bytes(content)
    found = [list(read(tmp_path / folder / "report.pdf", settings)) for folder in ("one", "two")]
    ids = [[item.id for item in items if isinstance(item, Report)] for items in found]
    assert ids[0] == ids[1]
    assert len(ids[0]) == number


@pytest.mark.parametrize("kind", SOURCES)
@SLOWLY
@given(data=st.data())
def test_a_source_cut_anywhere_raises_nothing(kind: str, data: st.DataObject) -> None:
    content, number = SOURCES[kind]
    opened = source(content[: data.draw(st.integers(1, len(content)))])
    items = list(registry.reader_of(opened).read(opened, Settings()))
    assert 1 <= len(items) <= number
    for item in items:
        assert isinstance(
            item if isinstance(item, Rejection) else parse(item, Settings()), Document | Rejection
        )


@SLOWLY
@given(content=st.binary(min_size=1, max_size=300))
def test_any_bytes_give_reports_or_rejections(content: bytes) -> None:
    try:
        opened = source(content)
        items = list(registry.reader_of(opened).read(opened, Settings()))
    except BROKEN_GZIP:
        return
    for item in items:
        result = item if isinstance(item, Rejection) else parse(item, Settings())
        assert isinstance(result, Document | Rejection)


def test_a_row_keeps_what_its_carrier_stated_and_where_it_stood(tmp_path: Path, settings: Settings) -> None:
    row = {
        "id": 7,
        "headline": "Two freed",
        "body": BODY,
        "publisher": {"name": "Post"},
        "date": "2021-05-05",
    }
    (tmp_path / "x.jsonl").write_text(f"\n{json.dumps(row)}\n")
    (report,) = read(tmp_path / "x.jsonl", settings)
    assert isinstance(report, Report)
    assert report.location == f"{tmp_path / 'x.jsonl'}:2"
    assert report.outlet == "Post"
    assert dict(report.stated) == {
        "id": "7",
        "title": "Two freed",
        "published": "2021-05-05",
        "outlet": "Post",
    }


def test_a_folder_is_read_with_all_below_it_in_one_order(tmp_path: Path, settings: Settings) -> None:
    for name in ("b.txt", "a/z.txt", "c/a/x.txt", ".git/x.txt", "a/.y.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(BODY)
    found = [Path(item.location).relative_to(tmp_path).as_posix() for item in read(tmp_path, settings)]
    assert found == ["a/z.txt", "b.txt", "c/a/x.txt"]
    assert [item.location for item in read(f"{tmp_path}/*.txt", settings)] == [str(tmp_path / "b.txt")]
    assert len(list(read(f"{tmp_path}/**/*.txt", settings))) == 3


def test_many_rows_need_no_more_memory_than_one(settings: Settings) -> None:
    class Endless(io.RawIOBase):
        """As many lines as anybody asks for."""

        line = json.dumps(ROW).encode() + b"\n"
        given = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
            size = min(len(buffer), len(self.line))
            buffer[:size] = (self.line * 2)[self.given % len(self.line) :][:size]
            self.given += size
            return size

    endless = Endless()
    opened = source_of(io.BufferedReader(endless), "pipe", "pipe")
    items = registry.reader_of(opened).read(opened, settings)
    assert all(isinstance(next(items), Report) for _ in range(500))
    assert endless.given < 1_000_000


class DiaryReader:
    """A reader of a third party: one report a line that begins with an asterisk."""

    def accepts(self, source: Source) -> bool:
        return source.head.startswith(b"*")

    def read(self, source: Source, settings: Settings) -> Iterator[Report | Rejection]:
        del settings
        yield Rejection(source.location, RejectionReason.UNREADABLE, "a diary")


def test_a_third_partys_reader_is_asked_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Settings
) -> None:
    entry = EntryPoint("diary", f"{__name__}:DiaryReader", registry.GROUP)
    monkeypatch.setattr(registry, "entry_points", lambda group: [entry] if group == registry.GROUP else [])
    registry.readers.cache_clear()
    try:
        (tmp_path / "x.txt").write_text("* Monday")
        (rejection,) = read(tmp_path / "x.txt", settings)
        assert rejection == Rejection(str(tmp_path / "x.txt"), RejectionReason.UNREADABLE, "a diary")
    finally:
        registry.readers.cache_clear()


def test_a_reader_that_cannot_be_loaded_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "entry_points", lambda group: [EntryPoint("gone", "no.such:Thing", group)])
    registry.readers.cache_clear()
    with pytest.raises(DataError, match="gone"):
        registry.readers()
    registry.readers.cache_clear()


def test_media_types_follow_the_content() -> None:
    told = {kind: source(content).media_type for kind, (content, _) in SOURCES.items()}
    assert {told[kind] for kind in told if kind.startswith("text")} == {MediaType.TEXT}
    assert {told[kind] for kind in ("lines", "list", "object over many lines")} == {MediaType.JSON}
    assert (told["page"], told["feed"], told["Atom feed"]) == (MediaType.HTML, MediaType.FEED, MediaType.FEED)
