"""Reading annotations in the form of the codebook, section 8, with an exact word on every mistake."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from dateline.errors import AnnotationError, InputError
from dateline.model import (
    OUTLET,
    Actor,
    Attribution,
    CaptivityStatus,
    Count,
    DateRange,
    Focus,
    IncidentAnnotation,
    IncidentType,
    OfWhom,
    PerpetratorCategory,
    Place,
    Quoted,
    Reality,
    ReportAnnotation,
    Scope,
    SpeakerKind,
    TargetCategory,
    WeaponKind,
    What,
    Who,
)

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")

_SAID = frozenset({"speaker", "speaker_kind", "hedged", "denies"})
_REPORT = frozenset({"id", "published", "outlet", "incidents", "note"})
_INCIDENT = frozenset(
    {"key", "incident", "focus", "reality", "type", "also", "covers", "quote", "date", "place", "note"}
    | {"perpetrators", "targets", "weapons", "counts", "demands", "motive", "claimed_by", "status"}
)
_ACTOR = frozenset({"quote", "name", "category"}) | _SAID
_COUNT = (
    frozenset({"what", "who", "low", "high", "vague", "scope", "of_whom", "includes_perpetrators", "quote"})
    | _SAID
)


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a JSON line and where it stands, so that a mistake in it can be named."""

    value: Any
    where: str

    def wrong(self, expected: str) -> AnnotationError:
        """Return the error that says what stands here and what should."""
        return AnnotationError(f"{self.where}: found {_short(self.value)}, expected {expected}")

    def object(self, names: frozenset[str]) -> Node:
        """Return this node; AnnotationError unless it is an object with no other names than these."""
        if not isinstance(self.value, dict):
            raise self.wrong("an object")
        for name in self.value:
            if name not in names:
                raise AnnotationError(
                    f"{self.where}: found the name {name!r}, expected one of {', '.join(sorted(names))}"
                )
        return self

    def get(self, name: str) -> Node | None:
        """Return the value under `name`, or None where it is left out or null."""
        value = self.value.get(name)
        return None if value is None else Node(value, f"{self.where}.{name}")

    def need(self, name: str) -> Node:
        """Return the value under `name`; AnnotationError where it is left out or null."""
        found = self.get(name)
        if found is None:
            raise Node(None, f"{self.where}.{name}").wrong("a value")
        return found

    def items(self, name: str) -> tuple[Node, ...]:
        """Return the values of the list under `name`, none where it is left out."""
        found = self.get(name)
        if found is None:
            return ()
        if not isinstance(found.value, list):
            raise found.wrong("a list")
        return tuple(Node(item, f"{found.where}[{i}]") for i, item in enumerate(found.value))

    def text(self) -> str:
        """Return the string that stands here; AnnotationError for anything else or an empty one."""
        if not isinstance(self.value, str) or not self.value:
            raise self.wrong("words")
        return self.value

    def word(self, vocabulary: type[E]) -> E:
        """Return the member of a codebook vocabulary that stands here."""
        try:
            return vocabulary(self.value)
        except ValueError:
            raise self.wrong(f"one of {', '.join(vocabulary)}") from None

    def number(self) -> int:
        """Return the whole number that stands here."""
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            raise self.wrong("a whole number")
        return self.value

    def flag(self) -> bool:
        """Return the true or false that stands here."""
        if not isinstance(self.value, bool):
            raise self.wrong("true or false")
        return self.value

    def day(self) -> date:
        """Return the calendar day that stands here as YYYY-MM-DD."""
        words = self.text()
        try:
            day = date.fromisoformat(words)
        except ValueError:
            raise self.wrong("a day as YYYY-MM-DD") from None
        if day.isoformat() != words:
            raise self.wrong("a day as YYYY-MM-DD")
        return day

    def build(self, make: Callable[[], T]) -> T:
        """Return what `make` builds; a ValueError of the value class becomes an AnnotationError here."""
        try:
            return make()
        except ValueError as error:
            raise AnnotationError(f"{self.where}: {error}") from None


