"""pdfium's functions without the checks that ctypes makes on every argument.

The checks take four times as long as the calls themselves, and a page needs some thousand
calls. In return every pointer must be passed as a `Handle` or by reference. The interpreter's
lock is kept during a call: to let go of it takes a tenth of the time, and pdfium may not be
called from two threads anyway. Where one function is called for all characters or objects of a
page, `Slots` and `map` keep the loop itself out of Python.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable
from typing import Any

import pypdfium2.raw as pdfium


class Handle(ctypes.c_void_p):
    """A page, a text page, a page object or a part of one; its `value` is None for none."""

    __slots__ = ()


Reference = object
"""What `ctypes.byref` makes."""


def quick(function: Any, returns: Any = ctypes.c_int) -> Callable[..., Any]:
    """The function for calls with handles, plain integers and references."""
    return ctypes.PYFUNCTYPE(returns)(_address(function))


def reference_to(pointer: Any) -> Reference:
    """The quickest form for a pointer that one of pypdfium2's own functions returned."""
    return ctypes.byref(ctypes.c_char.from_address(_address(pointer)))


def _address(pointer: Any) -> int:
    address = ctypes.cast(pointer, ctypes.c_void_p).value
    if address is None:
        raise OSError("pdfium lacks something that this program needs")
    return address


BATCH = 256
"""So many calls are made in a row."""


class Slots:
    """Room for the numbers that a function writes through its last arguments, call after call."""

    def __init__(self, kind: Any, width: int) -> None:
        columns = [(kind * BATCH)() for _ in range(width)]
        size = ctypes.sizeof(kind)
        self._references = [[ctypes.byref(c, size * i) for i in range(BATCH)] for c in columns]
        self._views = [memoryview(c).cast("B").cast(kind._type_) for c in columns]

    def filled(
        self, function: Callable[..., int], count: int, *arguments: Iterable[object]
    ) -> list[list[Any]]:
        """What so many calls return, and a list for each number that they write.

        `count` is at most BATCH; `arguments` are the function's other ones, for every call.
        """
        returned = list(map(function, *arguments, *self._references))
        return [returned, *[view[:count].tolist() for view in self._views]]


get_text = quick(pdfium.FPDFText_GetText)
code_of = quick(pdfium.FPDFText_GetUnicode, ctypes.c_uint)
char_box = quick(pdfium.FPDFText_GetCharBox)
"""Left, right, bottom, top."""
is_generated = quick(pdfium.FPDFText_IsGenerated)
lacks_meaning = quick(pdfium.FPDFText_HasUnicodeMapError)
text_object = quick(pdfium.FPDFText_GetTextObject, Handle)

count_objects = quick(pdfium.FPDFPage_CountObjects)
get_object = quick(pdfium.FPDFPage_GetObject, Handle)
count_form_objects = quick(pdfium.FPDFFormObj_CountObjects)
object_type = quick(pdfium.FPDFPageObj_GetType)
object_bounds = quick(pdfium.FPDFPageObj_GetBounds)
"""Left, bottom, right, top."""
object_matrix = quick(pdfium.FPDFPageObj_GetMatrix)
fill_color = quick(pdfium.FPDFPageObj_GetFillColor)
stroke_color = quick(pdfium.FPDFPageObj_GetStrokeColor)
stroke_width = quick(pdfium.FPDFPageObj_GetStrokeWidth)

draw_mode = quick(pdfium.FPDFPath_GetDrawMode)
count_segments = quick(pdfium.FPDFPath_CountSegments)
get_segment = quick(pdfium.FPDFPath_GetPathSegment, Handle)
segment_point = quick(pdfium.FPDFPathSegment_GetPoint)
segment_type = quick(pdfium.FPDFPathSegment_GetType)
segment_closes = quick(pdfium.FPDFPathSegment_GetClose)

char_angle = quick(pdfium.FPDFText_GetCharAngle, ctypes.c_float)
"""How far a character is turned, clockwise in radians below 2 pi; -1 where unknown.

A slanted type (italics made by shearing) counts as turned, too.
"""
char_matrix = quick(pdfium.FPDFText_GetMatrix)

form_object: Callable[..., Handle] = ctypes.PYFUNCTYPE(Handle, Handle, ctypes.c_ulong)(
    _address(pdfium.FPDFFormObj_GetObject)
)
"""An object in a form; its index is an unsigned long, unlike the others."""
