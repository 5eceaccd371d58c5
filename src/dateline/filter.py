"""Which incidents are wanted, as a value and from the words of a caller."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateline.errors import UsageError
from dateline.model import DateRange, Incident, IncidentType, Reality, Standing, What
from dateline.values import country_of, date_of, toll


@dataclass(frozen=True, slots=True)
class Filter:
    """Which incidents are wanted; what is None or empty does not restrict.

    `since` and `until` keep incidents that may have begun in between; `killed` is the least number
    of dead that the shown value must allow for sure; `text` is looked for in values and quotes.
    """

    types: frozenset[IncidentType] = frozenset()
    countries: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None
    killed: int | None = None
    text: str | None = None
    realities: frozenset[Reality] = frozenset()
    standings: frozenset[Standing] = frozenset()
    reports: int = 0

    def accepts(self, incident: Incident) -> bool:
        """Return whether an incident is wanted."""
        return (
            (not self.types or incident.type in self.types)
            and (not self.countries or country_of(incident) in self.countries)
            and (not self.realities or incident.reality in self.realities)
            and len(incident.report_ids) >= self.reports
            and self._in_time(incident)
            and self._in_standing(incident)
            and (self.killed is None or (toll(incident, What.KILLED) or (0, None))[0] >= self.killed)
            and (not self.text or self.text.casefold() in _words(incident))
        )

    def _in_time(self, incident: Incident) -> bool:
        if self.since is None and self.until is None:
            return True
        return date_of(incident).meet(DateRange(self.since, self.until)) is not None

    def _in_standing(self, incident: Incident) -> bool:
        return not self.standings or any(r.standing in self.standings for r in incident.resolutions)


EVERYTHING = Filter()


def _words(incident: Incident) -> str:
    values = (str(value) for r in incident.resolutions for value in r.values)
    quotes = (claim.span.quote for claim in incident.claims)
    return "\n".join((*values, *quotes)).casefold()


def wanted_by(
    *,
    type: str | Sequence[str] | None = None,
    country: str | Sequence[str] | None = None,
    since: str | date | None = None,
    until: str | date | None = None,
    killed: int | None = None,
    text: str | None = None,
    reality: str | Sequence[str] | None = None,
    standing: str | Sequence[str] | None = None,
    reports: int = 0,
) -> Filter:
    """Return the filter that the keywords describe; UsageError when one makes no sense.

    `type`, `country` (ISO 3166), `reality` and `standing` take one word or several; `since` and
    `until` a day; `killed` and `reports` are least numbers; `text` is looked for in values and quotes.
    """
    return Filter(
        types=frozenset(_member(IncidentType, name) for name in _several(type)),
        countries=frozenset(code.upper() for code in _several(country)),
        since=_day(since),
        until=_day(until),
        killed=killed,
        text=text,
        realities=frozenset(_member(Reality, name) for name in _several(reality)),
        standings=frozenset(_member(Standing, name) for name in _several(standing)),
        reports=reports,
    )


def _several(given: str | Sequence[str] | None) -> Sequence[str]:
    return [given] if isinstance(given, str) else given or []


def _member(vocabulary: Callable[[str], Any], name: str) -> Any:
    try:
        return vocabulary(name.replace(" ", "_").replace("-", "_"))
    except ValueError as error:
        known = ", ".join(vocabulary)  # type: ignore[arg-type]
        raise UsageError(f"no such word {name!r}; known: {known}") from error


def _day(given: str | date | None) -> date | None:
    if given is None or isinstance(given, date):
        return given
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise UsageError(f"{given!r} is no day; write it as 2024-06-16") from error