def read_reference(path: Path | str, texts: Mapping[str, str] | None = None) -> tuple[ReportAnnotation, ...]:
    """Return the annotations of a JSON Lines file.

    With `texts` (report id to the report's text, title included) every quote must stand in its
    report. The first mistake raises AnnotationError; `check_reference` returns them all.
    """
    reports: list[ReportAnnotation] = []
    for found in _lines(Path(path), texts):
        if isinstance(found, AnnotationError):
            raise found
        reports.append(found)
    return tuple(reports)


def check_reference(path: Path | str, texts: Mapping[str, str] | None = None) -> tuple[AnnotationError, ...]:
    """Return every mistake of an annotation file, in the order of the file; none when it is right."""
    return tuple(found for found in _lines(Path(path), texts) if isinstance(found, AnnotationError))


def _lines(path: Path, texts: Mapping[str, str] | None) -> Iterator[ReportAnnotation | AnnotationError]:
    first_seen: dict[str, int] = {}
    for number, line in _numbered(path):
        where = f"{path}:{number}"
        try:
            report = parse_report(_json(line, where))
        except AnnotationError as error:
            yield error
            continue
        before = first_seen.setdefault(report.id, number)
        if before != number:
            yield AnnotationError(f"{where}: found id {report.id!r} again, expected it once (line {before})")
            continue
        yield from _misquotes(report, where, texts)
        yield report


