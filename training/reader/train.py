"""Train the reader: `python -m training.reader.train PREPARED OUT [--epochs N] [--seed N]`.

PREPARED is what `training.reader.data` wrote. The run saves OUT/last.pt after every epoch and goes on
from it when started again; OUT/best.pt is the epoch with the lowest loss on the part of the
reference training reports that is held out. Two seeds give two models; one seed gives one.
"""

from __future__ import annotations

import argparse
import random
import time
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import torch
from tokenizers import Tokenizer as FastTokenizer
from torch import Tensor, nn
from torch.nn import functional

from dateline.extract.reading import SPAN_VOCABULARIES
from dateline.extract.windows import Tokenizer
from training.reader.data import read
from training.reader.examples import UNKNOWN, Batch, Example, batch, examples
from training.reader.model import ReaderModel, model_folder, pretrained

# The share of each set that one epoch sees; the reference reports are what counts.
SHARES = {"reference": 1.0, "invented": 1.0, "muc4": 0.2, "attribution": 0.12, "india": 0.12}
CORE = ("reference", "invented")
TAG_WEIGHTS = torch.tensor([1.0, 2.0, 1.5])  # a missed span costs more than a false one
TOKENS_A_STEP = 1600


def tokenizer() -> Tokenizer:
    """Return the encoder's tokenizer without the padding and truncation that its file asks for."""
    loaded = FastTokenizer.from_file(str(model_folder() / "tokenizer.json"))
    loaded.no_padding()
    loaded.no_truncation()
    return cast(Tokenizer, loaded)


def is_held_out(source: str, row: dict[str, Any]) -> bool:
    """Return whether a row serves for choosing the model: one in eight, told by its id."""
    return source in CORE and zlib.crc32(row["id"].encode()) % 8 == 0


def load(prepared: Path) -> tuple[dict[str, list[Example]], list[Example]]:
    """Return the training examples of each set, and those held out."""
    known = tokenizer()
    train: dict[str, list[Example]] = {}
    held_out: list[Example] = []
    for source in SHARES:
        train[source] = []
        for row in read(prepared / f"{source}.jsonl.gz"):
            if row.get("held_out"):
                continue
            kept = held_out if is_held_out(source, row) else train[source]
            kept += examples(source, row, known)
    return train, held_out


def batches(chosen: list[Example], rng: random.Random) -> list[list[Example]]:
    """Return batches of about `TOKENS_A_STEP` tokens, windows of like length together."""
    shuffled = sorted(chosen, key=lambda e: e.length + rng.random() * 60)
    out: list[list[Example]] = [[]]
    for example in shuffled:
        if out[-1] and (len(out[-1]) + 1) * max(example.length, out[-1][-1].length) > TOKENS_A_STEP:
            out.append([])
        out[-1].append(example)
    rng.shuffle(out)
    return out


def epoch_batches(train: dict[str, list[Example]], epoch: int, mixed: int, seed: int) -> list[list[Example]]:
    """Return one epoch; from epoch `mixed` on it holds the reference reports alone."""
    rng = random.Random(seed * 1000 + epoch)
    chosen: list[list[Example]] = []
    for source, members in train.items():
        if source in CORE or epoch < mixed:
            part = rng.sample(members, round(len(members) * SHARES[source]))
            chosen += batches(part, rng)
    rng.shuffle(chosen)
    return chosen


def pooled(words: Tensor, bounds: Sequence[tuple[int, ...]]) -> Tensor:
    """Return the mean of the words from first to last, both included, for each pair of bounds."""
    sums = torch.cat([torch.zeros(1, words.shape[1]), words.cumsum(0)])
    first = torch.tensor([b[0] for b in bounds])
    last = torch.tensor([b[1] for b in bounds]) + 1
    return (sums[last] - sums[first]) / (last - first).unsqueeze(1)


def losses(model: ReaderModel, data: Batch) -> dict[str, Tensor]:
    """Return the loss of each head that the batch has targets for."""
    states = model.encoder(data.ids, data.mask)
    words = model.dropout(states[data.word_row, data.word_token])
    out: dict[str, Tensor] = {}
    if (data.tags != UNKNOWN).any():
        out["tags"] = tag_loss(model.tags(words), data.tags)
    sentences = torch.cat([pooled(words, data.sentences), data.positions], dim=1)
    scores = model.sentence(sentences)
    for name, logits, target in (("told", scores[:, 0], data.told), ("police", scores[:, 1:], data.police)):
        known = target != UNKNOWN
        if known.any():
            out[name] = functional.binary_cross_entropy_with_logits(logits[known], target[known].float())
    if data.spans:
        described = torch.cat([pooled(words, data.spans), sentences[[s for *_, s in data.spans]]], dim=1)
        out |= span_losses(model, described, data)
    return out


def tag_loss(logits: Tensor, target: Tensor) -> Tensor:
    """Return the cross-entropy of a word's tags, summed over the roles."""
    flat = functional.cross_entropy(
        logits.view(-1, 3), target.reshape(-1), weight=TAG_WEIGHTS, ignore_index=UNKNOWN, reduction="sum"
    )
    return flat / (target != UNKNOWN).any(dim=1).sum()


