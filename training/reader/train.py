"""Train the reader: `python -m training.reader.train PREPARED OUT [--epochs N] [--seed N]`.

PREPARED is what `training.reader.data` wrote. The run saves OUT/last.pt after every epoch and goes on
from it when started again; OUT/best.pt is the epoch with the lowest loss on the part of the
reference training reports that is held out, OUT/mean.pt a moving mean of the weights. Two seeds give two
models; one seed gives one.
"""

from __future__ import annotations

import argparse
import random
import time
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, cast

import torch
from tokenizers import Tokenizer as FastTokenizer
from torch import Tensor, nn
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from dateline.extract.reading import VOCABULARIES
from dateline.extract.windows import Tokenizer
from training.reader.data import read
from training.reader.examples import UNKNOWN, Batch, Example, Pairs, batch, examples
from training.reader.model import Linker, ReaderModel, model_folder, pretrained

# The share of each set that one epoch sees; the reference reports are what counts.
SHARES = {
    "reference": 1.0,
    "invented": 1.0,
    "annotated": 1.0,
    "written": 1.0,
    "muc4": 1.0,
    "attribution": 1.0,
    "india": 1.0,
    "wikievents": 0.7,
    "m2e2": 0.7,
}
CORE = ("reference", "invented", "annotated", "written")
TAG_WEIGHTS = torch.tensor([1.0, 1.3, 1.1])  # a missed span costs more than a false one
ROLE_WEIGHT = 1.5  # and so does a missed role
MASK, LAST_SPECIAL = 103, 999  # ids of the published tokenizer: [MASK], and the last before the words
MASKED = 0.1  # share of the tokens that are hidden, so that names are not learned by heart
SMOOTHED = 0.1  # of the probability of a choice that is spread over the others
WITHHELD = 0.15  # share of candidates that are learned from without the finders' features
# How much the losses weigh; those not named weigh 1.
LOSS_WEIGHTS = {"roles": 3.0, "joins": 2.0, "police": 4.0}
POLICE_WEIGHT = 3.0  # a police action that is passed over; they are rare
TOKENS_A_STEP = 1600
WEIGHT_DECAY = 0.02
MEAN_OF = 0.998  # share of what it was that a step leaves of the mean of the weights
HALVES = torch.ops.mkldnn._is_mkldnn_bf16_supported()  # elsewhere bf16 is emulated, 13 times slower than fp32


def tokenizer() -> Tokenizer:
    """Return the encoder's tokenizer without the padding and truncation that its file asks for."""
    loaded = FastTokenizer.from_file(str(model_folder() / "tokenizer.json"))
    loaded.no_padding()
    loaded.no_truncation()
    return cast(Tokenizer, loaded)


def is_held_out(source: str, row: dict[str, Any]) -> bool:
    """Return whether a row serves for choosing the model: one in eight, told by its id."""
    return source in CORE and zlib.crc32(row["id"].encode()) % 8 == 0


def load(
    prepared: Path, sets: Iterable[str], everything: bool = False
) -> tuple[dict[str, list[Example]], list[Example]]:
    """Return the training examples of each set, and those held out; of `everything` they are in both."""
    known = tokenizer()
    train: dict[str, list[Example]] = {}
    held_out: list[Example] = []
    for source in sets:
        train[source] = []
        for row in read(prepared / f"{source}.jsonl.gz"):
            if row.get("held_out"):
                continue
            found = list(examples(source, row, known))
            if is_held_out(source, row):
                held_out += found
            if everything or not is_held_out(source, row):
                train[source] += found
    return train, held_out


def batches(chosen: list[Example], rng: random.Random) -> list[list[Example]]:
    """Return batches of about `TOKENS_A_STEP` tokens, documents of like length together."""
    shuffled = sorted(chosen, key=lambda e: e.longest + rng.random() * 60)
    out: list[list[Example]] = [[]]
    for example in shuffled:
        grown = [*out[-1], example]
        tokens = sum(len(e.windows) for e in grown) * max(e.longest for e in grown)
        if out[-1] and tokens > TOKENS_A_STEP:
            out.append([])
        out[-1].append(example)
    rng.shuffle(out)
    return out


