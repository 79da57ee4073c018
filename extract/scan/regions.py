"""A sheet's tables and the text around them -> the boxes of ink to be read, each in its region."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from extract.document import BBox
from extract.pdf.edges import rules_to_edge_groups
from extract.pdf.lattice import Grid, edge_group_to_grid
from extract.scan.cleaning import Sheet
from extract.scan.ink import Box, dots_to_text_ink, ink_to_lines, ink_to_size
from extract.scan.levels import ink_to_level_lines
from extract.scan.pictures import Dots
from extract.scan.ruling import Ruling
from extract.scan.stacked import join_pieces

_FRINGE = 0.18
"""Ink along a region's side that is no deeper than this share of a character is left of a rule."""
_CUT = 0.35
"""Ink that meets a region's side along this share of a character is cut by it."""
_STAMP = 0.06
"""A line is stamped when coloured ink covers more than this share of it."""
_HIDING = 0.12
"""A stamp that covers more than this share of a cell may hide what is printed there."""
_TOUCHED = 0.01
"""A stamp lies over a cell when it covers more than this share of it."""
_REMAINS = 0.35
"""Characters that specks of a stamp, left where its colour is faint, are wide and high at most."""
_INSET = 1.0
"""Points by which a cell is looked at inside its rules."""


@dataclass(frozen=True, slots=True)
class Region:
    """A cell, or all that stands outside of cells (`bbox` None).

    `box` is its place in dots, `lines` are boxes of ink inside, in dots of the sheet. `cut`: ink
    runs over a side. `coloured`: the lines have no black ink but coloured ink. `stamped`: coloured
    ink lies over black lines, or over so much of the cell that it may hide some.
    """

    bbox: BBox | None
    box: Box
    lines: tuple[Box, ...]
    cut: bool = False
    coloured: bool = False
    stamped: bool = False


@dataclass(frozen=True, slots=True)
class Regions:
    """All regions of a sheet, its dots without rules, its ink, and the size of its characters."""

    regions: tuple[Region, ...]
    dots: Dots
    ink: Dots
    size: float


def sheet_to_regions(sheet: Sheet, ruling: Ruling) -> Regions:
    """The cells of all grids, the smallest grid first, and the rest of the sheet."""
    scale = sheet.scale
    grown = cv2.dilate(ruling.mask, np.ones((3, 3), np.uint8))
    dots = np.where(grown > 0, 255, sheet.dots).astype(np.uint8)
    ink = dots_to_text_ink(dots, scale)
    size = ink_to_size(ink, scale)
    coloured = None
    if sheet.coloured is not None:
        coloured = dots_to_text_ink(np.where(grown > 0, 255, sheet.coloured), scale)
    free = ink.copy()
    regions: list[Region] = []
    for grid in rules_to_grids(ruling):
        for bbox, box in _grid_to_boxes(grid, scale, free.shape):
            region = _cell_to_region(free, bbox, box, size)
            if coloured is not None:
                region = _with_colour(region, coloured, ink, size)
            regions.append(region)
        outer = _to_box(_around(grid), scale, free.shape)
        free[outer.y0 : outer.y1, outer.x0 : outer.x1] = 0
    whole = Box(0, 0, free.shape[1], free.shape[0])
    lines = join_pieces(ink_to_level_lines(free, size), size)
    regions.append(Region(None, whole, tuple(lines)))
    return Regions(tuple(regions), dots, ink, size)


def _around(grid: Grid) -> BBox:
    """The grid with its outer rules."""
    return (
        grid.xs[0] - 2 * _INSET,
        grid.ys[0] - 2 * _INSET,
        grid.xs[-1] + 2 * _INSET,
        grid.ys[-1] + 2 * _INSET,
    )


def rules_to_grids(ruling: Ruling) -> list[Grid]:
    """The grids that the rules make, smallest first, so that inner ones come before outer ones."""
    grids = [
        grid
        for group in rules_to_edge_groups(ruling.rules)
        if (grid := edge_group_to_grid(group)) is not None
    ]
    return sorted(grids, key=lambda g: (g.xs[-1] - g.xs[0]) * (g.ys[-1] - g.ys[0]))


