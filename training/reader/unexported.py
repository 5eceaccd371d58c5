"""A checkpoint as the product's reader, without export: for measuring while training."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch

from dateline.extract.encoder import Reader
from dateline.extract.heads import Heads
from dateline.extract.reading import Role
from training.reader.model import ReaderModel
from training.reader.train import tokenizer


class Session:
    """Runs the network in place of the exported graph."""

    def __init__(self, model: ReaderModel) -> None:
        self._model = model.eval()

    @torch.no_grad()
    def run(self, _outputs: None, inputs: dict[str, Any]) -> list[Any]:
        states = self._model.encoder(torch.from_numpy(inputs["ids"]))
        return [states.numpy(), self._model.tags(states)[..., : 3 * len(Role)].numpy()]


def reader_from(checkpoint: Path) -> Reader:
    """Return the reader whose weights a training saved."""
    model = ReaderModel()
    stored = torch.load(checkpoint)
    model.load_state_dict(stored.get("model", stored))
    weights = {
        name: np.asarray(tensor.numpy(), dtype=np.float32)
        for name, tensor in model.state_dict().items()
        if not name.startswith(("encoder.", "tags."))
    }
    return Reader("unexported", tokenizer(), Session(model), Heads(weights))