def epoch_batches(
    train: dict[str, list[Example]], shares: dict[str, float], epoch: int, seed: int
) -> list[list[Example]]:
    """Return one epoch: of each set its share, drawn anew."""
    rng = random.Random(seed * 1000 + epoch)
    chosen: list[list[Example]] = []
    for source, members in train.items():
        part = rng.sample(members, round(len(members) * shares[source]))
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
    ids = masked(data.ids) if model.training else data.ids
    features = withheld(data.features, model.training)
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=HALVES):
        states = model.encoder(ids, data.mask, marks(model, features, data))
    words = model.dropout(states.float()[data.word_row, data.word_token])
    out: dict[str, Tensor] = {}
    if (data.tags != UNKNOWN).any():
        out["tags"] = tag_loss(model.tags(words), data.tags)
    sentences = torch.cat([pooled(words, data.sentences), data.positions], dim=1)
    scores = model.sentence(sentences)
    asked = (("told", scores[:, 0], data.told, 1.0), ("police", scores[:, 1:], data.police, POLICE_WEIGHT))
    for name, logits, target, weight in asked:
        known = target != UNKNOWN
        if known.any():
            out[name] = functional.binary_cross_entropy_with_logits(
                logits[known], target[known].float(), pos_weight=torch.tensor(weight)
            )
    if data.spans:
        out |= span_losses(model, described(words, sentences, data.spans), data)
    if data.candidates:
        weighed = torch.cat([described(words, sentences, data.candidates), features], dim=1)
        out |= candidate_losses(model, weighed, data)
    return out


def masked(ids: Tensor) -> Tensor:
    """Return token ids with some of them hidden, none of the frame's."""
    hidden = (torch.rand(ids.shape) < MASKED) & (ids > LAST_SPECIAL)
    return ids.masked_fill(hidden, MASK)


def described(words: Tensor, sentences: Tensor, spans: Sequence[tuple[int, int, int]]) -> Tensor:
    """Return for each span its own words, and its sentence."""
    return torch.cat([pooled(words, spans), sentences[[s for *_, s in spans]]], dim=1)


def tag_loss(logits: Tensor, target: Tensor) -> Tensor:
    """Return the cross-entropy of a word's tags, summed over the roles."""
    flat = functional.cross_entropy(
        logits.view(-1, 3), target.reshape(-1), weight=TAG_WEIGHTS, ignore_index=UNKNOWN, reduction="sum"
    )
    return flat / (target != UNKNOWN).any(dim=1).sum()


def span_losses(model: ReaderModel, spans: Tensor, data: Batch) -> dict[str, Tensor]:
    out: dict[str, Tensor] = {}
    if (data.muc != UNKNOWN).any():
        out["muc"] = functional.cross_entropy(model.muc(spans), data.muc, ignore_index=UNKNOWN)
    if len(data.linked.linked):
        out["links"] = linked_loss(model.link, spans, data.linked)
    return out


def withheld(features: Tensor, training: bool) -> Tensor:
    """Return the finders' features, those of some candidates withheld."""
    kept = functional.dropout(torch.ones(len(features), 1), WITHHELD, training)
    return features * (kept * (1 - WITHHELD) if training else kept)


def marks(model: ReaderModel, features: Tensor, data: Batch) -> Tensor | None:
    """Return what is known of the candidates at each token, None where there are none."""
    if not data.candidates:
        return None
    known = model.marks(features).float()
    at = [
        (row, word) for row, (first, last, _) in enumerate(data.candidates) for word in range(first, last + 1)
    ]
    rows, words = (torch.tensor(column) for column in zip(*at, strict=True))
    out = torch.zeros(*data.ids.shape, known.shape[1])
    return out.index_put((data.word_row[words], data.word_token[words]), known[rows], accumulate=True)


def candidate_losses(model: ReaderModel, weighed: Tensor, data: Batch) -> dict[str, Tensor]:
    """Return the losses of roles, choices and joins."""
    roles, choices = model.weigh(weighed)
    known = data.roles != UNKNOWN
    one_by_one = functional.binary_cross_entropy_with_logits(
        roles[known], data.roles[known].float(), pos_weight=torch.tensor(ROLE_WEIGHT), reduction="sum"
    )
    out = {"roles": one_by_one / len(weighed)}
    smoothing = SMOOTHED if model.training else 0.0
    parts = choices.split([len(v) for v in VOCABULARIES.values()], dim=1)
    told = [
        functional.cross_entropy(part[asked], target[asked], reduction="sum", label_smoothing=smoothing)
        for part, target in zip(parts, data.choices.T, strict=True)
        if (asked := target != UNKNOWN).any()
    ]
    if told:
        out["choices"] = torch.stack(told).sum() / (data.choices != UNKNOWN).any(dim=1).sum()
    if len(data.joined.linked):
        logits = joined_logits(model.join, weighed, data.joined)
        out["joins"] = functional.binary_cross_entropy_with_logits(logits, data.joined.linked)
        if len(data.antecedents):
            out["ranks"] = ranking_loss(logits, data.joined.linked, data.antecedents)
    return out


def ranking_loss(logits: Tensor, linked: Tensor, antecedents: Tensor) -> Tensor:
    """Return how far each part of a core is from its own incident, or from opening one.

    It chooses among the parts before it and none of them, whose logit is 0; any part of its incident is
    right (mention ranking; Durrett and Klein 2013).
    """
    known = antecedents >= 0
    scores = logits[antecedents.clamp(min=0)].masked_fill(~known, float("-inf"))
    right = known & (linked[antecedents.clamp(min=0)] > 0)
    opens = (~right.any(dim=1, keepdim=True)).float().log()
    total = torch.cat([torch.zeros(len(scores), 1), scores], dim=1).logsumexp(dim=1)
    own = torch.cat([opens, scores.masked_fill(~right, float("-inf"))], dim=1).logsumexp(dim=1)
    return (total - own).mean()


