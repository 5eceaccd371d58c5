"""What the trained reader says of one incident that the rules put together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from dateline.extract.assembly import Draft
from dateline.extract.passages import Findings
from dateline.extract.reading import SPAN_VOCABULARIES, Reading, Role, RoleSpan
from dateline.extract.statements import speaker_of
from dateline.model import Actor, ActorMention, Argument, Attribution, Count, Field, Span

# All bounds below were tuned on the training reports that the model did not learn from.
KEPT = 0.1  # what the rules found stands unless the model thinks it less likely than this
PERPETRATOR_FLOOR = 0.35  # the chance from which an actor whom the rules passed over is taken
TARGET_FLOOR = 0.3
RETOLD = 0.4  # by how much another kind of count must be likelier to replace the rules'
ANCHOR_WEIGHT = 2.0  # words for the incident as such count for more than words for what belongs to it

COUNTED = tuple(role for role in Role if role.what)
_ROLES = {Field.PERPETRATOR: Role.PERPETRATOR, Field.TARGET: Role.TARGET}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A draft of the rules, and the spans of a reading that tell of it."""

    findings: Findings
    reading: Reading
    draft: Draft
    spans: tuple[RoleSpan, ...]

    @property
    def is_told(self) -> float:
        """Return the probability that one of the sentences tells of a coded incident; 1 if none was read."""
        starts = {passage.start for passage in self.draft.passages}
        scores = (s.incident for s in self.reading.sentences if s.start in starts)
        return max(scores, default=1.0)

    def votes(self, vocabulary: str) -> dict[StrEnum, float]:
        """Return the mean probability of each member of a vocabulary; empty without a span."""
        weights = [s.score * (ANCHOR_WEIGHT if s.role is Role.INCIDENT else 1.0) for s in self.spans]
        total = sum(weights)
        if not total:
            return {}
        return {
            member: sum(w * s.choices[vocabulary][at] for w, s in zip(weights, self.spans, strict=True))
            / total
            for at, member in enumerate(SPAN_VOCABULARIES[vocabulary])
        }

    def weighed(self, argument: Argument) -> Argument | None:
        """Return what the rules found as the model would have it, or None where it thinks it unlikely."""
        if not self.reading.covers(argument.span):
            return argument
        if isinstance(argument.value, Count):
            return self._weighed_count(argument, argument.value)
        role = _ROLES.get(argument.field)
        return argument if role is None or self.reading.chance(argument.span, role) >= KEPT else None

    def _weighed_count(self, argument: Argument, count: Count) -> Argument | None:
        chances = {role: self.reading.chance(argument.span, role) for role in COUNTED}
        best = max(COUNTED, key=chances.__getitem__)
        if chances[best] < KEPT or best.what is None:
            return None
        if chances[best] - chances[Role(count.what.value)] <= RETOLD:
            return argument
        return replace(argument, value=replace(count, what=best.what))

    def further(self, known: Sequence[Argument]) -> Iterator[Argument]:
        """Yield the perpetrators and targets that the rules passed over, and what is demanded."""
        named = {
            (a.field, a.value.name or a.value.words.lower()) for a in known if isinstance(a.value, Actor)
        }
        for argument in (*self._perpetrators(), *self._targets()):
            key = (argument.field, _name(argument))
            if key not in named:
                named.add(key)
                yield argument
        for span in self.spans:
            if span.role is Role.DEMAND:
                yield Argument(Field.DEMAND, span.span.quote, span.span, score=span.score)

    def _perpetrators(self) -> Iterator[Argument]:
        for actor, chance in self._likely(Role.PERPETRATOR, PERPETRATOR_FLOOR):
            if actor.perpetrator is not None:
                value = Actor(actor.span.quote, actor.perpetrator, actor.name)
                yield Argument(Field.PERPETRATOR, value, actor.span, self._speaker(actor.span), chance)

    def _targets(self) -> Iterator[Argument]:
        for actor, chance in self._likely(Role.TARGET, TARGET_FLOOR):
            if actor.target is not None:
                value = Actor(actor.span.quote, actor.target, actor.name)
                yield Argument(Field.TARGET, value, actor.span, score=chance)

    def _likely(self, role: Role, floor: float) -> Iterator[tuple[ActorMention, float]]:
        for passage in self.draft.passages:
            for actor in passage.actors:
                chance = self.reading.chance(actor.span, role)
                if chance >= floor:
                    yield actor, chance

    def _speaker(self, span: Span) -> Attribution:
        return speaker_of(span, self.findings.statements)


def _name(argument: Argument) -> str:
    actor = argument.value
    return (actor.name or actor.words.lower()) if isinstance(actor, Actor) else ""


def evidence_of_each(findings: Findings, drafts: Sequence[Draft], reading: Reading) -> list[Evidence]:
    """Return the evidence on each draft; a span that several could own goes to the best linked."""
    sentences = [frozenset(passage.index for passage in draft.passages) for draft in drafts]
    told = [at for at, span in enumerate(reading.spans) if span.role.is_told]
    homes = {
        at: [n for n, among in enumerate(sentences) if reading.spans[at].sentence in among] for at in told
    }
    alone = [[at for at in told if homes[at] == [n]] for n in range(len(drafts))]
    spans: list[list[RoleSpan]] = [[] for _ in drafts]
    for at in told:
        if homes[at]:
            best = max(homes[at], key=lambda n: (_mean_link(reading, at, alone[n]), -n))
            spans[best].append(reading.spans[at])
    return [Evidence(findings, reading, d, tuple(s)) for d, s in zip(drafts, spans, strict=True)]


def _mean_link(reading: Reading, at: int, others: Sequence[int]) -> float:
    return sum(reading.link(at, other) for other in others) / len(others) if others else 0.0
