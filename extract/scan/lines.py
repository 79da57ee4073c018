"""Lines of text on a sheet: their pictures, their characters in place, what they may say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from extract.pdf.page import Char
from extract.scan.decoding import Placed, steps_to_candidates, steps_to_placed
from extract.scan.digits import signs_to_figures
from extract.scan.figures import MOST, Candidates, as_figure, in_order, with_figures
from extract.scan.ink import Box
from extract.scan.pictures import Dots
from extract.scan.recognition import Recognised
from extract.scan.words import Known, placed_to_known

_ABOVE, _BESIDE = 0.2, 0.35
"""White around a line, in heights of it: the network expects some."""
_HALF = 0.6
"""Heights of a line by which a character reaches to either side at most."""
_LONGEST_SHORT = 14
"""A longer text is no figure."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a line says: its text, characters in their places along it, and candidates.

    `likelihood` is the mean of its characters', by which long texts are judged.
    `spans` are (character, from, to) in dots from the line's left side.
    """

    text: str
    likelihood: float
    spans: tuple[tuple[str, float, float], ...]
    candidates: Candidates


def line_to_picture(dots: Dots, box: Box, size: float) -> Dots:
    """The line with white around it, no smaller than a character, so that marks stay small."""
    part = dots[box.y0 : box.y1, box.x0 : box.x1]
    high = max(box.height, round(0.9 * size))
    above = (high - box.height) // 2 + round(_ABOVE * high)
    below = high - box.height - (high - box.height) // 2 + round(_ABOVE * high)
    beside = margin_beside(box, size)
    return np.pad(part, ((above, below), (beside, beside)), constant_values=255)


def margin_beside(box: Box, size: float) -> int:
    """The white at either side of a line's picture, in dots."""
    return round(_BESIDE * max(box.height, round(0.9 * size)))


def recognised_to_said(recognised: Recognised, box: Box, size: float) -> Said:
    """The line's text and candidates; all in its own dots."""
    placed = steps_to_placed(recognised.steps)
    text = "".join(p.text for p in placed)
    likelihood = sum(p.likelihood for p in placed) / max(len(placed), 1)
    short = len(text.strip()) <= _LONGEST_SHORT
    if not text.strip() or (short and as_figure(text) is not None):
        candidates = with_figures(steps_to_candidates(recognised.steps, 2 * MOST))
    else:
        candidates = in_order([(text.strip(), likelihood)])
    spans = _spans(placed, recognised.width, box, margin_beside(box, size))
    return Said(text, likelihood, spans, candidates)


def recognised_to_known(recognised: Recognised, box: Box, size: float) -> tuple[Said, Known] | None:
    """The line with the words of the usual label that it may be, and that label."""
    known = placed_to_known(steps_to_placed(recognised.steps), recognised.steps)
    if known is None:
        return None
    text = "".join(p.text for p in known.placed)
    likelihood = sum(p.likelihood for p in known.placed) / len(known.placed)
    spans = _spans(known.placed, recognised.width, box, margin_beside(box, size))
    return Said(text, likelihood, spans, in_order([(text.strip(), likelihood)])), known


def recognised_to_figures(recognised: Recognised) -> dict[str, float]:
    """The figures that a line may be, were it one, with their likelihoods."""
    return signs_to_figures(recognised.signs)


def _spans(
    placed: Sequence[Placed], width: float, box: Box, margin: int
) -> tuple[tuple[str, float, float], ...]:
    """Each character from midway to the one before it to midway to the one after it."""
    middles = [(p.start + p.stop) / 2 * width - margin for p in placed]
    reach = _HALF * box.height
    spans = []
    for i, (one, x) in enumerate(zip(placed, middles, strict=True)):
        left = x - reach if i == 0 else max(x - reach, (middles[i - 1] + x) / 2)
        right = x + reach if i == len(middles) - 1 else min(x + reach, (x + middles[i + 1]) / 2)
        left, right = max(left, 0.0), min(right, float(box.width))
        spans.append((one.text, min(left, right), max(left, right)))
    return tuple(spans)


def text_to_spans(text: str, box: Box) -> tuple[tuple[str, float, float], ...]:
    """The characters of a text evenly along the line."""
    step = box.width / max(len(text), 1)
    return tuple((c, i * step, (i + 1) * step) for i, c in enumerate(text))


def spans_to_chars(spans: Sequence[tuple[str, float, float]], box: Box, scale: float) -> list[Char]:
    """The characters in points on the sheet."""
    top, bottom = box.y0 / scale, box.y1 / scale
    return [
        Char(text, (box.x0 + left) / scale, top, (box.x0 + right) / scale, bottom)
        for text, left, right in spans
    ]
