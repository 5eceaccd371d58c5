"""Mending a page's tree before its article is looked for: general faults of pages, not of one site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from lxml.html import HtmlElement as Element

_FEWEST_WORDS = 10  # of a paragraph that counts as prose
_FEWEST_PARAGRAPHS = 2
_STORY_WORDS = 60  # of prose, which a teaser does not have
_OWN_SHARE = 0.7  # of the prose of all articles on a page: so much of it makes one the page's own
_TITLE = 60  # characters of a story's title that are shown
_ARTICLE_WORDS = ("article", "body", "content", "story", "text", "entry", "post")
_EMBEDS = ("twitter-tweet", "instagram-media")


def mend(tree: Element) -> None:
    """Change `tree` in place: join split articles, keep quoted posts, drop lists of links and pop-ups."""
    _drop_link_lists(tree)
    _drop_popups(tree)
    _keep_quoted_posts(tree)
    _join_parts(tree)


def _drop(elements: Iterable[Element]) -> None:
    for element in list(elements):
        if element.getparent() is not None:
            element.drop_tree()


def _drop_link_lists(tree: Element) -> None:
    """Drop lists of which every item is a link and nothing else: related stories, menus."""
    _drop(lists for lists in tree.iter("ul", "ol") if _is_link_list(lists))


def _is_link_list(element: Element) -> bool:
    items = element.findall("li")
    return len(items) > 1 and all(map(_is_link_only, items))


def _is_link_only(element: Element) -> bool:
    words = len("".join(element.itertext()).split())
    linked = sum(len("".join(link.itertext()).split()) for link in element.iter("a"))
    return words > 0 and words == linked


def _drop_popups(tree: Element) -> None:
    """Drop what opens over a paragraph: an inline element in it that holds a picture and links."""
    _drop(
        span
        for paragraph in tree.iter("p")
        for span in paragraph.iter("span")
        if span.getparent() is not paragraph
        and span.find(".//img") is not None
        and span.find(".//a") is not None
    )


def _holds(element: Element, tag: str) -> bool:
    return element.find(f".//{tag}") is not None


def _keep_quoted_posts(tree: Element) -> None:
    """Take the embed's class off a quoted post, for which extraction would drop it."""
    for quote in tree.iter("blockquote"):
        if any(name in (quote.get("class") or "") for name in _EMBEDS):
            del quote.attrib["class"]


def stories_of(tree: Element) -> tuple[str, ...]:
    """Return the titles of the stories on a page that holds several at length, none of them its own.

    Teasers are no stories: they are short, or beside one that is far longer. A page that bears the title of
    one is that one's page.
    """
    articles = ((_heading_of(article), _prose_words(article)) for article in _outermost_articles(tree))
    told = [(title, words) for title, words in articles if title and words >= _STORY_WORDS]
    name = " ".join((tree.findtext(".//title") or "").split())
    if any(title in name for title, _ in told):
        return ()
    longest, together = max((w for _, w in told), default=0), sum(w for _, w in told)
    titles = tuple(dict.fromkeys(title for title, _ in told))
    return titles if len(titles) > 1 and longest < _OWN_SHARE * together else ()


def _outermost_articles(tree: Element) -> list[Element]:
    inside = (None, *tree.iter("main"))
    return [article for article in tree.iter("article") if _article_around(article) in inside]


def _heading_of(article: Element) -> str | None:
    heading = next(article.iter("h1", "h2", "h3"), None)
    words = "".join(heading.itertext()).split() if heading is not None else []
    return " ".join(words)[:_TITLE] or None


def _prose_words(article: Element) -> int:
    lengths = (len("".join(p.itertext()).split()) for p in article.iter("p"))
    return sum(length for length in lengths if length >= _FEWEST_WORDS)


def _join_parts(tree: Element) -> None:
    """Join an article that advertisements cut into several containers of one class."""
    parts: dict[tuple[str, str], list[Element]] = defaultdict(list)
    for container in tree.iter("div", "section"):
        names = container.get("class") or ""
        if any(word in names.lower() for word in _ARTICLE_WORDS) and _is_part(container):
            parts[str(container.tag), names].append(container)
    for first, *others in parts.values():
        for other in others:
            if _same_article(first, other):
                first.extend(list(other))


def _is_part(container: Element) -> bool:
    prose = (p for p in container.iterchildren("p") if len("".join(p.itertext()).split()) >= _FEWEST_WORDS)
    return sum(1 for _ in zip(range(_FEWEST_PARAGRAPHS), prose, strict=False)) == _FEWEST_PARAGRAPHS


def _same_article(first: Element, other: Element) -> bool:
    own, its = _article_around(first), _article_around(other)
    return own is its and not (own is None and _depth(first) != _depth(other))


def _article_around(element: Element) -> Element | None:
    return next(element.iterancestors("article", "main"), None)


def _depth(element: Element) -> int:
    return sum(1 for _ in element.iterancestors())
