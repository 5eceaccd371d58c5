"""Scoring predicted annotations against a reference: per field, per slice, with what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from dateline.evaluate.matching import CountKey, align, count_key
from dateline.evaluate.measures import Maybe, Measure, Tally, measures
from dateline.model import Focus, IncidentAnnotation, Quoted, Reality, ReportAnnotation
from dateline.model.value import Actor

EXAMPLES = 3  # kept for each confusion
FACTS = "FACTS"
INCIDENTS = "incidents"
LINKS = "links"


@dataclass(frozen=True, slots=True)
class Pairing:
    """A reference incident and the predicted one it was paired with, or one of them alone."""

    report_id: str
    reference: Maybe
    predicted: Maybe


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table of scores."""

    name: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class Slice:
    """The scores of the incidents of one kind, by the reference's coding where there is one."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """Where something went wrong: the report and the incident's words."""

    report_id: str
    quote: str


@dataclass(frozen=True, slots=True)
class Confusion:
    """A value of the reference for which another was predicted, how often, and where first."""

    field: str
    reference: str
    predicted: str
    times: int
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """The result of an evaluation; `pairings` is what everything else was counted from."""

    tallies: Mapping[str, Tally]
    slices: tuple[Slice, ...]
    pairings: tuple[Pairing, ...]
    misquoted: int = 0  # predicted quotes that do not stand in their report
    unknown_reports: tuple[str, ...] = field(default=())  # predicted, but not in the reference

    def rows(self) -> tuple[Row, ...]:
        """Return the table: incidents, every field, all facts together, links."""
        return tuple(Row(name, tally) for name, tally in self.tallies.items())

    def __getitem__(self, name: str) -> Tally:
        return self.tallies[name]

    @property
    def facts(self) -> Tally:
        """Return the headline: all facts of all fields together."""
        return self.tallies[FACTS]

    @property
    def missed(self) -> tuple[Pairing, ...]:
        """Return the reference incidents that nothing predicted matches."""
        return tuple(pair for pair in self.pairings if pair.predicted is None)

    @property
    def false_alarms(self) -> tuple[Pairing, ...]:
        """Return the predicted incidents that match nothing in the reference."""
        return tuple(pair for pair in self.pairings if pair.reference is None)

    def confusions(self, most: int = 20) -> tuple[Confusion, ...]:
        """Return the values most often taken for another, the most frequent first."""
        seen: dict[tuple[str, str, str], list[Example]] = {}
        for pair in self.pairings:
            for key in _confused(pair):
                quote = pair.reference.quote if pair.reference else ""
                seen.setdefault(key, []).append(Example(pair.report_id, quote))
        ranked = sorted(seen.items(), key=lambda item: (-len(item[1]), item[0]))
        return tuple(Confusion(*key, len(at), tuple(at[:EXAMPLES])) for key, at in ranked[:most])


def score(
    texts: Mapping[str, str], reference: Iterable[ReportAnnotation], predicted: Iterable[ReportAnnotation]
) -> Scores:
    """Return how well `predicted` agrees with `reference`.

    `texts` gives each report's text, title included, under its id. Within a report incidents are
    paired one to one by likeness; what stays unpaired is a miss or a false alarm with every fact
    it holds. Links are pairs of mentions in different reports that carry one `incident` id.
    """
    gold = {report.id: report for report in reference}
    guess = {report.id: report for report in predicted}
    pairings = tuple(
        pair
        for report in gold.values()
        for pair in _pair(texts[report.id], report, guess.get(report.id, ReportAnnotation(report.id)))
    )
    return Scores(
        tallies={**_table(pairings), LINKS: _links(pairings)},
        slices=tuple(_slice(name, holds, pairings) for name, holds in _SLICES),
        pairings=pairings,
        misquoted=_misquoted(texts, (report for report in guess.values() if report.id in gold)),
        unknown_reports=tuple(sorted(guess.keys() - gold.keys())),
    )


def _pair(text: str, reference: ReportAnnotation, predicted: ReportAnnotation) -> Iterator[Pairing]:
    partner = dict(align(text, reference.incidents, predicted.incidents))
    for i, incident in enumerate(reference.incidents):
        other = predicted.incidents[partner[i]] if i in partner else None
        yield Pairing(reference.id, incident, other)
    taken = set(partner.values())
    for j, incident in enumerate(predicted.incidents):
        if j not in taken:
            yield Pairing(reference.id, None, incident)