def linked_loss(linker: Linker, described: Tensor, pairs: Pairs) -> Tensor:
    logits = joined_logits(linker, described, pairs)
    return functional.binary_cross_entropy_with_logits(logits, pairs.linked)


def joined_logits(linker: Linker, described: Tensor, pairs: Pairs) -> Tensor:
    logits: Tensor = linker(described, pairs.one, pairs.other, pairs.between)
    return logits


@torch.no_grad()
def held_out_losses(model: ReaderModel, held_out: list[Example]) -> dict[str, float]:
    model.eval()
    sums: dict[str, list[float]] = {}
    for members in batches(held_out, random.Random(0)) if held_out else ():
        for name, loss in losses(model, batch(members)).items():
            sums.setdefault(name, []).append(float(loss))
    model.train()
    return {name: sum(values) / len(values) for name, values in sums.items()}


def optimizer(model: ReaderModel, rate: float) -> torch.optim.AdamW:
    """Return AdamW with the encoder at `rate` and the heads at ten times of it."""
    inside = [p for p in model.encoder.parameters() if p.requires_grad]
    heads = [p for name, p in model.named_parameters() if not name.startswith("encoder.")]
    groups = [{"params": inside, "lr": rate}, {"params": heads, "lr": rate * 5}]
    return torch.optim.AdamW(groups, weight_decay=WEIGHT_DECAY)


def run(arguments: argparse.Namespace) -> None:
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(arguments.threads)
    train, held_out = load(arguments.prepared, arguments.sets, arguments.everything)
    print({name: len(members) for name, members in train.items()}, "held out", len(held_out), flush=True)
    model = pretrained(model_folder(), arguments.dropout)
    if arguments.start:
        begin_with(model, torch.load(arguments.start)["model"])
    model.encoder.freeze(arguments.freeze)
    model.train()
    plan = [epoch_batches(train, arguments.sets, e, arguments.seed) for e in range(arguments.epochs)]
    steps = sum(map(len, plan))
    teacher = optimizer(model, arguments.rate)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        teacher,
        [arguments.rate, arguments.rate * 5],
        total_steps=steps + 1,
        pct_start=0.1,
        anneal_strategy="linear",
    )
    begun, best = resume(arguments.out, model, teacher, schedule)
    mean = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(MEAN_OF))
    for epoch in range(begun, arguments.epochs):
        seen = one_epoch(model, plan[epoch], teacher, schedule, epoch, mean)
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
        torch.save({"model": mean.module.state_dict()}, arguments.out / "mean.pt")


def begin_with(model: ReaderModel, weights: dict[str, Tensor]) -> None:
    """Take over the weights of an earlier run; heads that have another shape now begin afresh."""
    shapes = {name: tensor.shape for name, tensor in model.state_dict().items()}
    fitting = {name: tensor for name, tensor in weights.items() if shapes.get(name) == tensor.shape}
    model.load_state_dict(fitting, strict=False)
    print("fresh:", sorted(set(shapes) - set(fitting)), flush=True)


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
    mean: AveragedModel,
) -> float:
    """Train on the batches once; return the seconds that took."""
    begun = time.monotonic()
    sums: dict[str, float] = {}
    for step, group in enumerate(members, 1):
        found = losses(model, batch(group))
        teacher.zero_grad()
        torch.stack([LOSS_WEIGHTS.get(name, 1.0) * loss for name, loss in found.items()]).sum().backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        teacher.step()
        schedule.step()
        mean.update_parameters(model)
        for name, loss in found.items():
            value = float(loss.detach())
            sums[name] = 0.95 * sums.get(name, value) + 0.05 * value
        if step % 50 == 0:
            show = " ".join(f"{name} {value:.3f}" for name, value in sums.items())
            print(f"  {epoch}.{step}/{len(members)} {time.monotonic() - begun:.0f}s {show}", flush=True)
    return time.monotonic() - begun


def shares(told: str) -> dict[str, float]:
    """Return the shares of sets told as "reference=1,muc4=0.5"."""
    return {name: float(share) for name, share in (part.split("=") for part in told.split(","))}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("prepared", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--sets", type=shares, default=SHARES, help="share of each set that an epoch sees")
    parser.add_argument("--everything", action="store_true", help="learn from the held out reports too")
    parser.add_argument("--start", type=Path, help="last.pt of an earlier run whose weights to begin with")
    parser.add_argument("--freeze", type=int, default=1, help="lowest layers that stay as published")
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    run(parser.parse_args())


if __name__ == "__main__":
    main()
