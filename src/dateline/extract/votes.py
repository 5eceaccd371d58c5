"""What the parts of an incident speak for: the model's votes, and the rules' beside them."""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from dateline.extract.features import Floats
from dateline.extract.joining import Joined, Part
from dateline.extract.read_text import Weighing
from dateline.extract.reading import VOCABULARIES

# What the rules' choice weighs beside the model's, whose votes add up to one.
RULES_VOTE = {"type": 0.25, "reality": 1.0, "who": 0.5, "perpetrator": 0.25, "target": 0.25}


def votes(weighing: Weighing, joined: Joined, vocabulary: str) -> Floats:
    """Return what the core speaks for, each part as far as it is sure; the votes add up to one."""
    told = [part.score * weighing.choice(part.candidate, vocabulary) for part in joined.core]
    summed = np.sum(told, axis=0)
    return np.asarray(summed / summed.sum(), dtype=np.float32)


def likeliest(weighing: Weighing, part: Part, vocabulary: str, by_words: StrEnum | None = None) -> StrEnum:
    """Return what one part speaks for most, what the finder's words say being one more vote."""
    found = np.array(weighing.choice(part.candidate, vocabulary))
    if by_words is not None:
        found[VOCABULARIES[vocabulary].index(by_words)] += RULES_VOTE[vocabulary]
    return VOCABULARIES[vocabulary][int(found.argmax())]