def _grid_to_boxes(grid: Grid, scale: float, shape: tuple[int, ...]) -> list[tuple[BBox, Box]]:
    boxes = []
    for cell in grid.cells:
        bbox = (
            grid.xs[cell.column],
            grid.ys[cell.row],
            grid.xs[cell.column + cell.colspan],
            grid.ys[cell.row + cell.rowspan],
        )
        inner = (bbox[0] + _INSET, bbox[1] + _INSET, bbox[2] - _INSET, bbox[3] - _INSET)
        boxes.append((bbox, _to_box(inner, scale, shape)))
    return boxes


def _to_box(bbox: BBox, scale: float, shape: Sequence[int]) -> Box:
    x0, top, x1, bottom = (round(v * scale) for v in bbox)
    rows, columns = shape[0], shape[1]
    x0, top = min(max(x0, 0), columns), min(max(top, 0), rows)
    return Box(x0, top, min(max(x1, x0), columns), min(max(bottom, top), rows))


def _cell_to_region(ink: Dots, bbox: BBox, box: Box, size: float) -> Region:
    inner, cut = _without_fringe(ink[box.y0 : box.y1, box.x0 : box.x1], size)
    lines = tuple(line.within(box) for line in ink_to_lines(inner, size))
    return Region(bbox, box, lines, cut)


def _with_colour(region: Region, coloured: Dots, ink: Dots, size: float) -> Region:
    """The cell with what its coloured ink tells."""
    if not region.lines:
        return _coloured_region(coloured, region, size)
    x0, y0, x1, y1 = region.box
    part = np.s_[y0:y1, x0:x1]
    if np.count_nonzero(coloured[part] > ink[part]) > _TOUCHED * (x1 - x0) * (y1 - y0):
        region = replace(region, lines=_without_remains(region.lines, size))
    around = round(size / 2)
    for line in region.lines:
        x0, y0 = max(line.x0 - around, region.box.x0), max(line.y0 - around, region.box.y0)
        x1, y1 = min(line.x1 + around, region.box.x1), min(line.y1 + around, region.box.y1)
        part = np.s_[y0:y1, x0:x1]
        own = cv2.dilate(ink[part], np.ones((3, 3), np.uint8))
        if np.count_nonzero(coloured[part] > own) > _STAMP * own.size:
            return replace(region, stamped=True)
    return region


def _without_remains(lines: tuple[Box, ...], size: float) -> tuple[Box, ...]:
    """The lines without specks that a stamp left beside them."""
    kept = tuple(line for line in lines if max(line.width, line.height) > _REMAINS * size)
    return kept or lines


def _coloured_region(ink: Dots, region: Region, size: float) -> Region:
    """The cell by its coloured ink, where that is no piece of a stamp that runs over its sides."""
    found = _cell_to_region(ink, region.bbox or (0, 0, 0, 0), region.box, size)
    if not found.lines:
        return region
    if found.cut:
        x0, y0, x1, y1 = region.box
        covered = np.count_nonzero(ink[y0:y1, x0:x1]) > _HIDING * (x1 - x0) * (y1 - y0)
        return replace(region, stamped=bool(covered))
    return Region(region.bbox, region.box, found.lines, coloured=True)


def _without_fringe(ink: Dots, size: float) -> tuple[Dots, bool]:
    """The ink without what is left of rules along the sides, and whether more meets a side."""
    if not ink.size:
        return ink, False
    rows, columns = ink.shape
    border = np.concatenate((ink[0], ink[-1], ink[:, 0], ink[:, -1]))
    if not border.any():
        return ink, False
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    drop = np.zeros(count, bool)
    cut = False
    for label in range(1, count):
        x, y, width, height, _ = (int(v) for v in stats[label])
        at_sides = x == 0 or x + width == columns
        at_ends = y == 0 or y + height == rows
        if not (at_sides or at_ends):
            continue
        depth = min(width if at_sides else size, height if at_ends else size)
        if depth <= max(_FRINGE * size, 2):
            drop[label] = True
            continue
        touching = 0
        for line, meets in (
            (labels[:, 0], x == 0),
            (labels[:, -1], x + width == columns),
            (labels[0], y == 0),
            (labels[-1], y + height == rows),
        ):
            if meets:
                touching = max(touching, int(np.count_nonzero(line == label)))
        cut = cut or touching >= _CUT * size or touching > 2
    drop[0] = True
    return np.asarray(~drop[labels], dtype=np.uint8), cut
