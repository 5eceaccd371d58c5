"""Putting incidents together from weighed candidates: which of them tell of the same one.

What tells of an incident and how many were hurt (its core) is joined by average linkage, so that one
doubtful join does not chain two incidents into one; who, where, when and with what is then given to
the incidents that it belongs to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from dateline.extract.candidates import Candidate, CandidateKind
from dateline.extract.features import ROLES, Floats, between, pairs
from dateline.extract.heads import sigmoid
from dateline.extract.read_text import Weighing
from dateline.extract.reading import Role

COUNTS = tuple(role for role in ROLES if role.what)
ARGUMENTS = tuple(role for role in ROLES if not role.what and role is not Role.INCIDENT)
NEARLY = 0.85  # of the clearest words' probability
MOST_JOINED = 160  # candidates of one document that are joined; the likeliest


def _bounds() -> dict[Role, float]:
    apart = {
        Role.DATE: 0.2,
        Role.PLACE: 0.1,
        Role.SITE: 0.65,
        Role.PERPETRATOR: 0.55,
        Role.TARGET: 0.5,
        Role.CLAIMED_BY: 0.5,
        Role.KILLED: 0.35,
        Role.WOUNDED: 0.45,
        Role.HOSTAGES: 0.5,
        Role.FREED: 0.65,
        Role.ABDUCTED: 0.5,
        Role.PERPETRATORS: 0.5,
        Role.ARRESTED: 0.2,
        Role.WEAPON: 0.35,
    }
    return {role: apart.get(role, 0.25) for role in ROLES}


@dataclass(frozen=True, slots=True)
class Bounds:
    """The probabilities from which something is taken as so, before calibration.

    Tuned on the development reports of the reference set, one after the other, for the F1 of all facts, and
    on 65 annotated ones beside them; `join` is lower than that gave, since the founding reports need it.
    """

    told: float = 0.6  # of the words that tell most clearly of an incident
    unseen: float = 0.8  # of those where the rules see no incident
    trigger: float = 0.55
    join: float = 0.55
    trust: float = 0.7  # in the model's log-odds that two candidates belong together
    doubt: float = 0.005  # that is left of any join
    attach: float = 0.4
    hinted: float = 0.15  # of a count that the rules see too
    share: float = 0.85  # of an argument that belongs to a second incident
    roles: Mapping[Role, float] = field(default_factory=_bounds)


BOUNDS = Bounds()


@dataclass(frozen=True, slots=True)
class Part:
    """A candidate in a role, with the probabilities that it plays it and that it belongs to this incident."""

    candidate: int
    role: Role
    score: float
    belongs: float = 1.0


@dataclass(slots=True)
class Joined:
    """One incident: its core, and its arguments by role, the likeliest first."""

    core: list[Part]
    arguments: list[Part] = field(default_factory=list)

    @property
    def score(self) -> float:
        """Return the probability that it is told at all: that of its clearest words."""
        return max(part.score for part in self.core)

    @property
    def clear(self) -> list[Part]:
        """Return the words that tell nearly as clearly of it as any, in the order of the text."""
        told = self.of(Role.INCIDENT)
        least = NEARLY * max(part.score for part in told)
        return sorted((part for part in told if part.score >= least), key=lambda part: part.candidate)

    def take(self, other: Joined) -> None:
        """Take in what belongs to another incident, which is this one."""
        known = {(part.candidate, part.role) for part in self.arguments}
        self.core += other.core
        self.arguments += [part for part in other.arguments if (part.candidate, part.role) not in known]

    def of(self, *roles: Role) -> list[Part]:
        """Return the parts in any of the roles, the likeliest first."""
        return [part for part in (*self.core, *self.arguments) if part.role in roles]


def join(candidates: Sequence[Candidate], weighing: Weighing, bounds: Bounds = BOUNDS) -> list[Joined]:
    """Return the incidents that the candidates make, in the order of the text."""
    core, arguments = _parts(candidates, weighing, bounds)
    if not core:
        return []
    numbers = sorted({part.candidate for part in (*core, *arguments)})
    told_of = [candidates[number] for number in numbers]
    joins = tempered(weighing.joins(numbers, between(told_of)), bounds)
    row = {number: at for at, number in enumerate(numbers)}
    groups = clusters(
        joins[np.ix_([row[p.candidate] for p in core], [row[p.candidate] for p in core])], bounds.join
    )
    found = [Joined([core[at] for at in group]) for group in groups]
    told = [joined for joined in found if _is_told(joined, candidates, bounds)]
    for part in arguments:
        _attach(part, told, joins, row, bounds)
    return sorted(told, key=lambda joined: min(part.candidate for part in joined.core))


def tempered(joins: Floats, bounds: Bounds) -> Floats:
    """Return the model's probabilities nearer to a half.

    It is surer of itself than it has reason to be, so its log-odds count for less than they say. What the
    rules put together it knows (`Between`): said once more, it gained nothing.
    """
    one, other = pairs(len(joins))
    sure = np.clip(joins[one, other], bounds.doubt, 1 - bounds.doubt)
    logits = bounds.trust * np.log(sure / (1 - sure))
    out = np.eye(len(joins), dtype=np.float32)
    out[one, other] = out[other, one] = sigmoid(logits.astype(np.float32))
    return out


def _parts(
    candidates: Sequence[Candidate], weighing: Weighing, bounds: Bounds
) -> tuple[list[Part], list[Part]]:
    """Return the parts that make incidents, and those that belong to incidents, likeliest first."""
    core: list[Part] = []
    arguments: list[Part] = []
    for number, candidate in enumerate(candidates):
        chance = weighing.chance(number, Role.INCIDENT)
        if candidate.kind is CandidateKind.TRIGGER:
            core += [Part(number, Role.INCIDENT, chance)] if chance >= bounds.trigger else []
            continue
        if candidate.is_number and (counted := _counted(number, candidate, weighing, bounds)):
            sure = counted.score >= bounds.roles[counted.role]
            (core if sure else arguments).append(counted)
        arguments += [
            Part(number, role, chance)
            for role in ARGUMENTS
            if (chance := weighing.chance(number, role)) >= bounds.roles[role]
        ]
    likeliest = lambda part: (-part.score, part.candidate)  # noqa: E731
    return sorted(core, key=likeliest)[:MOST_JOINED], sorted(arguments, key=likeliest)[:MOST_JOINED]


def _counted(number: int, candidate: Candidate, weighing: Weighing, bounds: Bounds) -> Part | None:
    """Return a candidate as the count that it most likely is, or None if it is none.

    What the rules count is taken as they see it, unless the model finds it most unlikely: numbers are what
    rules read best. That who was freed was held follows from it, and is no choice.
    """

    def part(role: Role) -> Part:
        return Part(number, role, weighing.chance(number, role))

    seen = candidate.hints - ({Role.HOSTAGES} if Role.FREED in candidate.hints else set())
    hinted = [found for role in COUNTS if role in seen and (found := part(role)).score >= bounds.hinted]
    if hinted:
        return max(hinted, key=lambda found: found.score)
    likeliest = max(map(part, COUNTS), key=lambda found: found.score)
    return likeliest if likeliest.score >= bounds.roles[likeliest.role] else None


def _is_told(joined: Joined, candidates: Sequence[Candidate], bounds: Bounds) -> bool:
    """Return whether words surely tell of it; more surely where the rules see no incident in any of it.

    In a note of a line or two they seldom do: it names neither day nor place. What a disaster or an accident
    did is none unless they see one.
    """
    core = [candidates[part.candidate] for part in joined.core]
    is_seen = any(candidate.drafts for candidate in core)
    if not is_seen and any(candidate.passage.is_mishap for candidate in core):
        return False
    least = bounds.told if is_seen else bounds.unseen
    return any(part.role is Role.INCIDENT and part.score >= least for part in joined.core)


def _attach(
    part: Part, told: Sequence[Joined], joins: Floats, row: Mapping[int, int], bounds: Bounds
) -> None:
    """Give an argument to the incident that it belongs to most, and to others that it surely belongs to."""
    own = row[part.candidate]
    chances = [float(np.mean([joins[own, row[p.candidate]] for p in joined.core])) for joined in told]
    best = max(chances, default=0.0)
    for joined, chance in zip(told, chances, strict=True):
        if chance >= bounds.share or (chance == best and chance >= bounds.attach):
            joined.arguments.append(replace(part, belongs=chance))


def clusters(joins: Floats, bound: float) -> list[list[int]]:
    """Return the rows of a matrix of probabilities in groups, by average linkage down to `bound`.

    Of equal pairs the first is joined first, so that the result depends on the matrix alone.
    """
    groups = [[row] for row in range(len(joins))]
    sums = np.array(joins, dtype=np.float64)
    sizes = np.ones(len(joins))
    alive = list(range(len(joins)))
    while len(alive) > 1:
        means = sums[np.ix_(alive, alive)] / np.outer(sizes[alive], sizes[alive])
        means[np.tril_indices(len(alive))] = -1
        best = int(means.argmax())
        a, b = divmod(best, len(alive))
        if means[a, b] < bound:
            break
        keep, drop = alive[a], alive[b]
        sums[keep] += sums[drop]
        sums[:, keep] += sums[:, drop]
        sizes[keep] += sizes[drop]
        groups[keep] += groups[drop]
        alive.remove(drop)
    return [groups[row] for row in alive]
