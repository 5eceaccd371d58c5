"""Every bad thing gives exactly one rejection that says what to do, and reading goes on."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
from pathlib import Path

import pytest
from ingest_samples import BODY

from dateline.config import Settings
from dateline.errors import InputError
from dateline.ingest import parse, read
from dateline.model import Document, Rejection, RejectionReason, Report

GOOD = json.dumps({"id": "good", "title": "Two officers freed", "text": BODY})
PAGE = "<html><head><title>Log in</title></head><body><nav><a href='/'>Home</a></nav></body></html>"


def outcome(location: str | Path, settings: Settings) -> list[Document | Rejection]:
    return [parse(item, settings) if isinstance(item, Report) else item for item in read(location, settings)]


BAD_FILES = [
    ("empty.txt", b"", RejectionReason.EMPTY),
    ("blank.txt", b" \n\t\r\n ", RejectionReason.EMPTY),
    ("bom.txt", b"\xef\xbb\xbf", RejectionReason.EMPTY),
    ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, RejectionReason.BINARY),
    ("noise.html", bytes(range(256)) * 20, RejectionReason.BINARY),
    ("paper.html", b"%PDF-1.7\n1 0 obj\n", RejectionReason.BINARY),
    ("long.txt", BODY.encode() * 600, RejectionReason.TOO_LARGE),
    ("long.html", b"<html><body>" + b"<p>more</p>" * 100_000, RejectionReason.TOO_LARGE),
    ("cut-utf8.txt", (BODY + " Škoda é").encode()[:-1], RejectionReason.BAD_ENCODING),
    ("cut-in-only-accent.txt", (BODY + " café").encode()[:-1], RejectionReason.BAD_ENCODING),
    ("broken-utf8.txt", "é".encode() + b"\xff\xfe\xfa" + BODY.encode(), RejectionReason.BAD_ENCODING),
    ("cut-utf16.txt", BODY.encode("utf-16")[:-1], RejectionReason.BAD_ENCODING),
    ("no-article.html", PAGE.encode(), RejectionReason.NOT_AN_ARTICLE),
    ("word.txt", b"Hello there", RejectionReason.NOT_AN_ARTICLE),
    (
        "missing.txt",
        b"Page not found\nThe page you requested is not here.",
        RejectionReason.NOT_AN_ARTICLE,
    ),
    ("half.json", GOOD.encode()[: len(GOOD) // 2], RejectionReason.BAD_JSON),
    ("rows-of-numbers.json", b"[{}]", RejectionReason.EMPTY),
    ("no-rows.json", b"[]", RejectionReason.EMPTY),
    ("no-text.jsonl", b'{"id": "x", "mood": "fine"}\n', RejectionReason.EMPTY),
    ("latin1.jsonl", '{"id": "x", "text": "é"}\n'.encode("latin-1"), RejectionReason.BAD_ENCODING),
    ("broken.gz", gzip.compress(BODY.encode())[:-20], RejectionReason.UNREADABLE),
    ("bomb.gz", gzip.compress(b"a" * 5_000_000), RejectionReason.TOO_LARGE),
    ("bomb.jsonl.gz", gzip.compress(b'{"text": "' + b"a" * 5_000_000), RejectionReason.TOO_LARGE),
    ("bomb.json", b'[{"text": "' + b"a" * 1_000_000, RejectionReason.TOO_LARGE),
    ("feed.xml", b"<?xml version='1.0'?><rss><channel><title>x</channel></rss>", RejectionReason.UNREADABLE),
    ("no-entries.xml", b"<rss><channel><title>x</title></channel></rss>", RejectionReason.EMPTY),
    (
        "laughs.xml",
        b"<!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><rss><channel><item>&b;</item></rss>",
        RejectionReason.UNREADABLE,
    ),
    (
        "russian.txt",
        (
            "Вооружённые люди напали на полицейский участок и увели двух сотрудников, сообщил мэр. " * 3
        ).encode(),
        RejectionReason.UNKNOWN_LANGUAGE,
    ),
]


@pytest.mark.parametrize(("name", "content", "reason"), BAD_FILES, ids=[name for name, *_ in BAD_FILES])
def test_a_bad_file_gives_one_rejection_with_one_line(
    tmp_path: Path, settings: Settings, name: str, content: bytes, reason: RejectionReason
) -> None:
    (tmp_path / name).write_bytes(content)
    (rejection,) = outcome(tmp_path / name, settings)
    assert isinstance(rejection, Rejection)
    assert rejection.reason is reason
    assert rejection.location.startswith(str(tmp_path / name))
    assert "\n" not in str(rejection)
    assert len(rejection.detail) > 20


def test_a_folder_of_bad_files_does_not_stop_the_good_one(tmp_path: Path, settings: Settings) -> None:
    for name, content, _ in BAD_FILES:
        (tmp_path / name).write_bytes(content)
    (tmp_path / "zz-good.txt").write_text(BODY)
    *bad, good = outcome(tmp_path, settings)
    assert all(isinstance(item, Rejection) for item in bad)
    assert len(bad) == len(BAD_FILES)
    assert isinstance(good, Document)


def test_a_line_cut_in_half_loses_no_other_line(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "x.jsonl").write_text(f"{GOOD}\n{GOOD[:50]}\n\n[1]\n{GOOD}\n")
    first, cut, listed, last = outcome(tmp_path / "x.jsonl", settings)
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert isinstance(cut, Rejection)
    assert isinstance(listed, Rejection)
    assert (cut.reason, cut.location) == (RejectionReason.BAD_JSON, f"{tmp_path / 'x.jsonl'}:2")
    assert listed.reason is RejectionReason.BAD_JSON


def test_a_first_line_cut_in_half_loses_no_other_line(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "x.jsonl").write_text(f"{GOOD[:50]}\n{GOOD}\n{GOOD}\n")
    kinds = [type(item) for item in outcome(tmp_path / "x.jsonl", settings)]
    assert kinds == [Rejection, Document, Document]


def test_a_line_that_is_too_long_loses_no_other_line(tmp_path: Path, settings: Settings) -> None:
    long = json.dumps({"text": "a" * 300_000})
    (tmp_path / "x.jsonl").write_text(f"{GOOD}\n{long}\n{GOOD}")
    _, rejection, last = outcome(tmp_path / "x.jsonl", settings)
    assert isinstance(rejection, Rejection)
    assert rejection.reason is RejectionReason.TOO_LARGE
    assert "0.3 MB" in rejection.detail
    assert "0.2 MB" in rejection.detail
    assert isinstance(last, Document)


def test_a_file_above_the_largest_is_read_up_to_there(tmp_path: Path, settings: Settings) -> None:
    row = json.dumps({"text": BODY * 10}) + "\n"
    (tmp_path / "x.jsonl").write_text(row * (2_500_000 // len(row)))
    *reports, rejection = list(read(tmp_path / "x.jsonl", settings))
    assert all(isinstance(report, Report) for report in reports)
    assert len(reports) == settings.largest_file // len(row)
    assert isinstance(rejection, Rejection)
    assert rejection.reason is RejectionReason.TOO_LARGE


def test_a_path_that_does_not_exist_is_an_error_of_the_command(tmp_path: Path, settings: Settings) -> None:
    for location in (tmp_path / "none", tmp_path / "*.none"):
        with pytest.raises(InputError, match="none"):
            list(read(location, settings))


def test_a_folder_without_reports_is_named(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / ".hidden").write_text(BODY)
    (tmp_path / "sub").mkdir()
    (rejection,) = read(tmp_path, settings)
    assert isinstance(rejection, Rejection)
    assert rejection.reason is RejectionReason.EMPTY
    assert rejection.location == str(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "a.txt").write_text(BODY)
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "closed").mkdir(mode=0)
    rejections = list(read(tmp_path, settings))
    (tmp_path / "closed").chmod(0o700)
    assert [item.reason for item in rejections if isinstance(item, Rejection)] == [
        RejectionReason.UNREADABLE
    ] * 2


def test_links_are_not_followed_out_of_the_folder(tmp_path: Path, settings: Settings) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "outside.txt").write_text(BODY)
    (inside / "a.txt").write_text(BODY)
    (inside / "b.txt").symlink_to(tmp_path / "outside.txt")
    (inside / "c.txt").symlink_to(inside / "a.txt")
    (inside / "d").symlink_to(tmp_path)
    (inside / "e").symlink_to(tmp_path / "gone")
    os.mkfifo(inside / "f")
    found = list(read(inside, settings))
    assert [Path(item.location).name for item in found if isinstance(item, Report)] == ["a.txt", "c.txt"]
    refused = [item for item in found if isinstance(item, Rejection)]
    assert [Path(item.location).name for item in refused] == ["b.txt", "d", "e", "f"]
    assert {item.reason for item in refused} == {RejectionReason.UNREADABLE}


def test_standard_input_is_read_as_a_file_is(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    content = f"{GOOD}\n{GOOD[:40]}\n".encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    report, rejection = read("-", settings)
    assert isinstance(report, Report)
    assert report.blob.content == GOOD.encode()
    assert isinstance(rejection, Rejection)
