"""The process that draws cells enlarged: a hostile document takes only this one down.

It reads questions from standard input and writes answers to standard output, each with a head of
fixed size.
"""

from __future__ import annotations

import struct
import sys
from typing import BinaryIO

from explore.painter import PICTURE, PROBLEM, limit_memory

QUESTION = struct.Struct(">IIddddQ")
"""Page, pixels of width, the box in points, and how many bytes of the document follow."""

ANSWER = struct.Struct(">cddddQ")
"""One of the painter's kinds, the box that is shown, and how many bytes follow."""


def draw_for(questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer until nobody asks any more."""
    while head := questions.read(QUESTION.size):
        page, pixels, x0, top, x1, bottom, length = QUESTION.unpack(head)
        kind, box, body = _answer(questions.read(length), page, (x0, top, x1, bottom), pixels)
        answers.write(ANSWER.pack(kind, *box, len(body)) + body)
        answers.flush()


def _answer(
    data: bytes, page: int, box: tuple[float, float, float, float], pixels: int
) -> tuple[bytes, tuple[float, float, float, float], bytes]:
    from extract.errors import ExtractError
    from extract.page_crop import bytes_to_page_crop

    try:
        drawn = bytes_to_page_crop(data, page, box, pixels)
    except ExtractError as error:
        return PROBLEM, box, str(error).encode()
    return PICTURE, drawn.box, drawn.png


if __name__ == "__main__":
    limit_memory()
    draw_for(sys.stdin.buffer, sys.stdout.buffer)
