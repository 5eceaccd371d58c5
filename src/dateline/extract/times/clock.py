"""Times of day: "10:35 a.m.", "0735 GMT", "noon"."""

from __future__ import annotations

import re

from dateline.extract.times.vocabulary import Vocabulary, plain


def time_of_day(match: re.Match[str], words: Vocabulary) -> str | None:
    """Return the time as TIMEX3 writes it after the day ("T22:00"), or None when it is none."""
    if match["word"]:
        return f"T{words.words['clock'][match['word'].lower()]}:00"
    if match["military"]:
        hour, minute = int(match["military"][:2]), match["military"][2:]
    elif match["hour24"]:
        hour, minute = int(match["hour24"]), match["minute24"]
    else:
        hour, minute = int(match["hour"]), match["minute"] or "00"
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + words.words["clock"]["half_days"][plain(match["half"])]
    is_universal = (match["zone"] or "").lower() in ("utc", "gmt")
    return f"T{hour:02}:{minute}" + ("Z" if is_universal else "")
