"""Take a part of the shipped reader back into training: `python -m training.reader.restored FOLDER PART OUT`.

Checkpoints are not kept with the repository; the shipped files are. PART is incidents or statements, OUT a
checkpoint to give to `training.reader.train --start`. Weights come back as int8 left them, which is near
enough to go on from.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from dateline.extract.encoder import Part
from training.reader.export import SHARED_LAYERS
from training.reader.model import ReaderModel, model_folder, pretrained

QUANTIZED = "_quantized"


def restored(folder: Path, part: Part) -> ReaderModel:
    """Return the network with the weights of a shipped part; heads that it does not serve are fresh."""
    model = pretrained(model_folder())
    state = model.state_dict()
    found = dict(upper(onnx.load(folder / f"{part}.onnx")))
    with np.load(folder / f"{part}.npz") as heads:
        found |= {name: torch.from_numpy(heads[name].astype(np.float32)) for name in heads.files}
    for name, weights in found.items():
        if name in state and state[name].shape == weights.shape:
            state[name] = weights
        else:
            print("left out:", name, tuple(weights.shape))
    model.load_state_dict(state)
    return model


def upper(graph: onnx.ModelProto) -> dict[str, Tensor]:
    """Return the weights of an exported upper part by their names in training."""
    stored = {each.name: numpy_helper.to_array(each) for each in graph.graph.initializer}
    found = {named(name): tensor for name, tensor in stored.items() if name.endswith((".bias", ".weight"))}
    for node in graph.graph.node:
        if node.op_type == "MatMulInteger":
            module = node.output[0].split("/MatMul")[0].strip("/").replace("/", ".")
            found[named(f"{module}.weight")] = dequantized(stored, node.input[1].removesuffix(QUANTIZED)).T
    return {name: torch.from_numpy(np.array(tensor, np.float32)) for name, tensor in found.items()}


def named(name: str) -> str:
    """Return the name in training of a weight: the upper part counts its layers from its own first."""
    parts = name.split(".")
    if parts[0] == "layers":
        return ".".join(["encoder.layers", str(int(parts[1]) + SHARED_LAYERS), *parts[2:]])
    return name


def dequantized(stored: dict[str, np.ndarray], name: str) -> np.ndarray:
    whole = stored[f"{name}{QUANTIZED}"].astype(np.float32) - stored[f"{name}_zero_point"].astype(np.float32)
    return np.asarray(whole * stored[f"{name}_scale"], np.float32)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("part", type=Part)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    torch.save({"model": restored(arguments.folder, arguments.part).state_dict()}, arguments.out)


if __name__ == "__main__":
    main()