def _table(pairings: Sequence[Pairing]) -> dict[str, Tally]:
    table = {INCIDENTS: _incidents(pairings)}
    for focus in Focus:
        table[f"{INCIDENTS}:{focus}"] = _incidents([p for p in pairings if _leading(p).focus is focus])
    scored = measures()
    for measure in scored:
        table[measure.name] = _total(measure, pairings)
    table[FACTS] = sum((table[m.name] for m in scored if m.is_fact), Tally())
    return table


def _incidents(pairings: Iterable[Pairing]) -> Tally:
    return sum(
        (Tally(bool(p.reference and p.predicted), bool(p.reference), bool(p.predicted)) for p in pairings),
        Tally(),
    )


def _total(measure: Measure, pairings: Iterable[Pairing]) -> Tally:
    return sum((measure.tally(pair.reference, pair.predicted) for pair in pairings), Tally())


def _leading(pair: Pairing) -> IncidentAnnotation:
    leading = pair.reference or pair.predicted
    assert leading is not None
    return leading


_SLICES: tuple[tuple[str, Callable[[IncidentAnnotation], bool]], ...] = (
    ("captivity", lambda incident: incident.type.is_captivity),
    ("not actual", lambda incident: incident.reality is not Reality.ACTUAL),
)


def _slice(name: str, holds: Callable[[IncidentAnnotation], bool], pairings: Sequence[Pairing]) -> Slice:
    table = _table([pair for pair in pairings if holds(_leading(pair))])
    return Slice(name, tuple(Row(row, tally) for row, tally in table.items()))


def _links(pairings: Iterable[Pairing]) -> Tally:
    linked = [p for p in pairings if p.reference and p.reference.incident]
    total = Tally()
    for a, b in combinations(linked, 2):
        if a.report_id != b.report_id:
            gold = _incident_id(a.reference) == _incident_id(b.reference)
            mine = _incident_id(a.predicted)
            guessed = mine is not None and mine == _incident_id(b.predicted)
            total += Tally(gold and guessed, gold, guessed)
    return total


def _incident_id(incident: Maybe) -> str | None:
    return incident.incident if incident else None


def _misquoted(texts: Mapping[str, str], predicted: Iterable[ReportAnnotation]) -> int:
    return sum(
        quote not in texts[report.id]
        for report in predicted
        for incident in report.incidents
        for quote in incident.quotes
    )


def _confused(pair: Pairing) -> Iterator[tuple[str, str, str]]:
    if pair.reference is None or pair.predicted is None:
        return
    mine, other = (dict(_words_of(incident)) for incident in (pair.reference, pair.predicted))
    yield from ((name, mine[name], other[name]) for name in mine if mine[name] != other[name])
    yield from _confused_people(pair.reference, pair.predicted)


def _confused_people(
    reference: IncidentAnnotation, predicted: IncidentAnnotation
) -> Iterator[tuple[str, str, str]]:
    """Yield where the number is right and the people counted are not."""
    mine, other = (_people_by_number(incident) for incident in (reference, predicted))
    for key in mine.keys() & other.keys():
        if not mine[key] & other[key]:
            yield "who is counted", min(mine[key]), min(other[key])


def _people_by_number(incident: IncidentAnnotation) -> dict[CountKey, set[str]]:
    people: dict[CountKey, set[str]] = {}
    for count in incident.counts:
        people.setdefault(count_key(count.value), set()).add(count.value.who.value)
    return people


def _words_of(incident: IncidentAnnotation) -> Iterator[tuple[str, str]]:
    yield "type", incident.type
    yield "focus", incident.focus
    yield "reality", incident.reality
    yield "status", incident.status or "-"
    yield "country", (incident.place.value.country if incident.place else None) or "-"
    yield "perpetrator_category", _categories(incident.perpetrators)
    yield "target_category", _categories(incident.targets)
    yield "weapons", " + ".join(sorted({weapon.value for weapon in incident.weapons})) or "-"


def _categories(actors: Sequence[Quoted[Actor]]) -> str:
    return " + ".join(sorted({actor.value.category for actor in actors})) or "-"
