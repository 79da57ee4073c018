"""What a page draws besides text, as pdfium gives it, also inside of form XObjects."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, compress, islice, repeat

import pypdfium2.raw as pdfium

from extract.document import BBox
from extract.pdf import pdfium_calls as calls
from extract.pdf.limits import MAX_CHARS
from extract.pdf.matrix import IDENTITY, Matrix
from extract.pdf.page import Rule
from extract.pdf.paths import (
    Ink,
    Point,
    box_to_rules,
    boxes_to_rules,
    curve_to_points,
    is_visible,
    is_white,
    points_to_box,
    points_to_rules,
)
from extract.pdf.pdfium_calls import BATCH, Handle, Reference, Slots

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

_MODE = Slots(ctypes.c_int, 2)
_COLOR = Slots(ctypes.c_uint, 4)
_BOX = Slots(ctypes.c_float, 4)
_WIDTH = Slots(ctypes.c_float, 1)
_POINT = Slots(ctypes.c_float, 2)


@dataclass(frozen=True, slots=True)
class Drawing:
    """`picture` is the area of the largest image in square points.

    `form_texts` gives, by address, the text objects inside of moved or scaled forms with the
    matrix from the form to the page.
    """

    ink: Ink
    picture: float
    form_texts: dict[int, Matrix]


def page_to_drawing(page: Reference, seen: Matrix) -> Drawing:
    """The paths, images and form texts of a page; `seen` leads from the page to what is seen."""
    ink = Ink()
    picture = 0.0
    form_texts: dict[int, Matrix] = {}
    paths: list[Handle] = []
    transforms: list[Matrix] = []
    for drawn, kind, form in _objects(page):
        if kind == _PATH:
            paths.append(drawn)
            transforms.append(seen if form is IDENTITY else form.then(seen))
            if len(paths) == BATCH:
                _paths_to_ink(paths, transforms, ink)
                paths, transforms = [], []
                if ink.is_crowded:
                    break
        elif kind == _IMAGE:
            x0, top, x1, bottom = bounds(drawn, form.then(seen))
            picture = max(picture, (x1 - x0) * (bottom - top))
        elif form != IDENTITY and drawn.value is not None:
            form_texts[drawn.value] = form
            if len(form_texts) > MAX_CHARS:
                break
    _paths_to_ink(paths, transforms, ink)
    return Drawing(ink, picture, form_texts)


def bounds(drawn: Handle, transform: Matrix) -> BBox:
    """The object's box after the transform."""
    _, *sides = _BOX.filled(calls.object_bounds, 1, (drawn,))
    left, bottom, right, top = (values[0] for values in sides)
    return transform.box(left, bottom, right, top)


def _objects(page: Reference) -> Iterator[tuple[Handle, int, Matrix]]:
    """Each path and image, and each text in a form, with the matrix from the form to the page."""
    for drawn, kind in _members(calls.get_object, page, calls.count_objects(page), _TEXT):
        if kind in (_PATH, _IMAGE):
            yield drawn, kind, IDENTITY
        elif kind == _FORM:
            yield from _form_objects(drawn, IDENTITY, 1)


def _form_objects(form: Handle, outer: Matrix, depth: int) -> Iterator[tuple[Handle, int, Matrix]]:
    inner = _matrix(form).then(outer)
    count = max(calls.count_form_objects(form), 0)
    for drawn, kind in _members(calls.form_object, form, count):
        if kind in (_PATH, _IMAGE, _TEXT):
            yield drawn, kind, inner
        elif kind == _FORM and depth < _MAX_DEPTH:
            yield from _form_objects(drawn, inner, depth + 1)


def _members(
    get: Callable[..., Handle], holder: Handle | Reference, count: int, idle: int | None = None
) -> Iterator[tuple[Handle, int]]:
    """The objects of a page or a form with their kinds, but those of the idle kind."""
    for start in range(0, count, BATCH):
        drawn = list(map(get, repeat(holder), range(start, min(start + BATCH, count))))
        kinds = map(calls.object_type, drawn)
        yield from [(one, kind) for one, kind in zip(drawn, kinds, strict=True) if kind != idle]


def _matrix(drawn: Handle) -> Matrix:
    """The object's own matrix."""
    own = pdfium.FS_MATRIX()
    if not calls.object_matrix(drawn, ctypes.byref(own)):
        return IDENTITY
    return Matrix(own.a, own.b, own.c, own.d, own.e, own.f)


