"""Numbers of people and things in a text, with their bounds and their vagueness (codebook, section 4)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import Enum, auto
from functools import lru_cache
from typing import Any

from dateline.extract.numerals import numeral_pattern, numeral_value
from dateline.extract.openings import openings, without_lookaheads
from dateline.extract.patterns import GAP, any_of
from dateline.language import lexicon
from dateline.model import QuantityMention, Span

_LARGEST = 10**12
_LOOK_BACK = 40
_AFTER_NAME = re.compile(r"[A-Z][\w’'-]{1,30}\.?,[^\S\n]$")
# Between two commas a figure behind who is meant is an age: "of the boy, 4, who".
_AFTER_WORD = re.compile(r"(?<![\w’'-])(?!\w*ed,|dead,|hurt,)[a-z]{3,30},[^\S\n]$")
_BETWEEN_COMMAS = re.compile(r"(?:[^\S\n](?:and|&)[^\S\n]\d\d?)?,")
# A station's channel: "(WLEX 18)".
_STATION = re.compile(r"\([A-Z]{2,5}[^\S\n]$")
_AGE_ENDS = re.compile(r"[,;)]|\.(?:\s|$)|[^\S\n]and[^\S\n]")
# Neither a longer figure nor a compound, a path, or a time of day set with blanks ("12: 24 pm").
_NO_FIGURE_GOES_ON = (
    r"(?![\w%]|['’]s\b|-(?:\w|,?[^\S\n](?:and|or|to)\b)"
    r"|[.,:/]\d|[^\S\n]/|:[^\S\n]\d\d[^\S\n]?[ap]\.?[^\S\n]?m\b)"
)
_AFTER_FIGURES = re.compile(r"\d[^\S\n]$")
# Ages in brackets behind those who have them: "a clerk (34)", "three men (17, 21 and 22)".
_BRACKETED = re.compile(r"(?P<word>[^\W\d]+)[^\S\n]\((?:\d\d?(?:,[^\S\n]?|[^\S\n](?:and|&)[^\S\n]))*\Z")
_BRACKET_ENDS = re.compile(r"(?P<more>(?:(?:,[^\S\n]?|[^\S\n](?:and|&)[^\S\n])\d\d?)*)\)")
_DIGITS_ONLY = re.compile(r"\d+\Z")


class _Bound(Enum):
    """What the words around a number make of it."""

    EXACTLY = auto()
    AT_LEAST = auto()
    MORE_THAN = auto()
    AT_MOST = auto()
    FEWER_THAN = auto()
    NEARLY = auto()
    ABOUT = auto()

    def interval(self, low: int, high: int) -> tuple[int | None, int | None, bool]:
        """Return (low, high, vague) of the range `low` to `high` under this bound."""
        match self:
            case _Bound.AT_LEAST:
                return low, None, False
            case _Bound.MORE_THAN:
                return low + 1, None, False
            case _Bound.AT_MOST:
                return None, high, False
            case _Bound.FEWER_THAN:
                return None, max(high - 1, 0), False
            case _Bound.NEARLY:
                return None, max(high - 1, 0), True
        return low, high, self is _Bound.ABOUT


class _Grammar:
    """The patterns of one language, compiled once."""

    def __init__(self, language: str) -> None:
        words = lexicon(language, "numbers")
        self.vague: dict[str, int] = words["vague"]
        self.groups: dict[str, int] = words["groups"]
        self.factors: dict[str, int] = words["vague_factors"]
        self.round_numbers: dict[str, int] = words["round_numbers"]
        self.bounds = _bounds(words["bounds"]) | _bounds(words["afterwards"])
        self.opening: str = words["ranges"]["opening"]
        self.change: str = words["ranges"]["change"]
        self.quantity = re.compile(_quantity_pattern(words), re.IGNORECASE)
        excluded = words["not_counts"]
        calendar = lexicon(language, "calendar")
        names = (calendar["months"] | calendar["months_short"]).keys()
        months = any_of(names - {"may"})
        may = r"(?:(?-i:May)|(?-i:MAY)(?![^\S\n](?:have|be|not|also|still|yet|well)\b))"
        month = rf"(?:{months}|{may})"
        self.names = frozenset(excluded["before_words"])
        self.proper_names = frozenset(excluded["before_names"])
        self.signs = frozenset(excluded["before_signs"])
        self.months = frozenset(names)
        self.before_years = frozenset(excluded["before_years"]) | self.months
        self.after = re.compile(
            rf"[^\S\n]?-?(?:{GAP})?(?:(?:{any_of(excluded['after_fillers'])})(?:{GAP}|-))?"
            rf"(?:{any_of(excluded['after_words'])})(?![\w-])"
            rf"|[^\S\n](?:of[^\S\n])?{month}\b",
            re.IGNORECASE,
        )
        pictures = any_of(excluded["pictures"])
        self.of_pictures = re.compile(
            rf"\b(?:{pictures})[^\S\n]\d+[^\S\n]?(?:of|/)[^\S\n]?/?[^\S\n]?$", re.IGNORECASE
        )
        self.before_brackets = frozenset(excluded["before_brackets"] + excluded["irregular_plurals"])
        self.superlative = re.compile(
            rf"{GAP}of{GAP}(?:the{GAP})?(?:\w+{GAP})?(?:{any_of(excluded['superlatives'])})\b", re.IGNORECASE
        )
        self.street = re.compile(rf"{GAP}(?:[A-Z]\w+{GAP}){{1,2}}(?i:{any_of(excluded['streets'])})\b")
        self.plural = re.compile(
            rf"{GAP}(?:[a-z-]+{GAP})?(?:[a-z]{{2,}}s|{any_of(excluded['irregular_plurals'])})\b",
            re.IGNORECASE,
        )


def _bounds(tables: dict[str, list[str]]) -> dict[str, _Bound]:
    return {word: _Bound[name.upper()] for name, words in tables.items() for word in words}


def _quantity_pattern(words: Mapping[str, Any]) -> str:
    number = numeral_pattern()
    pairs = words["pairs"]
    pair = rf"(?:{any_of(pairs['words'])})(?={GAP}(?:{any_of(pairs['before'])})\b)"
    ranges, zero, articles = words["ranges"], words["zero"], words["articles"]
    bounds = any_of(word for table in words["bounds"].values() for word in table)
    after = any_of(word for table in words["afterwards"].values() for word in table)
    inner = ranges["inner"]
    joint = rf"(?:[^\S\n]?(?:{any_of(ranges['joints'])})[^\S\n]?|{GAP}(?:{any_of(ranges['joints'])}){GAP})"
    times = rf"(?:{any_of(words['vague_factors'])}){GAP}(?:{any_of(words['round_numbers'])})"
    counted = rf"(?:{GAP}[\w-]{{2,20}})?{GAP}(?:{any_of(zero['counted'])})\b"
    idioms = (
        rf"{GAP}(?:{any_of(articles['idioms'])}|{any_of(words['not_counts']['after_words'])}"
        rf"|(?:{any_of(articles['before_numbers'])}){GAP}{number})\b"
    )
    quantity = (
        rf"(?:(?P<bound>{bounds}){GAP})?"
        rf"(?:(?P<vague>{times}|{any_of(words['vague'])})(?![\w-])"
        rf"|(?:(?P<opening>{ranges['opening']}){GAP}(?P<least>{number}){GAP}{inner}{GAP}(?P<most>{number})"
        rf"|(?P<first>{number})(?:{joint}(?P<second>{number}))?)"
        rf"(?P<after>(?:{GAP})?(?:{after}))?{_NO_FIGURE_GOES_ON})"
        rf"|(?P<zero>{any_of(zero['alone'])}|(?:{any_of(zero['before'])})(?={counted}))(?![\w-])"
        rf"|(?P<group>{any_of(words['groups'].keys() - set(pairs['words']))}|{pair})(?![\w-])"
        rf"|(?P<article>{any_of(articles['one'])})(?=[^\S\n]+\w)(?!{idioms})"
    )
    # Most words of a text begin no quantity: three letters tell, before anything else is tried.
    beginnings = any_of(openings(without_lookaheads(quantity).replace(r"\d", "0")))
    return (
        rf"\b(?=\d|{beginnings})(?<![\w$€£¥#+])(?<!\d[-/.,:])(?<![^\W\d]['’])"
        rf"(?:(?<![^\W\d]-)|(?=(?-i:[A-Z][a-z])))(?:{quantity})"
    )


@lru_cache(maxsize=8)
def _grammar(language: str) -> _Grammar:
    return _Grammar(language)


def find_quantities(text: str, language: str = "en") -> tuple[QuantityMention, ...]:
    """Return the quantities of `text` in its order, none overlapping another.

    The span holds the number with its bound words ("at least two"). An indefinite article is a
    quantity of one with the article as its span. Dates, times, ages, sums of money, shares,
    measures, ordinals and numbers in names are left out.
    """
    grammar = _grammar(language)
    return tuple(
        mention for match in grammar.quantity.finditer(text) for mention in _mentions(text, match, grammar)
    )


def _mentions(text: str, match: re.Match[str], grammar: _Grammar) -> Iterator[QuantityMention]:
    span = Span.of(text, match.start(), match.end())
    if match["zero"]:
        yield QuantityMention(span, 0, 0)
    elif match["group"]:
        size = grammar.groups[_plain(match["group"])]
        yield QuantityMention(span, size, size)
    elif match["article"]:
        yield QuantityMention(span, 1, 1)
    elif match["vague"]:
        if not grammar.after.match(text, match.end()):
            yield QuantityMention(span, _vague_low(match["vague"], grammar), None, vague=True)
    elif _is_count(text, match, grammar):
        yield from _numbers(text, match, grammar)


def _plain(words: str) -> str:
    return " ".join(words.lower().split())


def _vague_low(words: str, grammar: _Grammar) -> int:
    said = _plain(words)
    if said in grammar.vague:
        return grammar.vague[said]
    factor, _, round_number = said.rpartition(" ")
    return grammar.factors[factor] * grammar.round_numbers[round_number]


def _numbers(text: str, match: re.Match[str], grammar: _Grammar) -> Iterator[QuantityMention]:
    first, second = (match["least"], match["most"]) if match["opening"] else (match["first"], match["second"])
    low = _whole(first)
    high = _whole(second) if second else low
    if low is None or high is None:
        return
    bound = _bound_of(match, grammar)
    if second and (low >= high or _is_change(text, match, grammar)):
        name = "least" if match["opening"] else "first"
        yield QuantityMention(Span.of(text, match.start(), match.end(name)), *bound.interval(low, low))
        name = "most" if match["opening"] else "second"
        yield QuantityMention(Span.of(text, match.start(name), match.end(name)), high, high)
        return
    yield QuantityMention(Span.of(text, match.start(), match.end()), *bound.interval(low, high))


def _bound_of(match: re.Match[str], grammar: _Grammar) -> _Bound:
    words = match["bound"] or match["after"]
    return grammar.bounds[_plain(words)] if words else _Bound.EXACTLY


def _whole(words: str) -> int | None:
    value = numeral_value(words)
    return int(value) if value is not None and value == int(value) and value <= _LARGEST else None


def _is_change(text: str, match: re.Match[str], grammar: _Grammar) -> bool:
    before = text[max(0, match.start() - len(grammar.change) - 2) : match.start()]
    return before.lower().split()[-1:] == [grammar.change]


def _is_count(text: str, match: re.Match[str], grammar: _Grammar) -> bool:
    number = match["first"] or match["least"]
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    if not match["bound"] and _is_named(before, grammar):
        return False
    if grammar.after.match(text, match.end()):
        return False
    if _DIGITS_ONLY.match(number):
        return not _is_other_figure(text, match, grammar, before)
    return not (number.lower() == "one" and grammar.superlative.match(text, match.end()))


def _is_named(before: str, grammar: _Grammar) -> bool:
    """Return whether the number is part of a name or a sum: "Flight 370", "Group of 8", "$20"."""
    if before.rstrip()[-1:] in grammar.signs:
        return True
    words = before.split()[-2:]
    pair = " ".join(words)
    return bool(words) and (
        words[-1].lower() in grammar.names
        or pair.lower() in grammar.names
        or words[-1] in grammar.proper_names
        or pair in grammar.proper_names
    )


def _is_other_figure(text: str, match: re.Match[str], grammar: _Grammar, before: str) -> bool:
    """Return whether bare figures are a day, a year, an age, a telephone's or a house's number."""
    if _is_code(match) or (not match["bound"] and _AFTER_FIGURES.search(before)):
        return True
    figures = match["first"] or match["least"]
    value = int(figures)
    words = [word.strip("(.,").lower() for word in before.split()[-2:]]
    if value <= 31 and words[-1:] and words[-1] in grammar.months and words[0] != "in":
        return True
    if len(figures) == 4 and 1500 <= value <= 2100 and not match["bound"]:
        return _is_year(text, match, value, words, grammar)
    if value <= 115 and _AFTER_NAME.search(before) and _AGE_ENDS.match(text, match.end()):
        return True
    if value <= 115 and _AFTER_WORD.search(before) and _BETWEEN_COMMAS.match(text, match.end()):
        return True
    if grammar.of_pictures.search(before) or (
        _STATION.search(before) and text[match.end() :].startswith(")")
    ):
        return True
    if value <= 115 and not match["bound"] and _is_bracketed_age(text, match, before, grammar):
        return True
    return bool(grammar.street.match(text, match.end()))


def _is_bracketed_age(text: str, match: re.Match[str], before: str, grammar: _Grammar) -> bool:
    """Return whether a number is one of several in brackets, or stands in them behind a single person."""
    opening, closing = _BRACKETED.search(before), _BRACKET_ENDS.match(text, match.end())
    if opening is None or closing is None:
        return False
    word = opening["word"].lower()
    is_list = bool(closing["more"]) or opening[0][-1] != "("
    return is_list or not (word in grammar.before_brackets or word.endswith("s"))


def _is_year(text: str, match: re.Match[str], value: int, words: list[str], grammar: _Grammar) -> bool:
    is_plural = bool(grammar.plural.match(text, match.end()))
    last = words[-1] if words else ""
    is_day = last.isdigit() and words[0] in grammar.months  # "January 9, 2017"
    is_after_year_words = is_day or last in grammar.before_years or last.endswith(("'s", "’s"))
    if value < 1900:
        return not is_plural and (is_after_year_words or text[match.end() : match.end() + 1] == ")")
    return is_after_year_words or not is_plural


def _is_code(match: re.Match[str]) -> bool:
    """Return whether two figures joined by a hyphen are too far apart for a range: a telephone number."""
    if "-" not in match[0] or not match["second"]:
        return False
    low, high = _whole(match["first"]), _whole(match["second"])
    return low is not None and high is not None and high >= 1000 and high > 2 * low
