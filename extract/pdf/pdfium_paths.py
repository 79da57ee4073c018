"""What a page draws besides text, as pdfium gives it, also inside of form XObjects."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pypdfium2.raw as pdfium

from extract.document import BBox
from extract.pdf import pdfium_calls as calls
from extract.pdf.limits import MAX_CHARS
from extract.pdf.matrix import IDENTITY, Matrix
from extract.pdf.paths import (
    Ink,
    Point,
    boxes_to_rules,
    curve_to_points,
    is_visible,
    is_white,
    points_to_box,
    points_to_rules,
)
from extract.pdf.pdfium_calls import Handle

_MAX_DEPTH = 12
"""Forms within forms beyond this depth are not entered."""
_RECTANGLE = 5
"""Segments of a plain rectangle: a move and four lines."""

_PATH = pdfium.FPDF_PAGEOBJ_PATH
_IMAGE = pdfium.FPDF_PAGEOBJ_IMAGE
_FORM = pdfium.FPDF_PAGEOBJ_FORM
_TEXT = pdfium.FPDF_PAGEOBJ_TEXT
_MOVE = pdfium.FPDF_SEGMENT_MOVETO
_BEZIER = pdfium.FPDF_SEGMENT_BEZIERTO


class _Scratch:
    """Numbers for pdfium to write to, made once a page because making them takes time."""

    def __init__(self) -> None:
        self.ints = (ctypes.c_int(), ctypes.c_int())
        self.floats = tuple(ctypes.c_float() for _ in range(4))
        self.color = tuple(ctypes.c_uint() for _ in range(4))
        self.at_ints = tuple(map(ctypes.byref, self.ints))
        self.at_floats = tuple(map(ctypes.byref, self.floats))
        self.at_color = tuple(map(ctypes.byref, self.color))


@dataclass(frozen=True, slots=True)
class Drawing:
    """`picture` is the area of the largest image in square points.

    `form_texts` gives, by address, the text objects inside of moved or scaled forms with the
    matrix from the form to the page.
    """

    ink: Ink
    picture: float
    form_texts: dict[int, Matrix]


def page_to_drawing(page: Handle, seen: Matrix) -> Drawing:
    """The paths, images and form texts of a page; `seen` leads from the page to what is seen."""
    ink = Ink()
    picture = 0.0
    form_texts: dict[int, Matrix] = {}
    scratch = _Scratch()
    for drawn, kind, form in _objects(page):
        if ink.is_crowded or len(form_texts) > MAX_CHARS:
            break
        if kind == _PATH:
            _path_to_ink(drawn, seen if form is IDENTITY else form.then(seen), ink, scratch)
        elif kind == _IMAGE:
            x0, top, x1, bottom = _bounds(drawn, form.then(seen), scratch)
            picture = max(picture, (x1 - x0) * (bottom - top))
        elif form != IDENTITY and drawn.value is not None:
            form_texts[drawn.value] = form
    return Drawing(ink, picture, form_texts)


def bounds(drawn: Handle, transform: Matrix) -> BBox:
    """The object's box after the transform."""
    return _bounds(drawn, transform, _Scratch())


def _bounds(drawn: Handle, transform: Matrix, scratch: _Scratch) -> BBox:
    calls.object_bounds(drawn, *scratch.at_floats)
    left, bottom, right, top = scratch.floats
    return transform.box(left.value, bottom.value, right.value, top.value)


def _objects(page: Handle) -> Iterator[tuple[Handle, int, Matrix]]:
    """Each path and image, and each text in a form, with the matrix from the form to the page."""
    get_object, object_type = calls.get_object, calls.object_type
    for index in range(calls.count_objects(page)):
        drawn = Handle(get_object(page, index))
        kind = object_type(drawn)
        if kind == _TEXT:
            continue
        if kind in (_PATH, _IMAGE):
            yield drawn, kind, IDENTITY
        elif kind == _FORM:
            yield from _form_objects(drawn, IDENTITY, 1)


