"""Labels with which pages state a document's date, publisher and other particulars."""

from __future__ import annotations

import re

from extract.document import Table

DATE_LABELS = ("公开日期", "发布日期", "发布时间", "公开时间", "发文日期", "成文日期")
"""In order of trust: the date of publishing before that of writing."""

PUBLISHER_LABELS = ("发布机构", "公开机构", "发布单位", "公开主体")
OTHER_LABELS = (
    *("名称", "标题", "索引号", "索取号", "信息索引", "文号", "发文字号", "分类", "主题分类"),
    *("组配分类", "体裁分类", "信息分类", "关键词", "主题词", "时效", "有效性", "公开方式"),
    *(
        "公开范围",
        "公开形式",
        "公开程序",
        "生成日期",
        "内容概述",
        "文件下载",
        "信息来源",
        "公开责任部门",
    ),
)
METADATA_LABELS = frozenset((*DATE_LABELS, *PUBLISHER_LABELS, *OTHER_LABELS))

FEWEST_METADATA_LABELS = 2

_NOT_LABEL = re.compile(r"[\s\u200b:：【】\[\]「」〔〕]")


def bare_label(text: str) -> str:
    """A label without white space, colon and brackets."""
    return _NOT_LABEL.sub("", text)


def is_metadata_table(table: Table) -> bool:
    """Whether a table states a document's particulars: several of their labels begin cells."""
    found = {_leading_label(cell.text) for cell in table.cells}
    return len(found - {None}) >= FEWEST_METADATA_LABELS


def _leading_label(text: str) -> str | None:
    """The label that a cell is or begins with."""
    head, colon, _ = text.replace("：", ":").partition(":")
    label = bare_label(head if colon else text)
    return label if label in METADATA_LABELS else None