def _numbered(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open(encoding="utf-8") as file:
            yield from ((n, line) for n, line in enumerate(file, 1) if line.strip())
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot read annotations: {error}; expected a JSON Lines file") from error


def _json(line: str, where: str) -> Node:
    try:
        return Node(json.loads(line), where)
    except (ValueError, RecursionError) as error:
        raise AnnotationError(f"{where}: not valid JSON ({error}); expected one object a line") from None


def _misquotes(
    report: ReportAnnotation, where: str, texts: Mapping[str, str] | None
) -> Iterator[AnnotationError]:
    if texts is None:
        return
    if report.id not in texts:
        yield AnnotationError(f"{where}: found id {report.id!r}, expected the id of a report that was read")
        return
    for incident in report.incidents:
        for quote in incident.quotes:
            if quote not in texts[report.id]:
                yield AnnotationError(
                    f"{where}: incident {incident.key}: found quote {_short(quote)}, "
                    f"expected words that stand in report {report.id!r}"
                )


def parse_report(node: Node) -> ReportAnnotation:
    """Return the annotation of one report; AnnotationError names the place of a mistake."""
    node.object(_REPORT)
    incidents = tuple(_incident(item) for item in node.items("incidents"))
    keys = [incident.key for incident in incidents]
    if len(set(keys)) < len(keys):
        raise Node(keys, f"{node.where}.incidents").wrong("a key of its own for each incident")
    return ReportAnnotation(
        id=node.need("id").text(),
        incidents=incidents,
        published=_maybe(node.get("published"), Node.day),
        outlet=_maybe(node.get("outlet"), Node.text),
    )


def _incident(node: Node) -> IncidentAnnotation:
    node.object(_INCIDENT)
    return IncidentAnnotation(
        key=node.need("key").text(),
        type=node.need("type").word(IncidentType),
        focus=node.need("focus").word(Focus),
        reality=node.need("reality").word(Reality),
        quote=node.need("quote").text(),
        incident=_maybe(node.get("incident"), Node.text),
        also=tuple(item.word(IncidentType) for item in node.items("also")),
        date=_maybe(node.get("date"), _date),
        place=_maybe(node.get("place"), _place),
        perpetrators=tuple(_actor(item, PerpetratorCategory) for item in node.items("perpetrators")),
        targets=tuple(_actor(item, TargetCategory) for item in node.items("targets")),
        weapons=tuple(_weapon(item) for item in node.items("weapons")),
        counts=tuple(_count(item) for item in node.items("counts")),
        demands=tuple(_words(item) for item in node.items("demands")),
        motive=_maybe(node.get("motive"), _words),
        claimed_by=_maybe(node.get("claimed_by"), _claimant),
        status=_maybe(node.get("status"), lambda status: status.word(CaptivityStatus)),
    )


def _date(node: Node) -> Quoted[DateRange]:
    node.object(frozenset({"earliest", "latest", "quote"}))
    ends = [_maybe(node.get(name), Node.day) for name in ("earliest", "latest")]
    return Quoted(node.build(lambda: DateRange(*ends)), _quote(node))


def _place(node: Node) -> Quoted[Place]:
    names = ("name", "admin1", "country", "site")
    node.object(frozenset({*names, "quote"}))
    parts = {name: _maybe(node.get(name), Node.text) for name in names}
    country = parts["country"]
    if country is not None and not (len(country) == 2 and country.isalpha() and country.isupper()):
        raise node.need("country").wrong("an ISO 3166 alpha-2 code")
    place = Place(parts["name"], parts["admin1"], country, parts["site"])
    return Quoted(place, _quote(node))


def _actor(node: Node, vocabulary: type[PerpetratorCategory] | type[TargetCategory]) -> Quoted[Actor]:
    node.object(_ACTOR)
    quote = node.need("quote").text()
    category = node.need("category").word(vocabulary)
    return Quoted(Actor(quote, category, _maybe(node.get("name"), Node.text)), quote, _attribution(node))


def _claimant(node: Node) -> Quoted[Actor]:
    node.object(_ACTOR)
    quote = node.need("quote").text()
    name = _maybe(node.get("name"), Node.text)
    return Quoted(Actor(quote, PerpetratorCategory.UNKNOWN, name), quote, _attribution(node))


def _weapon(node: Node) -> Quoted[WeaponKind]:
    node.object(frozenset({"quote", "kind"}) | _SAID)
    return Quoted(node.need("kind").word(WeaponKind), node.need("quote").text())


def _count(node: Node) -> Quoted[Count]:
    node.object(_COUNT)
    count = node.build(
        lambda: Count(
            what=node.need("what").word(What),
            who=node.need("who").word(Who),
            low=_maybe(node.get("low"), Node.number),
            high=_maybe(node.get("high"), Node.number),
            vague=_flag(node, "vague"),
            scope=_maybe(node.get("scope"), lambda scope: scope.word(Scope)) or Scope.TOTAL,
            of_whom=_maybe(node.get("of_whom"), lambda whom: whom.word(OfWhom)),
            includes_perpetrators=_flag(node, "includes_perpetrators"),
        )
    )
    return Quoted(count, node.need("quote").text(), _attribution(node))


def _words(node: Node) -> Quoted[str]:
    if isinstance(node.value, str):
        return Quoted(node.text(), node.value)
    node.object(frozenset({"quote"}) | _SAID)
    quote = node.need("quote").text()
    return Quoted(quote, quote, _attribution(node))


def _attribution(node: Node) -> Attribution:
    said = Attribution(
        words=_maybe(node.get("speaker"), Node.text),
        kind=_maybe(node.get("speaker_kind"), lambda kind: kind.word(SpeakerKind)),
        hedged=_flag(node, "hedged"),
        denies=_flag(node, "denies"),
    )
    return OUTLET if said == OUTLET else said


def _quote(node: Node) -> str | None:
    return _maybe(node.get("quote"), Node.text)


def _flag(node: Node, name: str) -> bool:
    return bool(_maybe(node.get(name), Node.flag))


def _maybe(node: Node | None, read: Callable[[Node], T]) -> T | None:
    return None if node is None else read(node)


def _short(value: object) -> str:
    words = json.dumps(value, ensure_ascii=False, default=str)
    return words if len(words) <= 80 else words[:77] + "..."