def span_losses(model: ReaderModel, described: Tensor, data: Batch) -> dict[str, Tensor]:
    out: dict[str, Tensor] = {}
    parts = model.choices(described).split([len(v) for v in SPAN_VOCABULARIES.values()], dim=1)
    told = [
        functional.cross_entropy(part[known], target[known], reduction="sum")
        for part, target in zip(parts, data.choices.T, strict=True)
        if (known := target != UNKNOWN).any()
    ]
    if told:
        out["choices"] = torch.stack(told).sum() / len(data.spans)
    if data.pairs:
        one, other = (torch.tensor(side) for side in zip(*data.pairs, strict=True))
        logits = model.links(described, one, other, data.between)
        out["links"] = functional.binary_cross_entropy_with_logits(logits, data.linked)
    return out


@torch.no_grad()
def held_out_losses(model: ReaderModel, held_out: list[Example]) -> dict[str, float]:
    model.eval()
    sums: dict[str, list[float]] = {}
    for members in batches(held_out, random.Random(0)):
        for name, loss in losses(model, batch(members)).items():
            sums.setdefault(name, []).append(float(loss))
    model.train()
    return {name: sum(values) / len(values) for name, values in sums.items()}


def optimizer(model: ReaderModel, rate: float) -> torch.optim.AdamW:
    """Return AdamW with the encoder at `rate` and the heads at ten times of it."""
    inside = [p for p in model.encoder.parameters() if p.requires_grad]
    heads = [p for name, p in model.named_parameters() if not name.startswith("encoder.")]
    groups = [{"params": inside, "lr": rate}, {"params": heads, "lr": rate * 10}]
    return torch.optim.AdamW(groups, weight_decay=0.01)


def run(arguments: argparse.Namespace) -> None:
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(arguments.threads)
    train, held_out = load(arguments.prepared)
    print({name: len(members) for name, members in train.items()}, "held out", len(held_out), flush=True)
    model = pretrained(model_folder())
    if arguments.start:
        model.load_state_dict(torch.load(arguments.start)["model"])
    model.encoder.freeze(arguments.freeze)
    model.train()
    plan = [epoch_batches(train, e, arguments.mixed, arguments.seed) for e in range(arguments.epochs)]
    steps = sum(map(len, plan))
    teacher = optimizer(model, arguments.rate)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        teacher,
        [arguments.rate, arguments.rate * 10],
        total_steps=steps + 1,
        pct_start=0.1,
        anneal_strategy="linear",
    )
    begun, best = resume(arguments.out, model, teacher, schedule)
    for epoch in range(begun, arguments.epochs):
        seen = one_epoch(model, plan[epoch], teacher, schedule, epoch)
        told = held_out_losses(model, held_out)
        total = sum(told.values())
        show = " ".join(f"{name} {value:.3f}" for name, value in told.items())
        print(f"epoch {epoch} {seen:.0f}s held out {total:.3f} ({show})", flush=True)
        if total < best:
            best = total
            torch.save(model.state_dict(), arguments.out / "best.pt")
        state = {
            "model": model.state_dict(),
            "teacher": teacher.state_dict(),
            "schedule": schedule.state_dict(),
        }
        torch.save({**state, "epoch": epoch + 1, "best": best}, arguments.out / "last.pt")


def resume(out: Path, model: ReaderModel, *others: Any) -> tuple[int, float]:
    """Return the epoch to go on from and the best loss so far."""
    out.mkdir(parents=True, exist_ok=True)
    saved = out / "last.pt"
    if not saved.exists():
        return 0, float("inf")
    state = torch.load(saved)
    model.load_state_dict(state["model"])
    for other, name in zip(others, ("teacher", "schedule"), strict=True):
        other.load_state_dict(state[name])
    return state["epoch"], state["best"]


def one_epoch(
    model: ReaderModel,
    members: list[list[Example]],
    teacher: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LRScheduler,
    epoch: int,
) -> float:
    """Train on the batches once; return the seconds that took."""
    begun = time.monotonic()
    sums: dict[str, float] = {}
    for step, group in enumerate(members, 1):
        found = losses(model, batch(group))
        teacher.zero_grad()
        torch.stack(list(found.values())).sum().backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        teacher.step()
        schedule.step()
        for name, loss in found.items():
            value = float(loss.detach())
            sums[name] = 0.95 * sums.get(name, value) + 0.05 * value
        if step % 20 == 0:
            show = " ".join(f"{name} {value:.3f}" for name, value in sums.items())
            print(f"  {epoch}.{step}/{len(members)} {time.monotonic() - begun:.0f}s {show}", flush=True)
    return time.monotonic() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("prepared", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--mixed", type=int, default=3, help="epochs that see the other sets too")
    parser.add_argument("--start", type=Path, help="last.pt of an earlier run whose weights to begin with")
    parser.add_argument("--freeze", type=int, default=1, help="lowest layers that stay as published")
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    run(parser.parse_args())


if __name__ == "__main__":
    main()