def _paths_to_ink(paths: Sequence[Handle], transforms: Sequence[Matrix], ink: Ink) -> None:
    """At most BATCH paths, each with its transform to the seen page, put to the ink."""
    _, filled, stroked = _MODE.filled(calls.draw_mode, len(paths), paths)
    _fills_to_ink(list(compress(paths, filled)), list(compress(transforms, filled)), ink)
    _strokes_to_ink(list(compress(paths, stroked)), list(compress(transforms, stroked)), ink)


def _fills_to_ink(paths: Sequence[Handle], transforms: Sequence[Matrix], ink: Ink) -> None:
    inks = _colors_to_ink(calls.fill_color, paths, ink)
    counts = map(calls.count_segments, paths)
    plain = [count <= _RECTANGLE for count in counts]
    other = [drawn is not None and not box for drawn, box in zip(inks, plain, strict=True)]
    subpaths = _subpaths(list(compress(paths, other)), list(compress(transforms, other)))
    _, *sides = _BOX.filled(calls.object_bounds, len(paths), paths)
    for drawn, is_plain, transform, *box in zip(inks, plain, transforms, *sides, strict=True):
        if drawn is None:
            continue
        if is_plain:
            seen = transform.box(*box)
            rules = box_to_rules(seen)
            shades = [] if rules else [seen]
        else:
            rules, shades = boxes_to_rules([points_to_box(points) for points in next(subpaths)])
            if ink.is_crowded:
                return
        drawn.extend(rules)
        if drawn is ink.rules:
            ink.shades.extend(shades)


def _strokes_to_ink(paths: Sequence[Handle], transforms: Sequence[Matrix], ink: Ink) -> None:
    inks = _colors_to_ink(calls.stroke_color, paths, ink)
    _, widths = _WIDTH.filled(calls.stroke_width, len(paths), paths)
    each = zip(inks, widths, transforms, _subpaths(paths, transforms), strict=True)
    for drawn, width, transform, subpaths in each:
        if drawn is not None:
            for points in subpaths:
                drawn.extend(points_to_rules(points, width * transform.scale))
            if ink.is_crowded:
                return


def _colors_to_ink(
    get: Callable[..., int], paths: Sequence[Handle], ink: Ink
) -> list[list[Rule] | None]:
    """Which of the ink's rules each path adds to; None for one that is not seen.

    A pattern, which has no colour, is seen and counts as coloured.
    """
    colors = list(zip(*_COLOR.filled(get, len(paths), paths), strict=True))
    drawn: dict[tuple[int, ...], list[Rule] | None] = {}
    for color in set(colors):
        known, red, green, blue, opacity = color
        visible = not known or is_visible(opacity)
        white = known and is_white(red, green, blue)
        drawn[color] = None if not visible else ink.white if white else ink.rules
    return [drawn[color] for color in colors]


def _subpaths(paths: Sequence[Handle], transforms: Sequence[Matrix]) -> Iterator[list[list[Point]]]:
    """Each path's lines as points on the seen page, curves that round corners as corners."""
    counts = list(map(calls.count_segments, paths))
    segments = _segments(paths, counts)
    whole: dict[tuple[Matrix, Matrix], Matrix] = {}
    for path, transform, count in zip(paths, transforms, counts, strict=True):
        own = _matrix(path)
        if own == IDENTITY:
            a, b, c, d, e, f = transform
        elif (own, transform) in whole:
            a, b, c, d, e, f = whole[own, transform]
        else:
            a, b, c, d, e, f = whole[own, transform] = own.then(transform)
        subpaths: list[list[Point]] = []
        start: Point = (0.0, 0.0)
        controls: list[Point] = []
        for kind, x, y, closes in islice(segments, count):
            point = (a * x + c * y + e, b * x + d * y + f)
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
            if closes and point != start:
                subpaths[-1].append(start)
        yield subpaths


def _segments(
    paths: Sequence[Handle], counts: Sequence[int]
) -> Iterator[tuple[int, float, float, int]]:
    """The paths' segments, one path after the other: kind, x, y, whether it closes the path."""
    handles = map(
        calls.get_segment,
        chain.from_iterable(map(repeat, paths, counts)),
        chain.from_iterable(map(range, counts)),
    )
    while batch := list(islice(handles, BATCH)):
        _, xs, ys = _POINT.filled(calls.segment_point, len(batch), batch)
        kinds, closing = map(calls.segment_type, batch), map(calls.segment_closes, batch)
        yield from zip(kinds, xs, ys, closing, strict=True)
