"""How a captivity stands, what is demanded, why, and who claims it (language/*/captivity.toml)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from dateline.extract.passages import Findings, Passage
from dateline.extract.phrases import PhraseList, phrases
from dateline.language import lexicon
from dateline.model import ActorMention, CaptivityStatus, PerpetratorCategory, Span

# The order in which a status wins over those behind it: what ends a captivity, then how it goes on.
_FINAL_FIRST = (
    CaptivityStatus.ENDED_BY_FORCE,
    CaptivityStatus.ENDED_BY_NEGOTIATION,
    CaptivityStatus.RELEASED,
    CaptivityStatus.KILLED,
    CaptivityStatus.ESCAPED,
    CaptivityStatus.ONGOING,
)
LONGEST_DEMAND = 120
SUBJECT_REACH = 70  # letters before a cue in which who asks stands
CURRENCIES = "$€£¥"
CLAIM_REACH = 90
REACH_OF_DOUBT = 40


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of words with the status that it says."""

    status: CaptivityStatus
    span: Span


@dataclass(frozen=True, slots=True)
class _Lexicon:
    statuses: tuple[tuple[CaptivityStatus, PhraseList], ...]
    demand: PhraseList
    demand_of_captors: PhraseList
    askers: re.Pattern[str]
    not_asked: re.Pattern[str]
    motive: PhraseList
    claims: PhraseList
    claimed_by: PhraseList
    unclaimed: PhraseList
    unreal_before: re.Pattern[str]
    phrase_end: re.Pattern[str]


@lru_cache(maxsize=8)
def _lexicon(language: str) -> _Lexicon:
    table = lexicon(language, "captivity")
    claimed = table["claimed"]
    return _Lexicon(
        tuple((status, phrases(table["status"][status.value])) for status in _FINAL_FIRST),
        phrases(table["demand"]["before"]),
        phrases(table["demand"]["of_captors"]),
        re.compile(rf"\b(?:(?P<captor>{table['demand']['captors']})|{table['demand']['others']})\b"),
        re.compile(table["demand"]["not_asked"]),
        phrases(table["motive"]["before"]),
        phrases(claimed["active"]),
        phrases(claimed["passive"] + claimed["own_words"]),
        phrases(claimed["none"]),
        re.compile(table["unreal_before"]),
        re.compile(table["phrase_end"]),
    )


def find_status(findings: Findings, passages: Sequence[Passage]) -> Found | None:
    """Return how the captivity told in the passages stands as of the report, or None when they do not say."""
    words = _lexicon(findings.document.language)
    for status, among in words.statuses:
        for passage in passages:
            match = findings.searched.first(among, passage.start, passage.end)
            if match and not _is_unreal(words, findings.low, passage.start, match.start()):
                return Found(status, findings.document.span(*match.span()))
    return None


def _is_unreal(words: _Lexicon, low: str, start: int, at: int) -> bool:
    return words.unreal_before.search(low, max(start, at - REACH_OF_DOUBT), at) is not None


def find_demands(
    findings: Findings, passages: Iterable[Passage], others: Iterable[Passage] = ()
) -> Iterator[Span]:
    """Yield what captors ask for, each once: in the passages of the captivity and in `others`, of none.

    In those it must be they who ask.
    """
    words = _lexicon(findings.document.language)
    members, silent = list(passages), list(others)

    def asked_by_captors(start: int, at: int) -> bool | None:
        """Return whether it is they who ask, None where the words before name nobody."""
        if words.not_asked.search(findings.low, max(start, at - SUBJECT_REACH), at):
            return False
        named = [found["captor"] is not None for found in words.askers.finditer(findings.low, start, at)]
        return named[-1] if named else None

    found = chain(
        _phrases(findings, members, words.demand, lambda *where: asked_by_captors(*where) is not False),
        _phrases(findings, [*members, *silent], words.demand_of_captors, asked_by_captors),
        _phrases(findings, silent, words.demand, asked_by_captors),
    )
    kept: list[Span] = []
    for span in found:
        if not any(span.overlaps(other) or span.quote.lower() == other.quote.lower() for other in kept):
            kept.append(span)
            yield span


def may_be_demand(findings: Findings, passage: Passage, span: Span) -> bool:
    """Return whether a cue of demands stands in the sentence before words, and none within them."""
    words = _lexicon(findings.document.language)
    cues = (words.demand, words.demand_of_captors)
    is_behind = any(findings.searched.first(cue, passage.start, span.start) for cue in cues)
    return is_behind and not any(findings.searched.first(cue, span.start, span.end) for cue in cues)


def find_motives(findings: Findings, passages: Iterable[Passage]) -> Iterator[Span]:
    """Yield why it was done, as said, each once."""
    return _phrases(findings, passages, _lexicon(findings.document.language).motive, lambda *_: True)


def _phrases(
    findings: Findings,
    passages: Iterable[Passage],
    among: PhraseList,
    fits: Callable[[int, int], bool | None],
) -> Iterator[Span]:
    """Yield the words behind the first cue of each passage that `fits`, given both their beginnings."""
    seen: set[str] = set()
    for passage in passages:
        cues = findings.searched.every(among, passage.start, passage.end)
        match = next((cue for _, cue in cues if fits(passage.start, cue.start())), None)
        phrase = _phrase(findings, match.end(), passage.end) if match else None
        if phrase and phrase.quote.lower() not in seen:
            seen.add(phrase.quote.lower())
            yield phrase


def _phrase(findings: Findings, start: int, limit: int) -> Span | None:
    """Return the words from `start` to the end of their phrase, without blanks and commas around them."""
    text = findings.document.text
    end = min(limit, start + LONGEST_DEMAND)
    stop = _lexicon(findings.document.language).phrase_end.search(text, start + 1, end)
    end = stop.start() if stop else end
    while start < end and not (text[start].isalnum() or text[start] in CURRENCIES):
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return Span.of(text, start, end) if end - start > 3 else None


def find_claimant(findings: Findings, passages: Iterable[Passage]) -> ActorMention | None:
    """Return the group that the passages say claimed the incident, or None."""
    words = _lexicon(findings.document.language)
    for passage in passages:
        if findings.searched.first(words.unclaimed, passage.start, passage.end):
            continue
        groups = [actor for actor in passage.actors if _can_claim(actor)]
        active = findings.searched.first(words.claims, passage.start, passage.end)
        if active:
            before = [g for g in groups if 0 <= active.start() - g.span.end <= CLAIM_REACH]
            if before:
                return before[-1]
        passive = findings.searched.first(words.claimed_by, passage.start, passage.end)
        if passive:
            behind = [
                g
                for g in groups
                if g.span.end > passive.end() and g.span.start - passive.end() <= CLAIM_REACH
            ]
            if behind:
                return behind[0]
    return None


def _can_claim(actor: ActorMention) -> bool:
    return actor.name is not None and actor.perpetrator in (
        PerpetratorCategory.REBEL_OR_MILITANT_GROUP,
        PerpetratorCategory.MILITIA,
        PerpetratorCategory.CRIMINAL_GROUP,
    )
