"""The words of the forms by which cells are told apart where no rules part them."""

from __future__ import annotations

import re

BANNER = re.compile(
    r"(?:中[华華]人民共和[国國]政府信息公[开開][条條]例)?第[一二三四五六七八九十]+[条條]"
)
"""The line over a block of the form's first table, which names an article."""
APPLICANTS = re.compile("申[请請]人情[况況]")
"""The head over all figures of the table of requests."""
OVER_SEVERAL = re.compile(
    f"(?:{APPLICANTS.pattern}|法人或其他[组組][织織]|行政(?:[复復複][议議]|[诉訴][讼訟])"
    "|未[经經][复復複][议議]直接起[诉訴]|[复復複][议議][后後]起[诉訴])"
)
"""Heads of the form that stand over several others; nothing below goes on with them."""
HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、.*(?:情[况況]|事[项項])")
"""A text that ends so is whole: the heading of a section, or the label of a group."""
PINYIN = re.compile("[（(][a-zà-ǜ]{1,6}[）)]")
"""How the character before is read, which some programs put behind it."""
WHOLE_LABEL = re.compile("[规規]章|行政(?:[许許]可|[处處][罚罰]|[强強]制)")
NEXT_LABEL = re.compile("行政|[规規][范範]性|其他[对對]外|政府集中")
"""A label of the form that is whole, and how the one below it begins."""
UNITS = frozenset(("条", "條", "件", "次", "篇", "个", "個", "人", "人次", "万元", "萬元"))
"""Units of measure that stand in a column of their own."""
HEAD = re.compile(
    "自然人|商[业業]企[业業]?|科研[机機][构構]?|社[会會]公益?(?:[组組][织織])?|法律服[务務]?(?:[机機][构構])?"
    "|[结結]果(?:[维維]持?|[纠糾]正?)?|其他(?:[结結]果?)?|尚未(?:[审審][结結]?)?|[总總][计計]?"
    "|[维維]持|[纠糾]正|[审審][结結]|[组組][织織]|[机機][构構]"
)
"""Heads of single columns, or a line of one, each one text however wide it is set."""
LABEL_HEAD = re.compile("信.{0,3}息[内內]容|[资資][讯訊][内內]容|[统統][计計]指[标標]|勾稽")
"""What stands over the labels of rows."""
ROW_LABEL = re.compile(
    "[规規]章|(?:行政)?[规規][范範]性(?:文件|[档檔]案)|行政(?:[许許]可|[处處][罚罰]|[强強]制|事[业業]性收[费費])"
    "|其他[对對]外管理服[务務]事[项項]|政府集中[采採][购購]"
)
"""Labels of rows of the form's first table."""
VALUE_HEAD = re.compile("[数數]量|件[数數]|金[额額]|增/?[减減]|[统統][计計][数數]")
