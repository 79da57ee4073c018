"""The process that draws pages: PDFium may fail or hang on a file and takes only this one down.

It reads questions from standard input and writes answers to standard output, each with a head of
fixed size, so that nothing it may be made to say by a hostile document is taken for more than a
picture or a text. Page 0 asks for the sizes of all pages.
"""

from __future__ import annotations

import struct
import sys
from typing import BinaryIO

QUESTION = struct.Struct(">IQ")
"""The page's number, and how many bytes of the document follow."""

ANSWER = struct.Struct(">cddQ")
"""One of the kinds below, width and height in points, and how many bytes follow."""

PICTURE, SIZES, PROBLEM = b"P", b"S", b"X"
"""A PNG file; pairs of doubles; why nothing could be drawn, in UTF-8."""

SIZE = struct.Struct(">dd")

MOST_MEMORY = 2 * 1024**3
"""Bytes of the process."""

DOTS_PER_INCH = 110.0
"""At this the small print of a table can be read, and a page is drawn in some hundredths of a
second."""


def draw_for(questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer until nobody asks any more."""
    while head := questions.read(QUESTION.size):
        page, length = QUESTION.unpack(head)
        kind, width, height, body = _answer(questions.read(length), page)
        answers.write(ANSWER.pack(kind, width, height, len(body)) + body)
        answers.flush()


def _answer(data: bytes, page: int) -> tuple[bytes, float, float, bytes]:
    from extract.errors import ExtractError
    from extract.page_image import bytes_to_page_image, bytes_to_page_sizes

    try:
        if page == 0:
            sizes = bytes_to_page_sizes(data)
            return SIZES, 0.0, 0.0, b"".join(SIZE.pack(*size) for size in sizes)
        drawn = bytes_to_page_image(data, page, DOTS_PER_INCH)
    except ExtractError as error:
        return PROBLEM, 0.0, 0.0, str(error).encode()
    return PICTURE, drawn.width, drawn.height, drawn.png


def limit_memory() -> None:
    """Let a document that unpacks to more than MOST_MEMORY end this process alone."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


if __name__ == "__main__":
    limit_memory()
    draw_for(sys.stdin.buffer, sys.stdout.buffer)
