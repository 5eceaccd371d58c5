"""Export a trained reader: `python -m training.reader.export CHECKPOINT FOLDER --version NAME`.

FOLDER receives encoder.onnx (int8, per channel), heads.npz, tokenizer.json and the manifest with
the SHA-256 of each, which is checked whenever the reader is loaded.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import tempfile
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from dateline.extract.reading import Role
from training.reader.model import ReaderModel, model_folder

FILES = ("encoder.onnx", "heads.npz", "tokenizer.json")


class Served(nn.Module):
    """What the graph computes: the state and the tags of every token of one window."""

    def __init__(self, model: ReaderModel) -> None:
        super().__init__()
        self.encoder = model.encoder
        self.tags = model.tags

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        states = self.encoder(ids)
        return states, self.tags(states)[..., : 3 * len(Role)]


def export_encoder(model: ReaderModel, out: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "encoder.onnx"
        torch.onnx.export(
            Served(model).eval(),
            (torch.ones(1, 16, dtype=torch.long),),
            str(whole),
            input_names=["ids"],
            output_names=["states", "tags"],
            dynamic_axes={"ids": {1: "length"}, "states": {1: "length"}, "tags": {1: "length"}},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(whole, out, per_channel=True, weight_type=QuantType.QInt8)


def export_heads(model: ReaderModel, out: Path) -> None:
    heads = {
        name: tensor.numpy().astype(np.float16)
        for name, tensor in model.state_dict().items()
        if not name.startswith(("encoder.", "tags."))
    }
    np.savez_compressed(out, **heads)


def write_manifest(folder: Path, version: str) -> None:
    sums = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}
    lines = [f'version = "{version}"', "", "[sha256]", *(f'"{name}" = "{sha}"' for name, sha in sums.items())]
    (folder / "manifest.toml").write_text("\n".join(lines) + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--version", required=True)
    arguments = parser.parse_args()
    model = ReaderModel()
    stored = torch.load(arguments.checkpoint)
    model.load_state_dict(stored.get("model", stored))
    arguments.folder.mkdir(parents=True, exist_ok=True)
    export_encoder(model, arguments.folder / "encoder.onnx")
    export_heads(model, arguments.folder / "heads.npz")
    shutil.copyfile(model_folder() / "tokenizer.json", arguments.folder / "tokenizer.json")
    write_manifest(arguments.folder, arguments.version)


if __name__ == "__main__":
    main()
