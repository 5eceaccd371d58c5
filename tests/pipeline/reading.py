"""A small extractor that really reads: each sentence with "killed" and a number word is an incident.

Also a command, so that runs can be started in processes of their own and killed:
python -m tests.pipeline.reading DATABASE WORKERS PATH...
"""

import os
import re
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from dateline.config import Settings
from dateline.errors import DatelineError
from dateline.model import (
    Argument,
    Attribution,
    Count,
    Document,
    Field,
    Focus,
    IncidentMention,
    IncidentType,
    Place,
    Reality,
    SpeakerKind,
    What,
    Who,
)
from dateline.pipeline import run
from dateline.store import Store

NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
KILLING = re.compile(r"[^.\n]*\bkilled (one|two|three|four|five|six|seven)\b[^.\n]*")
PLACE = re.compile(r"\b(?:in|near) ([A-Z][a-z]+)")


@dataclass(frozen=True)
class Tiny:
    """`longer` takes the full stop into each mention, as a later version might."""

    version: str = "tiny-1"
    longer: bool = False
    pause: float = 0.0

    def extract(self, document: Document) -> tuple[IncidentMention, ...]:
        time.sleep(self.pause)
        if "RAISE" in document.text:
            raise ValueError("told to\nfail")
        if "DIE" in document.text:
            os.kill(os.getpid(), signal.SIGKILL)
        return tuple(self._mention(document, found) for found in KILLING.finditer(document.text))

    def _mention(self, document: Document, found: re.Match[str]) -> IncidentMention:
        start = found.start() + len(found[0]) - len(found[0].lstrip())
        end = found.end() + self.longer
        toll = Count(What.KILLED, Who.UNSPECIFIED, NUMBERS[found[1]], NUMBERS[found[1]])
        said = Attribution("police", SpeakerKind.OFFICIAL) if "police said" in found[0] else Attribution()
        arguments = [
            Argument(Field.COUNT, toll, document.span(*found.span(1)), said),
            Argument(Field.DATE, document.published.range, document.span(start, end), inferred=True),
        ]
        if place := PLACE.search(document.text, start, end):
            arguments.append(
                Argument(Field.PLACE, Place(place[1], country="FI"), document.span(*place.span(1)))
            )
        return IncidentMention(
            document.report_id,
            IncidentType.ARMED_ASSAULT,
            Focus.MAIN,
            Reality.ACTUAL,
            document.span(start, end),
            tuple(arguments),
            sentences=((start, end),),
        )


def main(database: str, workers: str, *paths: str) -> int:
    settings = Settings(workers=int(workers), batch_size=4)
    try:
        with Store.open(database) as store:
            print("started", flush=True)
            summary = run(paths, store, settings, Tiny(pause=0.02))
    except DatelineError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print(len(summary.new), summary.known, summary.incidents)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))


def write_reports(folder: Path, number: int) -> Path:
    """Write invented reports of a few towns, some of the same attack, and return their folder."""
    folder.mkdir()
    towns = ("Sarvo", "Lemmik", "Orvala", "Tuulo", "Hietas")
    words = tuple(NUMBERS)
    for n in range(number):
        town, day, word = towns[n % 5], 1 + n // 10 % 28, words[n % 7]
        (folder / f"{n:04}.txt").write_text(
            f"Attack in {town} leaves people dead\n\n{town}, {day} May 2031 - Gunmen killed {word} people"
            f" near {town} on the road to the harbour, police said. Report number {n} was written by hand.\n"
        )
    return folder
