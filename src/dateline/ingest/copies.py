"""Finding copies: one text printed by several outlets, with small edits and cuts.

Each document is kept as a signature of its word shingles (MinHash: Broder 1997, "On the
resemblance and containment of documents"), so that copies are found without the texts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

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


@dataclass(slots=True)
class CopyIndex:
    """The signatures of all documents so far, found again by any band of equal hashes.

    Plain data: it can be pickled, and built anew from stored signatures in any order.
    """

    signatures: dict[str, Signature] = field(default_factory=dict)
    _bands: dict[tuple[int, ...], list[str]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, signatures: Iterable[Signature]) -> CopyIndex:
        """Return the index of stored signatures."""
        index = cls()
        for signature in signatures:
            index.add(signature)
        return index

    def add(self, signature: Signature) -> None:
        """Add a document's signature; a second one of the same report changes nothing."""
        if signature.report_id in self.signatures:
            return
        self.signatures[signature.report_id] = signature
        for band in _bands_of(signature):
            self._bands[band].append(signature.report_id)

    def copies_of(self, signature: Signature) -> tuple[Signature, ...]:
        """Return the known documents that are the same text as `signature`'s, the earliest first."""
        ids = {
            report_id
            for band in _bands_of(signature)
            for report_id in self._bands.get(band, ())[:_MOST_IN_BAND]
            if report_id != signature.report_id
        }
        found = (self.signatures[report_id] for report_id in ids)
        return tuple(sorted((s for s in found if signature.is_copy_of(s)), key=lambda s: s.rank))


def find_copies(documents: Sequence[Document], known: CopyIndex) -> Mapping[str, str]:
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


def _group(signature: Signature, known: CopyIndex) -> list[Signature]:
    """Return all that are copies of the document, or copies of copies, itself included."""
    group = {signature.report_id: known.signatures[signature.report_id]}
    waiting = list(group.values())
    while waiting:
        for copy in known.copies_of(waiting.pop()):
            if copy.report_id not in group:
                group[copy.report_id] = copy
                waiting.append(copy)
    return list(group.values())


def _bands_of(signature: Signature) -> Iterable[tuple[int, ...]]:
    for n in range(0, len(signature.hashes), _BAND):
        yield n, *signature.hashes[n : n + _BAND]
