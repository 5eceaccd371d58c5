"""Fit what tells news from what is retold: `python -m training.reader.focus SHARED FOLDER`.

A multinomial logistic regression over `dateline.extract.focus`, on the incidents of all annotated reports as
their annotators put them together; it goes into FOLDER/incidents.npz, and the manifest is written anew.
The development reports are not among them.
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import torch
from benchmarks.documents import documents
from torch import Tensor, nn
from torch.nn import functional

from dateline.extract.assembly import assemble
from dateline.extract.candidates import Candidate, CandidateKind, candidates
from dateline.extract.focus import NAMES, Standing, features
from dateline.extract.incidents import mention_of_each
from dateline.extract.passages import Findings, find_all
from dateline.extract.places import PlaceFinder
from dateline.extract.reading import Role
from dateline.gazetteer import Gazetteer
from dateline.model import Focus, IncidentType, Reality, TimeMention
from training.reader.annotated import annotated, written
from training.reader.data import reference
from training.reader.labels import AT, Label, Labeller
from training.reader.manifest import write_manifest

Row = dict[str, Any]
FOCI = list(Focus)
STEPS, DECAY = 60, 3e-3


def told(findings: Findings, incidents: list[Row]) -> Iterator[tuple[Standing, Focus]]:
    """Yield the incidents of a report as annotated, and what part each plays in it."""
    drafts = assemble(findings)
    found = candidates(findings, drafts, mention_of_each(findings, drafts))
    labels = Labeller(findings.document.text, found).label(incidents)
    cores = {i["key"]: _core(found, labels, i["key"]) for i in incidents}
    ordered = sorted((i for i in incidents if cores[i["key"]]), key=lambda i: cores[i["key"]][0].span.start)
    in_all = sum(len(cores[i["key"]]) for i in ordered)
    for before, incident in enumerate(ordered):
        yield (
            Standing(
                core=cores[incident["key"]],
                type=IncidentType(incident["type"]),
                reality=Reality(incident["reality"]),
                time=_time(found, labels, incident["key"]),
                before=before,
                incidents=len(ordered),
                told=in_all,
            ),
            Focus(incident["focus"]),
        )


def _core(found: tuple[Candidate, ...], labels: list[Label], key: str) -> list[Candidate]:
    return [
        candidate
        for candidate, label in zip(found, labels, strict=True)
        if key in label.incidents and (candidate.kind is CandidateKind.TRIGGER or candidate.is_number)
    ]


def _time(found: tuple[Candidate, ...], labels: list[Label], key: str) -> TimeMention | None:
    dated = (
        candidate.found
        for candidate, label in zip(found, labels, strict=True)
        if key in label.incidents and label.roles[AT[Role.DATE]] == 1
    )
    return next((when for when in dated if isinstance(when, TimeMention)), None)


def observed(bench: Path) -> tuple[Tensor, Tensor]:
    """Return the features of all annotated incidents, and their foci."""
    parts = (reference(bench / "reference", name) for name in ("train", "invented"))
    known = {report["id"]: (report, of) for report, of in chain(*parts, annotated(bench), written())}
    finder = PlaceFinder(Gazetteer.shipped())
    rows, foci = [], []
    for row, document in documents(report for report, _ in known.values()):
        findings = find_all(document, finder)
        for incident, focus in told(findings, known[row["id"]][1]):
            rows.append(features(incident, document.published.range, len(findings.passages)))
            foci.append(FOCI.index(focus))
    return torch.from_numpy(np.stack(rows)), torch.tensor(foci)


def fitted(rows: Tensor, foci: Tensor) -> nn.Linear:
    model = nn.Linear(len(NAMES), len(FOCI))
    steps = torch.optim.LBFGS(model.parameters(), max_iter=STEPS)

    def loss() -> Tensor:
        steps.zero_grad()
        off = functional.cross_entropy(model(rows), foci) + DECAY * model.weight.square().sum()
        off.backward()
        return off

    steps.step(loss)
    return model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    torch.manual_seed(1)
    rows, foci = observed(arguments.shared / "bench")
    held_out = torch.arange(len(foci)) % 5 == 0
    tried = fitted(rows[~held_out], foci[~held_out])
    right = (tried(rows[held_out]).argmax(dim=1) == foci[held_out]).float().mean()
    print(f"{len(foci)} incidents; of a fifth held out, {right:.3f} right")
    model = fitted(rows, foci)
    heads = arguments.folder / "incidents.npz"
    with np.load(heads) as stored:
        weights = {name: stored[name] for name in stored.files if not name.startswith("focus.")}
    state = {
        f"focus.{name}": tensor.numpy().astype(np.float16) for name, tensor in model.state_dict().items()
    }
    np.savez_compressed(heads, **weights, **state)
    version = tomllib.loads((arguments.folder / "manifest.toml").read_text("utf-8"))["version"]
    write_manifest(arguments.folder, version)


if __name__ == "__main__":
    main()
