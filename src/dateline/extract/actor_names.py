"""Names of groups in a text: those that the ontology knows, and those that give themselves away.

"The Northern Lakes Liberation Front" is a group though no list has it; "a group calling itself the
River Hawks" says so outright. What a report names once with its acronym it may call by that later.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dateline.extract.actor_words import ActorWords, GroupName
from dateline.extract.words import Word, joined
from dateline.model import PerpetratorCategory
from dateline.ontology import Group

_LONGEST_NAME = 7
_SMALL_WORDS = frozenset(
    {"of", "the", "for", "al", "and", "de", "del", "la", "el", "in", "a", "s", "e", "ul", "i"}
)
_LONGEST_ACRONYM = 8


@dataclass(frozen=True, slots=True)
class NamedGroup:
    """A group and the end (exclusive) of its name in words."""

    end: int
    group: Group


def group_at(
    text: str,
    found: Sequence[Word],
    index: int,
    lexicon: ActorWords,
    local: Mapping[tuple[str, ...], NamedGroup],
    shouted: bool,
) -> NamedGroup | None:
    """Return the group whose name begins at word `index`, the longest name first, or None."""
    own = _local_at(text, found, index, local)
    for end, name in lexicon.groups.at(text, found, index):
        if own and own.end >= end:
            return own
        if _is_written_so(found, index, end, name, lexicon, shouted):
            return NamedGroup(end, name.group)
    return own or _acronym_with_s(found, index, lexicon, text)


def _local_at(
    text: str, found: Sequence[Word], index: int, local: Mapping[tuple[str, ...], NamedGroup]
) -> NamedGroup | None:
    if not local or not found[index].is_capital:
        return None
    for length in range(min(_LONGEST_NAME, len(found) - index), 0, -1):
        key = tuple(word.folded for word in found[index : index + length])
        named = local.get(key)
        last = found[index + length - 1]
        if named and last.is_capital and _is_one_phrase(text, found, index, index + length):
            return NamedGroup(index + length, named.group)
    return None


def _is_one_phrase(text: str, found: Sequence[Word], start: int, end: int) -> bool:
    return all(joined(text, found[i], found[i + 1]) for i in range(start, end - 1))


def _is_written_so(
    found: Sequence[Word], start: int, end: int, name: GroupName, lexicon: ActorWords, shouted: bool
) -> bool:
    """Return whether capitals stand where the name has them, as far as the text has any to go by."""
    is_a_word_too = len(name.words) == 1 and found[start].folded in lexicon.shouted_words
    if is_a_word_too and (shouted or _stands_in_capitals(found, start)):
        return False
    if shouted:
        return True
    return all(
        _is_like(word, written, lexicon) for word, written in zip(found[start:end], name.words, strict=True)
    )


def _stands_in_capitals(found: Sequence[Word], index: int) -> bool:
    around = [found[i].text for i in (index - 1, index + 1) if 0 <= i < len(found)]
    return bool(around) and all(word.isupper() and len(word) > 1 for word in around)


def _is_like(word: Word, written: str, lexicon: ActorWords) -> bool:
    if written.isupper() and len(written) > 1:
        return word.text == written
    if written[0].isupper():
        return word.is_capital or word.folded in lexicon.loose_names
    return True


def _acronym_with_s(found: Sequence[Word], index: int, lexicon: ActorWords, text: str) -> NamedGroup | None:
    """Return the group of an acronym whose apostrophe got lost: "ISISs stronghold"."""
    word = found[index]
    bare = word.text[:-1]
    if not (word.text.endswith("s") and len(bare) > 2 and bare.isupper()):
        return None
    alone = [Word(bare, bare.lower(), word.start, word.end - 1)]
    for _, name in lexicon.groups.at(text, alone, 0):
        if name.words == (bare,):
            return NamedGroup(index + 1, name.group)
    return None


def unknown_groups(
    text: str, found: Sequence[Word], lexicon: ActorWords
) -> dict[tuple[str, ...], NamedGroup]:
    """Return the groups that no list has, by the folded words of their names and acronyms."""
    names: dict[tuple[str, ...], NamedGroup] = {}
    for start, end in _capitalised(text, found, lexicon):
        group = _unknown(text, found, start, end, lexicon)
        if group is None:
            continue
        key = tuple(word.folded for word in found[start:end])
        names.setdefault(key, NamedGroup(end, group))
        if acronym := acronym_behind(text, found, end):
            names.setdefault((acronym,), NamedGroup(end, group))
    return names


def _capitalised(text: str, found: Sequence[Word], lexicon: ActorWords) -> Iterator[tuple[int, int]]:
    """Yield runs of capitalised words, small words inside allowed."""
    index = 0
    while index < len(found):
        word = found[index]
        if not word.is_capital or word.folded in lexicon.never_names:
            index += 1
            continue
        end = _run_end(text, found, index)
        yield index, end
        index = end


def _run_end(text: str, found: Sequence[Word], start: int) -> int:
    end = last = start + 1
    while end < len(found) and end - start < _LONGEST_NAME and joined(text, found[end - 1], found[end]):
        word = found[end]
        if word.is_capital or word.text.isdigit():
            last = end + 1
        elif word.folded not in _SMALL_WORDS:
            break
        end += 1
    return last


def _unknown(text: str, found: Sequence[Word], start: int, end: int, lexicon: ActorWords) -> Group | None:
    name = tuple(word.folded for word in found[start:end])
    introduced = _is_introduced(text, found, start, lexicon)
    category = _category(name, lexicon)
    if introduced and category is None:
        category = PerpetratorCategory.REBEL_OR_MILITANT_GROUP
    if category is None or name in lexicon.not_groups or (len(name) < 2 and not introduced):
        return None
    if not introduced and _is_a_states(text, found, start, end, lexicon):
        return None
    written = text[found[start].start : found[end - 1].end]
    return Group(" ".join(written.split()), (), None, (), category)


def _category(name: tuple[str, ...], lexicon: ActorWords) -> PerpetratorCategory | None:
    """Return what the last word of a name, or the one before "of" or "for", makes of it."""
    inner = next((i for i, word in enumerate(name) if word in ("of", "for") and i > 1), len(name))
    return lexicon.group_heads.get(name[inner - 1])


def _is_introduced(text: str, found: Sequence[Word], start: int, lexicon: ActorWords) -> bool:
    """Return whether "calling itself" or the like stands before the name, an article between or not."""
    stop = start - 1 if start and found[start - 1].folded == "the" else start
    return lexicon.introductions.before(text, found, stop) < stop


def _is_a_states(text: str, found: Sequence[Word], start: int, end: int, lexicon: ActorWords) -> bool:
    """Return whether the name is that of a state's force: "Syrian Army", "Chad's Army"."""
    stops = [stop for stop, _ in lexicon.states.at(text, found, start)]
    return any(stop >= end - 2 for stop in stops)


def acronym_behind(text: str, found: Sequence[Word], end: int) -> str | None:
    """Return the folded acronym that stands in brackets behind a name."""
    if end >= len(found):
        return None
    word = found[end]
    gap = text[found[end - 1].end : word.start].strip()
    is_acronym = word.text.isupper() and 1 < len(word.text) <= _LONGEST_ACRONYM
    return word.folded if gap in ("(", "[") and is_acronym else None
