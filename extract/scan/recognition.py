"""Pictures of lines -> for each place along a line, how likely each character is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from extract.scan.decoding import Step
from extract.scan.digits import Floats, answers_to_signs
from extract.scan.models import load_recognition
from extract.scan.pictures import Dots

_HEIGHT = 48
"""Dots; the network was made for lines of this height."""
_STEP = 8
"""It gives one answer for so many dots along the line."""
_NARROWEST = 48
_WIDEST = 3200
_MOST_WIDTH = 1024
"""Dots of all lines of a batch, which set the memory that it takes."""
_LEAST = 1e-4
_MOST_CHOICES = 40
"""Characters less likely than the one at a place are not kept, nor more of them than the other."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """`steps` along a picture of a line; `width` is how many of its dots one of them covers.

    `signs` are the likelihoods of `digits.SIGNS` at each step.
    """

    steps: tuple[Step, ...]
    width: float
    signs: Floats


def lines_to_recognised(lines: Sequence[Dots]) -> list[Recognised]:
    """Each picture recognised, in the order given; pictures are grey with ink dark on white.

    Lines of like width go together, so that little of the work is for nothing.
    """
    network, characters = load_recognition()
    name = network.get_inputs()[0].name
    scaled = [_to_height(line) for line in lines]
    order = sorted(range(len(lines)), key=lambda i: scaled[i].shape[1])
    found: list[Recognised | None] = [None] * len(lines)
    for batch in _batches(order, [picture.shape[1] for picture in scaled]):
        width = max(scaled[i].shape[1] for i in batch)
        width = (width + _STEP - 1) // _STEP * _STEP
        stack = np.ones((len(batch), 1, _HEIGHT, width), np.float32)
        for place, i in enumerate(batch):
            picture = scaled[i]
            stack[place, 0, :, : picture.shape[1]] = picture / 127.5 - 1.0
        answers = network.run(None, {name: np.repeat(stack, 3, axis=1)})[0]
        for place, i in enumerate(batch):
            steps = min(-(-scaled[i].shape[1] // _STEP) + 1, answers.shape[1])
            per_step = _STEP * lines[i].shape[1] / scaled[i].shape[1]
            own = answers[place, :steps]
            signs = answers_to_signs(own, characters)
            found[i] = Recognised(_answers_to_steps(own, characters), per_step, signs)
    return [one for one in found if one is not None]


def _to_height(line: Dots) -> Dots:
    rows, columns = line.shape
    width = min(max(round(columns * _HEIGHT / rows), 8), _WIDEST)
    way = cv2.INTER_AREA if rows > _HEIGHT else cv2.INTER_CUBIC
    picture = np.asarray(cv2.resize(line, (width, _HEIGHT), interpolation=way), dtype=np.uint8)
    if width < _NARROWEST:
        picture = np.pad(picture, ((0, 0), (0, _NARROWEST - width)), constant_values=255)
    return picture


def _batches(order: Sequence[int], widths: Sequence[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    for i in order:
        if batch and (len(batch) + 1) * widths[i] > _MOST_WIDTH:
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch


def _answers_to_steps(answers: Floats, characters: Sequence[str]) -> tuple[Step, ...]:
    steps: list[Step] = []
    best = answers.argmax(axis=1)
    for row, top in zip(answers, best, strict=True):
        sure = float(row[top])
        if sure > 1 - 10 * _LEAST:
            steps.append(Step(((characters[top], sure),)))
            continue
        likely = np.flatnonzero(row > _LEAST)
        ordered = likely[np.argsort(-row[likely])][:_MOST_CHOICES]
        steps.append(Step(tuple((characters[i], float(row[i])) for i in ordered)))
    return tuple(steps)
