"""A checkpoint as the product's reader, without export: for measuring while training."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch

from dateline.extract.encoder import Part, Reader, Upper
from dateline.extract.heads import Heads
from training.reader.export import Lower, loaded
from training.reader.export import Upper as UpperPart
from training.reader.model import ReaderModel
from training.reader.train import tokenizer


class Session:
    """Runs a part of the network in place of its exported graph."""

    def __init__(self, part: Lower | UpperPart) -> None:
        self._part = part.eval()

    @torch.no_grad()
    def run(self, _outputs: None, inputs: dict[str, Any]) -> list[Any]:
        (given,) = inputs.values()
        found = self._part(torch.from_numpy(given))
        return [tensor.numpy() for tensor in (found if isinstance(found, tuple) else (found,))]


def reader_from(incidents: Path, statements: Path | None = None) -> Reader:
    """Return the reader whose weights one or two trainings saved, the second for all but incidents."""
    of_incidents = loaded(incidents)
    of_others = loaded(statements) if statements else of_incidents
    models = {part: of_incidents if part is Part.INCIDENTS else of_others for part in Part}
    uppers = {part: Upper(Session(UpperPart(model)), heads_of(model)) for part, model in models.items()}
    return Reader("unexported", tokenizer(), Session(Lower(of_incidents)), uppers.__getitem__)


def heads_of(model: ReaderModel) -> Heads:
    return Heads(
        {name: np.asarray(tensor.numpy(), np.float32) for name, tensor in model.state_dict().items()}
    )
