"""Growing a noun into the phrase that a coder would quote: what describes it, numbers it, names its group."""

from __future__ import annotations

from dataclasses import replace

from dateline.extract.actor_names import NamedGroup, group_at
from dateline.extract.actor_text import STATE_HEAD, ActorText, Phrase
from dateline.extract.words import Phrases, Word

_LONGEST_GROWTH = 7
_YEAR = 4  # digits
_ONE_OF_MANY = frozenset({"a", "an", "one", "another"})


def grow_left(context: ActorText, phrase: Phrase, floor: int) -> Phrase:
    """Return the phrase grown to the left, not beyond word `floor`."""
    start, determiner = phrase.start, None
    override, side, state = phrase.override, phrase.side, phrase.state
    numbered = False
    while start > floor and phrase.start - start < _LONGEST_GROWTH:
        if start - 1 in context.ages.words:
            start -= 1
            continue
        if not context.joins(start - 1):
            break
        word = context.words[start - 1]
        if _is_article(context, word):
            determiner = word.folded
            start -= 1
            break
        if not _describes(context, start - 1) or _is_outside(context, phrase, start - 1):
            break
        override = override or context.lexicon.modifier_class.get(word.folded)
        side = side or (word.folded if word.folded in context.lexicon.sides else None)
        numbered = numbered or _is_number(context, word)
        start -= 1
    start = _without_verbs(context, start, phrase.start, determiner is not None)
    start = max(floor, _with_bounds(context, start))
    definite = phrase.definite or determiner in context.lexicon.definite
    return replace(
        phrase,
        start=start,
        override=override,
        side=side,
        state=state,
        definite=definite,
        plural=(phrase.plural or numbered) and not (phrase.noun.is_mass and determiner in _ONE_OF_MANY),
    )


def _describes(context: ActorText, index: int) -> bool:
    """Return whether word `index` can stand between an article and the noun."""
    word = context.words[index]
    if word.folded in context.lexicon.adjectives or _is_number(context, word):
        return True
    if context.text[word.end : word.end + 1] == "-":
        return True
    if context.shouted or not word.is_capital or word.folded in context.lexicon.never_names:
        return False
    if index in context.titled:
        return False
    return not context.opens_sentence(index)


def _is_outside(context: ActorText, phrase: Phrase, index: int) -> bool:
    """Return whether word `index` only seems to describe the noun: a verb, a year, another name."""
    word = context.words[index]
    if word.folded in context.lexicon.verbal and index and context.joins(index - 1):
        before = context.words[index - 1]
        return before.is_capital and not _is_article(context, before) and not context.shouted
    if word.text.isdigit() and len(word.text) == _YEAR:
        return True
    is_other_name = word.is_capital and word.folded not in context.lexicon.adjectives
    return (
        phrase.state is not None and is_other_name and not context.shouted and not _is_number(context, word)
    )


def _is_article(context: ActorText, word: Word) -> bool:
    return word.folded in context.lexicon.definite or word.folded in context.lexicon.indefinite


def _is_number(context: ActorText, word: Word) -> bool:
    return word.text[0].isdigit() or word.folded in context.lexicon.numbers


def _without_verbs(context: ActorText, start: int, stop: int, determined: bool) -> int:
    """Return `start` moved past participles that are more likely the verb: "[kidnapped] civilians"."""
    while not determined and start < stop and context.words[start].folded in context.lexicon.verbal:
        if context.text[context.words[start].end] == "-":
            break
        start += 1
    return start


def _with_bounds(context: ActorText, start: int) -> int:
    """Return `start` moved before "at least", "members of" and the like."""
    for _ in range(2):
        grown = context.lexicon.bounds.before(context.text, context.words, start)
        if grown == start:
            return start
        start = grown
    return start


def grow_right(context: ActorText, phrase: Phrase) -> Phrase:
    """Return the phrase grown to the right over "on motorcycles" and "of the ... group"."""
    if phrase.noun.head == STATE_HEAD:
        return phrase
    end = _phrase_end(context, context.lexicon.complements, phrase.end) or phrase.end
    if phrase.group is None and (tail := _group_behind(context, end)):
        return replace(phrase, end=tail.end, group=tail.group)
    return replace(phrase, end=end)


def _phrase_end(context: ActorText, phrases: Phrases[bool], index: int) -> int | None:
    """Return the end of the longest of `phrases` that begins at word `index`, or None."""
    if 0 < index < len(context.words) and context.joins(index - 1):
        return next((stop for stop, _ in phrases.at(context.text, context.words, index)), None)
    return None


def _group_behind(context: ActorText, index: int) -> NamedGroup | None:
    """Return the group that "of the so-called ..." names behind a phrase, if it does."""
    stop = _phrase_end(context, context.lexicon.joints, index)
    while stop is not None and stop < len(context.words) and context.joins(stop - 1):
        named = group_at(context.text, context.words, stop, context.lexicon, context.local, context.shouted)
        if named:
            return named
        if context.words[stop].folded not in context.lexicon.definite and not _describes(context, stop):
            return None
        stop += 1
    return None
