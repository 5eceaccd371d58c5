"""Draw how often probabilities came true: `python -m training.reader.plot FOLDER DOCS REFERENCE > PLOT`."""

from __future__ import annotations

import argparse
from pathlib import Path

from training.reader.evaluate import BINS, Reliability, measured

SIDE, EDGE = 260, 36  # pixels of the square, and around it


def svg(found: Reliability) -> str:
    """Return the plot: a dot a tenth of probability, as large as what it stands for, beside the diagonal."""
    most = max(found.number)
    dots = [
        f'<circle cx="{EDGE + SIDE * found.given[at] / number:.1f}" '
        f'cy="{EDGE + SIDE * (1 - found.true[at] / number):.1f}" r="{3 + 7 * number / most:.1f}"/>'
        for at, number in enumerate(found.number)
        if number
    ]
    whole = SIDE + 2 * EDGE
    ticks = [
        f'<text x="{EDGE + SIDE * n / BINS:.0f}" y="{whole - 20}" text-anchor="middle">{n / BINS}</text>'
        f'<text x="{EDGE - 6}" y="{EDGE + SIDE * (1 - n / BINS) + 4:.0f}" text-anchor="end">{n / BINS}</text>'
        for n in range(0, BINS + 1, 2)
    ]
    head = f'width="{whole}" height="{whole}" font-family="sans-serif" font-size="11"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {head}>',
            f'<rect width="{whole}" height="{whole}" fill="white"/>',
            f'<rect x="{EDGE}" y="{EDGE}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#999"/>',
            f'<path d="M{EDGE} {EDGE + SIDE}L{EDGE + SIDE} {EDGE}" stroke="#bbb" stroke-dasharray="4 4"/>',
            f'<g fill="#2563a8" fill-opacity="0.8">{"".join(dots)}</g>',
            *ticks,
            f'<text x="{EDGE + SIDE / 2:.0f}" y="{whole - 4}" text-anchor="middle">probability given</text>',
            f'<text x="{EDGE}" y="{EDGE - 10}">share that came true</text>',
            "</svg>",
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("docs", type=Path)
    parser.add_argument("reference", type=Path)
    arguments = parser.parse_args()
    *_, reliability = measured(arguments.folder, arguments.docs, arguments.reference)
    print(svg(reliability))


if __name__ == "__main__":
    main()
