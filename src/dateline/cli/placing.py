"""`dateline places`: look names up in the gazetteer, and add places of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from rich.text import Text

from dateline.cli import options
from dateline.cli.tables import plain_table
from dateline.cli.terminal import line, print_json, screen
from dateline.errors import NotFoundError, UsageError
from dateline.gazetteer import Candidate, Gazetteer, beside, forget_places, import_places, sources
from dateline.model import Json
from dateline.wording import several

_SHIPPED = "shipped"


@click.group()
def places() -> None:
    """Look up names of places, and add places of your own.

    Added places lie in a file beside the database and count in every later run; reports that were
    read before are read again.

    \b
    Example:
      dateline places find Tripoli
      dateline places import villages.csv --db cases.db
      dateline places forget villages.csv --db cases.db
    """


@places.command()
@click.argument("name")
@click.option("--country", metavar="CODE", help="As in a report about this country (ISO 3166 code).")
@click.option("--near", metavar="NAME", help="As in a report that names this place too.")
@options.database
@options.as_json
def find(name: str, country: str | None, near: str | None, database: str, as_json: bool) -> None:
    """Show the places that a name may stand for, the likeliest first.

    The score says how much of the belief each has, given what else the report is about.

    \b
    Example:
      dateline places find Tripoli --near Beirut
      dateline places find Alexandria --country US --json
    """
    gazetteer = Gazetteer.shipped(beside(Path(database)))
    found = gazetteer.find(name) or gazetteer.people(name)
    if not found:
        raise NotFoundError(
            f"the gazetteer knows no place called {name!r}; add it with: dateline places import FILE"
        )
    beliefs = _beliefs(gazetteer, name, near, country)
    ordered = sorted(found, key=lambda place: -beliefs.get(place.id, 0.0))
    if as_json:
        print_json([_row(place, beliefs) for place in ordered])
        return
    table = plain_table("Belief", "Name", "Kind", "In", "Point", "Radius", "People", "From")
    for place in ordered:
        table.add_row(*(Text(line(cell)) for cell in _cells(place, beliefs)))
    screen().print(table)


def _beliefs(gazetteer: Gazetteer, name: str, near: str | None, country: str | None) -> dict[int, float]:
    """Return the share of belief in each candidate, by id, resolved as in a report that says no more."""
    from dateline.extract.resolution import Name, beliefs

    code = country.upper() if country else None
    if code and gazetteer.country(code) is None:
        raise UsageError(f"no country {country!r}; give its ISO 3166 code, such as LB")
    named = {Name(place): gazetteer.find(place) for place in (name, near) if place}
    return {place.id: share for place, share in beliefs(named, {}, code)[Name(name)].items()}


def _cells(place: Candidate, beliefs: dict[int, float]) -> tuple[str, ...]:
    inside = ", ".join(part for part in (place.admin1, place.country) if part and part != place.name)
    point = f"{place.latitude:.3f}, {place.longitude:.3f}"
    people = f"{place.population:,}" if place.population else ""
    share = f"{beliefs.get(place.id, 0.0):.0%}"
    return share, place.name, place.kind, inside, point, f"{place.radius_km:.0f} km", people, _source(place)


def _source(place: Candidate) -> str:
    return place.source or (f"GeoNames {place.geonames_id}" if place.geonames_id else _SHIPPED)


def _row(place: Candidate, beliefs: dict[int, float]) -> dict[str, Json]:
    return {
        "belief": round(beliefs.get(place.id, 0.0), 4),
        "name": place.name,
        "kind": place.kind.value,
        "country": place.country,
        "admin1": place.admin1,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "radius_km": place.radius_km,
        "population": place.population,
        "geonames_id": place.geonames_id,
        "source": _source(place),
    }


@places.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@options.database
@options.as_json
def import_(file: Path, database: str, as_json: bool) -> None:
    """Add the places of a file to those that this casebook knows.

    FILE is a dump of GeoNames (19 columns parted by tabs) or a table whose first line names its
    columns: name, lat, lon, and if you have them country (ISO 3166 code), admin1, kind (city, admin1,
    admin2, region), radius_km, population, alternate_names (parted by |). Importing a file again
    replaces what it brought before.

    \b
    Example:
      dateline places import villages.csv --db cases.db
    """
    if not file.is_file():
        raise UsageError(f"there is no file {file}")
    done = import_places(file, beside(Path(database)))
    if as_json:
        counts: dict[str, Any] = {
            "source": done.source,
            "places": done.places,
            "passed_over": done.passed_over,
        }
        print_json(counts | {"errors": list(done.errors), "more_errors": done.more_errors})
        return
    for error in done.errors:
        screen().print(Text(f"  {line(error)}", "against"), soft_wrap=True)
    if done.more_errors:
        click.echo(f"  and {done.more_errors} more lines like these")
    aside = f", {done.passed_over} lines are no places" if done.passed_over else ""
    click.echo(f"{several(done.places, 'place')} from {line(done.source)}{aside}")
    click.echo("Read reports again: dateline run PATH")


@places.command()
@click.argument("source", required=False)
@options.database
def forget(source: str | None, database: str) -> None:
    """Take out the places of an imported file; without SOURCE, list the imported files.

    \b
    Example:
      dateline places forget villages.csv --db cases.db
    """
    path = beside(Path(database))
    if source is None:
        known = sources(path)
        click.echo(
            "\n".join(f"{name}: {several(count, 'place')}" for name, count in known.items())
            or "no file imported"
        )
        return
    click.echo(f"{several(forget_places(source, path), 'place')} of {line(source)} taken out")
