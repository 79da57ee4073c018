"""pdfium's functions without the checks that ctypes makes on every argument.

The checks take four times as long as the calls themselves, and a page needs some thousand
calls. In return every pointer must be passed as a `Handle` or by reference.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium

Handle = ctypes.c_void_p
"""A page, a text page or a page object."""


def quick(function: Any) -> Callable[..., int]:
    """The function for calls with handles, plain integers and references, returning an integer."""
    return ctypes.CFUNCTYPE(ctypes.c_int)(_address(function))


def quick_handle(function: Any) -> Callable[..., int | None]:
    """The same for a function that returns a pointer: its address, None for a null pointer."""
    return ctypes.CFUNCTYPE(ctypes.c_void_p)(_address(function))


def handle_of(pointer: Any) -> Handle:
    """The handle for a pointer that one of pypdfium2's own functions returned."""
    return Handle(ctypes.cast(pointer, ctypes.c_void_p).value)


def _address(function: Any) -> int:
    address = ctypes.cast(function, ctypes.c_void_p).value
    if address is None:
        raise OSError("pdfium lacks a function that this program needs")
    return address


char_box = quick(pdfium.FPDFText_GetCharBox)
is_generated = quick(pdfium.FPDFText_IsGenerated)
lacks_meaning = quick(pdfium.FPDFText_HasUnicodeMapError)
text_object = quick_handle(pdfium.FPDFText_GetTextObject)

count_objects = quick(pdfium.FPDFPage_CountObjects)
get_object = quick_handle(pdfium.FPDFPage_GetObject)
count_form_objects = quick(pdfium.FPDFFormObj_CountObjects)
object_type = quick(pdfium.FPDFPageObj_GetType)
object_bounds = quick(pdfium.FPDFPageObj_GetBounds)
object_matrix = quick(pdfium.FPDFPageObj_GetMatrix)
fill_color = quick(pdfium.FPDFPageObj_GetFillColor)
stroke_color = quick(pdfium.FPDFPageObj_GetStrokeColor)
stroke_width = quick(pdfium.FPDFPageObj_GetStrokeWidth)

draw_mode = quick(pdfium.FPDFPath_GetDrawMode)
count_segments = quick(pdfium.FPDFPath_CountSegments)
get_segment = quick_handle(pdfium.FPDFPath_GetPathSegment)
segment_point = quick(pdfium.FPDFPathSegment_GetPoint)
segment_type = quick(pdfium.FPDFPathSegment_GetType)
segment_closes = quick(pdfium.FPDFPathSegment_GetClose)

char_angle: Callable[..., float] = ctypes.CFUNCTYPE(ctypes.c_float)(
    _address(pdfium.FPDFText_GetCharAngle)
)
"""How far a character is turned, clockwise in radians below 2 pi; -1 where unknown.

A slanted type (italics made by shearing) counts as turned, too.
"""
char_matrix = quick(pdfium.FPDFText_GetMatrix)

_form_object = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong)(
    _address(pdfium.FPDFFormObj_GetObject)
)


def form_object(form: Handle, index: int) -> int | None:
    """The address of an object in a form; its index is an unsigned long, unlike the others."""
    address: int | None = _form_object(form, index)
    return address
