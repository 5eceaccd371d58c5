"""Incident mentions as columns of numbers, so that millions of pairs are compared without objects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from dateline.link.sparse import Bags, Floats, Ints
from dateline.link.traits import FACTS, Traits, joined


@dataclass(frozen=True, slots=True)
class Columns:
    """One entry a mention in every column (`traits.FACTS` says what they hold), and the bags of terms."""

    first_day: Ints
    last_day: Ints
    stated: Ints
    published: Ints
    report: Ints
    print: Ints
    country: Ints
    admin1: Ints
    town: Ints
    latitude: Floats
    longitude: Floats
    radius: Floats
    site: Ints
    kind: Ints
    focus: Ints
    retold: Ints
    killed: Floats
    wounded: Floats
    grouped: Ints
    bags: Bags

    @classmethod
    def of(cls, traits: Iterable[Traits]) -> Columns:
        """Return the columns of mentions, in their order."""
        whole = joined(traits)
        told: dict[str, Any] = {
            name: whole.facts[name].astype(np.float64 if whole.facts.dtype[name].kind == "f" else np.int64)
            for name in FACTS.names or ()
        }
        return cls(**told, bags=Bags(whole.lengths, whole.terms, whole.weights))

    def __len__(self) -> int:
        return len(self.first_day)
