"""Finding copies: one text printed by several outlets, with small edits and cuts.

Each document is kept as a signature of its word shingles (MinHash: Broder 1997, "On the
resemblance and containment of documents"), so that copies are found without the texts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from rensa import RMinHash

from dateline.model import Document

_SHINGLE = 3  # words
_FEWEST_SHINGLES = 20  # a shorter text is too like others of its kind to be called a copy
_HASHES = 128
_SEED = 1
_BAND = 2  # hashes that must be equal for two documents to be compared
_COPY = 0.6  # share of the shorter text's shingles that the longer one has too
_MOST_CUT = 0.25  # a text shorter than this share of another is a quotation, not a copy
_MOST_IN_BAND = 200  # a band shared by more documents than this is furniture and tells nothing
_PRIME, _STEP = 2**61 - 1, 0x9E3779B97F4A7C1  # of the numbers of bands
_WORD = re.compile(r"\w+")
_LAST = date.max


@dataclass(frozen=True, slots=True)
class Signature:
    """What is kept of a document to know copies of it: plain values, to be stored and read back.

    `shingles` is the number of different shingles of the text, `hashes` the minima of their
    hashes; `published` and `report_id` order the copies of one text.
    """

    report_id: str
    published: date | None
    shingles: int
    hashes: tuple[int, ...]

    @classmethod
    def of(cls, document: Document) -> Signature:
        """Return the signature of a document's body."""
        words = _WORD.findall(document.body.lower())
        shingles = {" ".join(words[n : n + _SHINGLE]) for n in range(len(words) - _SHINGLE + 1)}
        minima = RMinHash(num_perm=_HASHES, seed=_SEED)
        minima.update(sorted(shingles))
        published = document.published.range
        day = published.earliest or published.latest
        return cls(document.report_id, day, len(shingles), tuple(minima.digest()))

    @property
    def rank(self) -> tuple[date, str]:
        """Return what orders copies: the earliest published comes first, undated ones last."""
        return self.published or _LAST, self.report_id

    def shared(self, other: Signature) -> float:
        """Return the share of the shorter text's shingles that the other has too, 0 to 1, estimated.

        From the resemblance J of the signatures: |A and B| = J (|A| + |B|) / (1 + J).
        """
        equal = sum(mine == its for mine, its in zip(self.hashes, other.hashes, strict=True))
        resemblance = equal / len(self.hashes)
        common = resemblance * (self.shingles + other.shingles) / (1 + resemblance)
        return min(1.0, common / min(self.shingles, other.shingles))

    def is_copy_of(self, other: Signature) -> bool:
        """Return whether the two are one text, but for edits and cuts. Symmetric."""
        short, long = sorted((self.shingles, other.shingles))
        if short < _FEWEST_SHINGLES or short < _MOST_CUT * long:
            return False
        return self.shared(other) >= _COPY


class Signatures(Protocol):
    """The signatures of all documents so far."""

    def add(self, signature: Signature) -> None:
        """Keep a document's signature; a second one of the same report changes nothing."""
        ...

    def of(self, report_ids: Iterable[str]) -> Mapping[str, Signature]:
        """Return the signatures of reports that are known, by report id."""
        ...

    def in_bands(self, bands: Sequence[int], most: int) -> Iterable[str]:
        """Return the reports that share a band, at most `most` for each of the bands, the first to come."""
        ...


class CopyIndex:
    """Signatures held in memory."""

    def __init__(self) -> None:
        self._signatures: dict[str, Signature] = {}
        self._bands: dict[int, list[str]] = defaultdict(list)

    def add(self, signature: Signature) -> None:
        """Keep a document's signature; a second one of the same report changes nothing."""
        if signature.report_id in self._signatures:
            return
        self._signatures[signature.report_id] = signature
        for band in set(bands_of(signature)):
            self._bands[band].append(signature.report_id)

    def of(self, report_ids: Iterable[str]) -> Mapping[str, Signature]:
        """Return the signatures of reports that are known, by report id."""
        return {known: self._signatures[known] for known in report_ids if known in self._signatures}

    def in_bands(self, bands: Sequence[int], most: int) -> Iterable[str]:
        """Return the reports that share a band, at most `most` for each of the bands, the first to come."""
        return {report_id for band in bands for report_id in self._bands.get(band, ())[:most]}


def bands_of(signature: Signature) -> tuple[int, ...]:
    """Return the numbers of the bands under which a document is found; two may share one by chance."""
    hashes = signature.hashes
    return tuple(_band(n, hashes[n : n + _BAND]) for n in range(0, len(hashes), _BAND))


def _band(place: int, hashes: Sequence[int]) -> int:
    number = place
    for each in hashes:
        number = (number * _STEP + each) % _PRIME
    return number


def find_copies(documents: Sequence[Document], known: Signatures) -> Mapping[str, str]:
    """Return, for each of `documents` that is a copy, the report id of its origin; `known` grows by them.

    The origin of a group of copies is the earliest published of all, known ones included (equal
    days: the smaller report id), so the order of arrival within one call does not matter. A known
    document that a newly read one proves to be a copy of that is in the result as well.
    """
    signatures = [Signature.of(document) for document in documents]
    for signature in signatures:
        known.add(signature)
    origins: dict[str, str] = {}
    grouped: set[str] = set()
    for signature in signatures:
        if signature.report_id in grouped:
            continue
        group = _group(signature, known)
        grouped.update(member.report_id for member in group)
        first = min(group, key=lambda member: member.rank)
        origins |= {member.report_id: first.report_id for member in group if member is not first}
    return origins


def _group(signature: Signature, known: Signatures) -> list[Signature]:
    """Return all that are copies of the document, or copies of copies, itself included."""
    group = {signature.report_id: signature}
    waiting = list(group.values())
    while waiting:
        for copy in _copies_of(waiting.pop(), known):
            if copy.report_id not in group:
                group[copy.report_id] = copy
                waiting.append(copy)
    return list(group.values())


def _copies_of(signature: Signature, known: Signatures) -> list[Signature]:
    """Return the known documents that are the same text, the earliest first."""
    near = set(known.in_bands(bands_of(signature), _MOST_IN_BAND)) - {signature.report_id}
    found = [other for other in known.of(sorted(near)).values() if signature.is_copy_of(other)]
    return sorted(found, key=lambda other: other.rank)