def _form_objects(form: Handle, outer: Matrix, depth: int) -> Iterator[tuple[Handle, int, Matrix]]:
    inner = _matrix(form).then(outer)
    for index in range(max(calls.count_form_objects(form), 0)):
        drawn = Handle(calls.form_object(form, index))
        kind = calls.object_type(drawn)
        if kind in (_PATH, _IMAGE, _TEXT):
            yield drawn, kind, inner
        elif kind == _FORM and depth < _MAX_DEPTH:
            yield from _form_objects(drawn, inner, depth + 1)


def _matrix(drawn: Handle) -> Matrix:
    """The object's own matrix."""
    own = pdfium.FS_MATRIX()
    if not calls.object_matrix(drawn, ctypes.byref(own)):
        return IDENTITY
    return Matrix(own.a, own.b, own.c, own.d, own.e, own.f)


def _path_to_ink(path: Handle, transform: Matrix, ink: Ink, scratch: _Scratch) -> None:
    calls.draw_mode(path, *scratch.at_ints)
    filled, stroked = scratch.ints[0].value, scratch.ints[1].value
    if filled:
        _fill_to_ink(path, transform, ink, scratch)
    if stroked:
        _stroke_to_ink(path, transform, ink, scratch)


def _fill_to_ink(path: Handle, transform: Matrix, ink: Ink, scratch: _Scratch) -> None:
    visible, white = _color(calls.fill_color, path, scratch)
    if not visible:
        return
    if calls.count_segments(path) <= _RECTANGLE:
        boxes = [_bounds(path, transform, scratch)]
    else:
        boxes = [points_to_box(points) for points in _subpaths(path, transform)]
    rules, shades = boxes_to_rules(boxes)
    if white:
        ink.white.extend(rules)
    else:
        ink.rules.extend(rules)
        ink.shades.extend(shades)


def _stroke_to_ink(path: Handle, transform: Matrix, ink: Ink, scratch: _Scratch) -> None:
    visible, white = _color(calls.stroke_color, path, scratch)
    if not visible:
        return
    calls.stroke_width(path, scratch.at_floats[0])
    width = scratch.floats[0].value * transform.scale
    drawn = ink.white if white else ink.rules
    for points in _subpaths(path, transform):
        drawn.extend(points_to_rules(points, width))


def _color(get: Callable[..., int], path: Handle, scratch: _Scratch) -> tuple[bool, bool]:
    """Whether the ink is seen at all, and whether it is white; a pattern is seen and coloured."""
    if not get(path, *scratch.at_color):
        return True, False
    red, green, blue, opacity = scratch.color
    return is_visible(opacity.value), is_white(red.value, green.value, blue.value)


def _subpaths(path: Handle, transform: Matrix) -> list[list[Point]]:
    """The path's lines as points on the seen page, curves that round corners as corners."""
    to_page = _matrix(path).then(transform).point
    x, y = ctypes.c_float(), ctypes.c_float()
    at_x, at_y = ctypes.byref(x), ctypes.byref(y)
    subpaths: list[list[Point]] = []
    start: Point = (0.0, 0.0)
    controls: list[Point] = []
    for index in range(calls.count_segments(path)):
        segment = Handle(calls.get_segment(path, index))
        calls.segment_point(segment, at_x, at_y)
        point = to_page(x.value, y.value)
        kind = calls.segment_type(segment)
        if kind == _MOVE or not subpaths:
            subpaths.append([point])
            start = point
        elif kind == _BEZIER and len(controls) < 2:
            controls.append(point)
            continue
        elif kind == _BEZIER:
            corner = curve_to_points(subpaths[-1][-1], controls[0], point)
            if corner is None:
                subpaths.append([point])
            else:
                subpaths[-1].extend(corner)
        else:
            subpaths[-1].append(point)
        controls = []
        if calls.segment_closes(segment) and point != start:
            subpaths[-1].append(start)
    return subpaths
