"""The manifest of a model's folder: its version, and the SHA-256 of each file, checked at load."""

from __future__ import annotations

import hashlib
from pathlib import Path


def write_manifest(folder: Path, version: str) -> None:
    names = sorted(path.name for path in folder.iterdir() if path.suffix in (".onnx", ".npz", ".json"))
    sums = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}
    lines = [f'version = "{version}"', "", "[sha256]", *(f'"{name}" = "{sha}"' for name, sha in sums.items())]
    (folder / "manifest.toml").write_text("\n".join(lines) + "\n", "utf-8")
