"""The letters that a pattern of the lexicons can begin with: an index that saves trying it elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LENGTH = 3  # letters; more would split the words of a report no further
_ANYTHING = frozenset({"."})  # the full stop stands for what is not known

_TOKEN = re.compile(r"\(\?(?:[:=!]|P<\w+>)|\\.|\[[^\]]*\]|[?*+]|\{\d+(?:,\d*)?\}|.", re.DOTALL)
_LOOKAHEADS = frozenset({"(?=", "(?!"})
_ZERO_OR_MORE = ("*", "{0")


@dataclass(slots=True)
class _Atom:
    """One letter, class or group of a pattern (`branches` of atoms), and how often it may stand."""

    token: str
    branches: tuple[tuple[_Atom, ...], ...] = ()
    quantifier: str = ""

    def before(self, following: frozenset[str]) -> frozenset[str]:
        """Return the beginnings of this atom with what may follow it."""
        repeats = self.quantifier not in ("", "?")
        own = self._once(_ANYTHING if repeats else following)
        may_be_absent = self.quantifier == "?" or self.quantifier.startswith(_ZERO_OR_MORE)
        return own | following if may_be_absent else own

    def _once(self, following: frozenset[str]) -> frozenset[str]:
        if self.branches:
            return frozenset().union(*(_sequence(branch, following) for branch in self.branches))
        if not self.token.isalnum():
            return _ANYTHING
        return frozenset((self.token + rest)[:LENGTH] for rest in following)


def openings(pattern: str) -> frozenset[str]:
    """Return beginnings, of at most `LENGTH` letters, one of which every match of a pattern has.

    The pattern is in lower case, without lookaheads; "" means that a match may begin with anything.
    """
    branches = _branches(iter(_TOKEN.findall(pattern)))
    found = frozenset().union(*(_sequence(branch, _ANYTHING) for branch in branches))
    return frozenset(beginning.partition(".")[0] for beginning in found)


def _sequence(atoms: tuple[_Atom, ...], following: frozenset[str]) -> frozenset[str]:
    for atom in reversed(atoms):
        following = atom.before(following)
    return following


def _branches(tokens: Iterator[str]) -> tuple[tuple[_Atom, ...], ...]:
    """Return the alternatives up to the end of the group or pattern that the tokens stand in."""
    found: list[list[_Atom]] = [[]]
    for token in tokens:
        if token == ")":
            break
        if token == "|":
            found.append([])
        elif token.startswith("("):
            found[-1].append(_Atom(token, _branches(tokens)))
        elif token in "?*+" or (token[0] == "{" and len(token) > 1):
            found[-1][-1].quantifier = token
        else:
            found[-1].append(_Atom(token))
    return tuple(map(tuple, found))


def without_lookaheads(pattern: str) -> str:
    """Return a pattern that matches wherever `pattern` does: what must or must not follow is left out."""
    kept: list[str] = []
    depth = 0  # of brackets inside the lookahead that is being left out
    for token in _TOKEN.findall(pattern):
        if depth or token in _LOOKAHEADS:
            depth += token.startswith("(") - (token == ")")
        else:
            kept.append(token)
    return "".join(kept)
