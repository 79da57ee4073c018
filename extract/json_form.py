"""A Document as the JSON object that `gongkai extract` prints; its shape is fixed for users."""

from __future__ import annotations

from extract.document import BBox, Block, Cell, Document, Table

BBOX_DECIMALS = 2

Json = dict[str, object]


def document_to_json(document: Document) -> Json:
    """`source`, `media_type`, `reader`, `pages` and `blocks`, ready for json.dumps."""
    return {
        "source": document.source,
        "media_type": document.media_type,
        "reader": document.reader,
        "pages": document.pages,
        "blocks": [_block_to_json(block) for block in document.blocks],
    }


def _block_to_json(block: Block) -> Json:
    if isinstance(block, Table):
        return {
            "kind": "table",
            "page": block.page,
            "bbox": _bbox_to_json(block.bbox),
            "rows": block.rows,
            "columns": block.columns,
            "cells": [_cell_to_json(cell) for cell in block.cells],
        }
    return {
        "kind": block.kind,
        "page": block.page,
        "bbox": _bbox_to_json(block.bbox),
        "text": block.text,
    }


def _cell_to_json(cell: Cell) -> Json:
    return {
        "row": cell.row,
        "column": cell.column,
        "rowspan": cell.rowspan,
        "colspan": cell.colspan,
        "text": cell.text,
        "page": cell.page,
        "bbox": _bbox_to_json(cell.bbox),
    }


def _bbox_to_json(bbox: BBox | None) -> list[float] | None:
    return None if bbox is None else [round(side, BBOX_DECIMALS) for side in bbox]
