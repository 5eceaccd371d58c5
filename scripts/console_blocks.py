"""Runs the console blocks of a page and writes in what they really print.

`python scripts/console_blocks.py README.md docs/tutorial.md` brings the pages up to date; a test
compares. All blocks of one page run one after the other in one fresh folder that holds `examples/`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
COLUMNS = 120
_BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
_PROMPT = "$ "


def filled(page: str) -> str:
    """Return the page with the output of each command under it, as the commands print it now."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Path(folder)
        shutil.copytree(ROOT / "examples", desk / "examples")
        environment = _environment(desk)
        return _BLOCK.sub(lambda block: _run(block[0], desk, environment), page)


def _environment(desk: Path) -> dict[str, str]:
    """Return an environment whose `dateline` is this source tree's, without colour."""
    commands = desk / ".bin"
    commands.mkdir()
    shim = commands / "dateline"
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "from dateline.cli import main; main()" "$@"\n')
    shim.chmod(0o755)
    return {
        **os.environ,
        "PATH": f"{commands}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "src"),
        "COLUMNS": str(COLUMNS),
        "NO_COLOR": "1",
        "USER": "ada",
    }


def _run(block: str, desk: Path, environment: dict[str, str]) -> str:
    commands = [line for line in block.splitlines() if line.startswith(_PROMPT)]
    return "\n".join(f"{line}\n{_output(line, desk, environment)}" for line in commands)


def _output(line: str, desk: Path, environment: dict[str, str]) -> str:
    done = subprocess.run(
        line.removeprefix(_PROMPT),
        shell=True,
        cwd=desk,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    )
    return "".join(text.rstrip() + "\n" for text in done.stdout.rstrip().splitlines())


if __name__ == "__main__":
    for name in sys.argv[1:]:
        path = Path(name)
        path.write_text(filled(path.read_text("utf-8")), "utf-8")
