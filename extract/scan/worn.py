"""Lines of text that are hardly legible, read from several pictures of them."""

from __future__ import annotations

from collections.abc import Sequence

from extract.scan.figures import as_figure, mean_of
from extract.scan.lines import recognised_to_known, recognised_to_said
from extract.scan.looks import Look, Looks
from extract.scan.read_line import ReadLine, lines_in_look
from extract.scan.recognition import Recognised

_SURE = 0.95
"""A text whose characters are less likely than this is hardly legible."""
_SHORT = 4
"""Characters of a label that is looked at once more."""


def is_worn(line: ReadLine) -> bool:
    """Whether the line is a text, or nothing, that is hardly legible."""
    if line.said is None or line.said.likelihood >= _SURE:
        return False
    return not line.candidates or as_figure(line.candidates[0][0]) is None


def read_worn(worn: Sequence[tuple[ReadLine, Recognised]], looks: Looks) -> None:
    """Lines as they are likelier, plain or softened, with the words of usual labels.

    What may be a figure is the mean of both; short labels that are none of the usual ones are
    looked at once more.
    """
    softened = lines_in_look([line for line, _ in worn], looks.softened)
    again: list[ReadLine] = []
    for (line, plain), soft in zip(worn, softened, strict=True):
        other = recognised_to_said(soft, line.box, looks.softened.size)
        if other.candidates and as_figure(other.candidates[0][0]) is not None:
            line.candidates = mean_of((line.candidates, other.candidates))
            continue
        if line.said is not None and other.likelihood > line.said.likelihood:
            line.said, line.candidates = other, other.candidates
        _take_for_known(line, ((plain, looks.first), (soft, looks.softened)))
        if not line.known and 1 < len(line.said.text if line.said else "") <= _SHORT:
            again.append(line)
    for line, seen in zip(again, lines_in_look(again, looks.narrowed), strict=True):
        _take_for_known(line, ((seen, looks.narrowed),))


def _take_for_known(line: ReadLine, seen: Sequence[tuple[Recognised, Look]]) -> None:
    """Gives the line the words of the usual label that it is in one look or in several."""
    known = [
        found
        for recognised, look in seen
        if (found := recognised_to_known(recognised, line.box, look.size)) is not None
    ]
    if known and len({found.word for _, found in known}) == 1:
        line.said, _ = min(known, key=lambda one: one[1].cost)
        line.candidates, line.known = line.said.candidates, True
