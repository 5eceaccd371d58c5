"""Who did it and to whom: the actors of an incident by where they stand to the words of the attack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from dateline.extract.passages import Findings, Passage
from dateline.extract.phrases import PhraseList, PhraseText, phrases
from dateline.language import lexicon
from dateline.model import ActorMention, IncidentType, PerpetratorCategory, TargetCategory, What, Who
from dateline.model.mention import STATE

# Reports name more people than they give roles; set by hand to about twice what coders keep.
MOST_PERPETRATORS = 2
MOST_TARGETS = 2
REACH = 48  # characters between an actor and the verb that gives it its role

# Types of incident that the state carries out: soldiers and police are their perpetrators.
STATE_ACTS = frozenset({IncidentType.ARREST, IncidentType.SECURITY_OPERATION, IncidentType.AIR_STRIKE})
_ARMED = frozenset({PerpetratorCategory.REBEL_OR_MILITANT_GROUP, PerpetratorCategory.PRISONERS})
_VICTIMS = frozenset(
    {What.KILLED, What.WOUNDED, What.HOSTAGES, What.ABDUCTED, What.FREED, What.ARRESTED, What.MISSING}
)


@dataclass(frozen=True, slots=True)
class _Lexicon:
    target_behind: PhraseList
    target_before: PhraseList
    perpetrator_before: PhraseList
    perpetrator_behind: PhraseList
    blamed_behind: PhraseList


@lru_cache(maxsize=8)
def _lexicon(language: str) -> _Lexicon:
    table = lexicon(language, "roles")
    return _Lexicon(*(phrases(table[name]) for name in _Lexicon.__dataclass_fields__))


@dataclass(frozen=True, slots=True)
class Blame:
    """Somebody who is said to have done it, and who says so, where the words name one."""

    actor: ActorMention
    blamer: ActorMention | None


@dataclass(frozen=True, slots=True)
class Cast:
    """The actors of an incident by role, each once."""

    perpetrators: tuple[ActorMention, ...]
    targets: tuple[ActorMention, ...]
    blamed: tuple[Blame, ...] = ()


def cast(findings: Findings, passages: Sequence[Passage], kind: IncidentType) -> Cast:
    """Return who did an incident of this kind and who suffered it, as its passages tell."""
    perpetrators: list[ActorMention] = []
    targets: list[ActorMention] = []
    words = _lexicon(findings.document.language)
    blamed: list[Blame] = []
    for position, passage in enumerate(passages):
        judge = _Judge(findings.searched, passage, kind, words, is_opening=position == 0)
        accused = [blame for actor in (*passage.actors, *states(passage)) if (blame := judge.blame(actor))]
        blamed.extend(accused)
        for actor in passage.actors:
            if any(blame.actor is actor for blame in accused):
                continue
            if judge.suffers(actor):
                targets.append(actor)
            elif judge.does(actor):
                perpetrators.append(actor)
    return Cast(
        tuple(islice(_distinct(perpetrators), MOST_PERPETRATORS)),
        tuple(islice(_distinct(targets), MOST_TARGETS)),
        tuple(blamed),
    )


def states(passage: Passage) -> Iterator[ActorMention]:
    """Yield the states that the countries named in a passage may stand for."""
    for mention in passage.places:
        if mention.kind == "country" and mention.place is not None:
            state = PerpetratorCategory.STATE_MILITARY
            yield ActorMention(mention.span, STATE, mention.place.name, perpetrator=state)


class _Judge:
    """Tells the role of an actor in one passage."""

    def __init__(
        self, searched: PhraseText, passage: Passage, kind: IncidentType, words: _Lexicon, *, is_opening: bool
    ) -> None:
        self._is_opening = is_opening
        self._searched = searched
        self._passage = passage
        self._kind = kind
        self._words = words

    def suffers(self, actor: ActorMention) -> bool:
        """Return whether the actor was attacked, taken or arrested."""
        if actor.target is None or actor.is_state or self._is_attacker(actor):
            return False
        if self._is_counted(actor):
            return True
        if self._is_state_act_by(actor):
            return False
        return self._before(actor, self._words.target_behind) or self._behind(
            actor, self._words.target_before
        )

    def does(self, actor: ActorMention) -> bool:
        """Return whether the actor did it."""
        if actor.perpetrator is None or (self._kind.is_captivity and actor.perpetrator.is_of_state):
            return False
        if self._is_attacker(actor):
            return True
        by_words = self._behind(actor, self._words.perpetrator_before) or self._before(
            actor, self._words.perpetrator_behind
        )
        if by_words or not self._is_opening or self._kind in STATE_ACTS:
            return by_words
        return not actor.perpetrator.is_of_state and actor.perpetrator is not PerpetratorCategory.INDIVIDUAL

    def blame(self, actor: ActorMention) -> Blame | None:
        """Return who blames the actor for it, or None when nobody does."""
        if actor.perpetrator is None or not self._before(actor, self._words.blamed_behind):
            return None
        said_by = [other for other in self._passage.actors if other.span.end < actor.span.start]
        return Blame(actor, said_by[-1] if said_by else None)

    def _is_attacker(self, actor: ActorMention) -> bool:
        """Return whether the actor was killed or held as one of those who did it: captors are."""
        is_armed = actor.who is Who.MILITANTS or actor.perpetrator in _ARMED
        return self._kind.is_captivity and is_armed and self._is_counted(actor)

    def _is_state_act_by(self, actor: ActorMention) -> bool:
        is_of_state = actor.perpetrator is not None and actor.perpetrator.is_of_state
        return is_of_state and self._behind(actor, self._words.perpetrator_before)

    def _is_counted(self, actor: ActorMention) -> bool:
        return any(
            mention.count.what in _VICTIMS and mention.actor is not None and mention.actor.span == actor.span
            for mention in self._passage.counts
        )

    def _before(self, actor: ActorMention, among: PhraseList) -> bool:
        """Return whether one of the phrases ends right before the actor."""
        start = max(self._passage.start, actor.span.start - REACH)
        gaps = (
            actor.span.start - match.end()
            for _, match in self._searched.every(among, start, actor.span.start)
        )
        return min(gaps, default=REACH) <= REACH // 4

    def _behind(self, actor: ActorMention, among: PhraseList) -> bool:
        """Return whether one of the phrases begins right behind the actor."""
        end = min(self._passage.end, actor.span.end + REACH)
        match = self._searched.first(among, actor.span.end, end)
        return match is not None and match.start() - actor.span.end <= REACH // 2


def _distinct(actors: Iterable[ActorMention]) -> Iterator[ActorMention]:
    """Yield each actor once: by name, else by head noun and category."""
    seen: set[tuple[str | None, str, PerpetratorCategory | TargetCategory | None]] = set()
    for actor in actors:
        key = (actor.name, "" if actor.name else actor.head, actor.perpetrator)
        if key not in seen:
            seen.add(key)
            yield actor
