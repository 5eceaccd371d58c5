"""What a page says of itself to machines, in JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from lxml.html import HtmlElement as Element

_DEEPEST = 6  # levels of nesting that are looked at


def linked_data(tree: Element) -> Iterator[Mapping[str, Any]]:
    """Yield every object of the page's JSON-LD, in order; broken scripts are passed over."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _objects(data, _DEEPEST)


def type_of(node: Mapping[str, Any]) -> str:
    """Return the type or types of an object in one text, such as "NewsArticle"."""
    return str(node.get("@type", ""))


def _objects(data: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth == 0:
        return
    if isinstance(data, Mapping):
        yield data
        data = list(data.values())
    if isinstance(data, list):
        for value in data:
            yield from _objects(value, depth - 1)
