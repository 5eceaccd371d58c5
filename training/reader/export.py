"""Export a trained reader: `python -m training.reader.export FOLDER --version NAME --incidents RUN`.

RUN is the checkpoint of a training whose lower layers were left as published, for the part that tells of
incidents; `--speech` and `--statements` give those for the others. FOLDER receives the shared lower part, the
upper parts given (int8, per channel) with their heads, the tokenizer, and the manifest with the SHA-256 of
each, which is checked whenever the reader is loaded; a part that is not given stays as it is in FOLDER.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from dateline.extract.encoder import Part
from dateline.extract.reading import TAGGED
from training.reader.manifest import write_manifest
from training.reader.model import ReaderModel, model_folder, pretrained

SHARED_LAYERS = 2
# The heads that each part serves; the others were learned beside them only.
SERVED = {
    Part.INCIDENTS: ("sentence.", "marks.", "weigh_", "join."),
    Part.SPEECH: (),
    Part.STATEMENTS: ("sentence.", "muc.", "link."),
}


class Lower(nn.Module):
    """The embeddings and the layers that all parts share."""

    def __init__(self, model: ReaderModel) -> None:
        super().__init__()
        self.encoder = model.encoder
        self.layers = model.encoder.layers[:SHARED_LAYERS]

    def forward(self, ids: Tensor) -> Tensor:
        positions = torch.arange(ids.shape[1])
        states: Tensor = self.encoder.norm(self.encoder.word(ids) + self.encoder.position(positions))
        for layer in self.layers:
            states = layer(states, None)
        return states


class Upper(nn.Module):
    """The layers above, and the tags of every token of one window."""

    def __init__(self, model: ReaderModel) -> None:
        super().__init__()
        self.layers = model.encoder.layers[SHARED_LAYERS:]
        self.tags = model.tags

    def forward(self, below: Tensor) -> tuple[Tensor, Tensor]:
        states = below
        for layer in self.layers:
            states = layer(states, None)
        return states, self.tags(states)[..., : 3 * len(TAGGED)]


def export_part(part: nn.Module, example: Tensor, names: list[str], out: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "part.onnx"
        torch.onnx.export(
            part.eval(),
            (example,),
            str(whole),
            input_names=names[:1],
            output_names=names[1:],
            dynamic_axes={name: {1: "length"} for name in names},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(whole, out, per_channel=True, weight_type=QuantType.QInt8)


def export_heads(model: ReaderModel, part: Part, out: Path) -> None:
    heads = {
        name: tensor.numpy().astype(np.float16)
        for name, tensor in model.state_dict().items()
        if name.startswith(SERVED[part])
    }
    np.savez_compressed(out, **heads)


def loaded(checkpoint: Path) -> ReaderModel:
    model = ReaderModel()
    stored = torch.load(checkpoint)
    model.load_state_dict(stored.get("model", stored))
    return model


def check_shared(model: ReaderModel, published: ReaderModel) -> None:
    """Refuse a model whose lower layers were trained: both parts share them as published."""
    own, shared = (Lower(each).state_dict() for each in (model, published))
    below = [n for n in own if not n.startswith("encoder.layers.") or int(n.split(".")[2]) < SHARED_LAYERS]
    differing = [name for name in below if not torch.equal(own[name], shared[name])]
    if differing:
        raise SystemExit(f"{differing[0]} is not as published: train with --freeze {SHARED_LAYERS}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--incidents", type=Path)
    parser.add_argument("--speech", type=Path)
    parser.add_argument("--statements", type=Path)
    parser.add_argument("--version", required=True)
    arguments = parser.parse_args()
    folder: Path = arguments.folder
    folder.mkdir(parents=True, exist_ok=True)
    published, ids = pretrained(model_folder()), torch.ones(1, 16, dtype=torch.long)
    lower = Lower(published)
    export_part(lower, ids, ["ids", "below"], folder / "lower.onnx")
    for part in Part:
        checkpoint = getattr(arguments, part.value)
        if checkpoint is None:
            continue
        model = loaded(checkpoint)
        check_shared(model, published)
        export_part(Upper(model), lower(ids).detach(), ["below", "states", "tags"], folder / f"{part}.onnx")
        export_heads(model, part, folder / f"{part}.npz")
    shutil.copyfile(model_folder() / "tokenizer.json", folder / "tokenizer.json")
    write_manifest(folder, arguments.version)


if __name__ == "__main__":
    main()
