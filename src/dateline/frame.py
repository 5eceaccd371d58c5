"""Incidents as a sequence and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, overload

from dateline.display import incidents_html
from dateline.model import Field, Incident, Standing, What
from dateline.values import date_of, place_of, toll

if TYPE_CHECKING:
    import pandas

_COUNTED = (What.KILLED, What.WOUNDED, What.HOSTAGES, What.ABDUCTED, What.FREED, What.ARRESTED)


class Incidents(Sequence[Incident]):
    """Incidents in the order of time; `frame()` gives them as a table."""

    def __init__(self, incidents: Iterable[Incident]) -> None:
        self._incidents = tuple(incidents)

    @overload
    def __getitem__(self, at: int) -> Incident: ...

    @overload
    def __getitem__(self, at: slice) -> Incidents: ...

    def __getitem__(self, at: int | slice) -> Incident | Incidents:
        return Incidents(self._incidents[at]) if isinstance(at, slice) else self._incidents[at]

    def __len__(self) -> int:
        return len(self._incidents)

    def frame(self) -> pandas.DataFrame:
        """Return one row an incident, indexed by id.

        Dates are days, coordinates degrees; each kind of count has a low and a high end, missing
        where it is open or nothing is said.
        """
        import pandas

        table = pandas.DataFrame([_row(incident) for incident in self._incidents], columns=_columns())
        for name in ("earliest", "latest"):
            table[name] = pandas.to_datetime(table[name])
        for name in (name for name in table.columns if name.endswith(("_low", "_high"))):
            table[name] = table[name].astype("Int64")
        return table.set_index("id")

    def __repr__(self) -> str:
        return f"<{len(self)} incidents>"

    def _repr_html_(self) -> str:
        return incidents_html(self._incidents)


def _columns() -> list[str]:
    counted = [f"{what}_{end}" for what in _COUNTED for end in ("low", "high")]
    place = ["place", "town", "admin1", "country", "site", "latitude", "longitude", "radius_km"]
    return ["id", "type", "reality", "earliest", "latest", *place, "status", *counted, "reports", "contested"]


def _row(incident: Incident) -> list[Any]:
    when, where = date_of(incident), place_of(incident)
    status = incident.value(Field.STATUS)
    ends = [end for what in _COUNTED for end in (toll(incident, what) or (None, None))]
    contested = [r.slot.key for r in incident.resolutions if r.standing is Standing.CONTESTED]
    spot = [where.name, where.town, where.admin1, where.country, where.site]
    point = [where.latitude, where.longitude, where.radius_km]
    known = [incident.id, incident.type.value, incident.reality.value, when.earliest, when.latest]
    return [
        *known,
        *spot,
        *point,
        str(status) if status else None,
        *ends,
        len(incident.report_ids),
        contested,
    ]
