"""A small database and the files that its export writes, byte for byte."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from hashlib import sha256

from sqlalchemy import Engine

from normalize.panel.history import PanelCheck
from normalize.report import Body, Check, Section, Statement, Status
from store.connections import writing
from store.panel_writing import TWINS, YEARS, keep_units
from tests.store_examples import CELLS, FEES, observe, report, totals

CONTRACT = {
    "reports": "report_id, source, sha256, media_type, agency, region_code, year, title, "
    "published_on, reader, pages, status, reason, agency_id, level, agency_kind, scope, "
    "from_manifest, manifest_agency, manifest_year, manifest_published_on",
    "sections": "report_id, position, section, heading, text",
    "observations": "report_id, form, table, row, column, value, unit, status, flagged, raw, page, "
    "x0, top, x1, bottom, reader, original_value, original_status",
    "checks": "report_id, check, table, row, column, expected, actual, passed, blame, kind",
    "statements": "report_id, section, measure, value, unit, quote, approximate, year, scope, "
    "claim, section_position, offset",
    "suggestions": "report_id, form, table, row, column, value, derived_by",
    "panel_checks": "agency_id, year, report_id, other_report_id, check, kind, form, table, row, "
    "column, expected, actual, passed",
    "corrections": "report_id, correction_id, sha256, form, table, row, column, decision, value, "
    "who, why, made_at, refers_to, original_value, original_status, original_raw",
    "manifest": "report_id, source, file, url, agency, year, published_on, further",
}

SOUND = replace(
    report(
        "one",
        "甲,县/a.pdf",
        observations=(
            observe(FEES, "120198725.060", raw='1.2亿 "约"'),
            *totals("2021", received="7"),
            replace(
                *totals("2021", concluded=None),
                suggested_by="one of 2 cells, one of which may be wrong",
            ),
            replace(
                observe(CELLS[-2], None, Status.MISSING),
                raw=None,
                page=None,
                bbox=None,
                reader=None,
                doubts=("no such row",),
                suggestion=Decimal("3.00"),
                suggested_by="demanded by Q-ROW concluded",
            ),
        ),
    ),
    published_on=date(2024, 1, 30),
    sections=(
        Section("overview", "一、总体情况", '共收到申请859件,\n办结\r"全部"。'),
        Section("other_matters", "六、其他", ""),
    ),
    checks=(
        Check("Q-ROW", "2021", "requests", "received", "total", Decimal("7"), Decimal(7), True),
        Check(
            "A-UNIT",
            "2021",
            "proactive",
            "fees",
            "amount",
            Decimal("1E+2"),
            Decimal("0.10"),
            False,
            kind="X",
        ),
        Check(
            "Q-BAL",
            "2021",
            "requests",
            "received",
            "total",
            Decimal(7),
            None,
            None,
            False,
            blame="unknown",
        ),
    ),
    statements=(
        Statement(
            *("requests", "received", Decimal(859), "count", "共收到申请859件"),
            *(True, 2020, "territory", "figure", 1, 4),
        ),
    ),
    body=Body("640300:人民政府", "640303", "county", "government"),
    scope="own",
)
ONE, BAD = (sha256(content.encode()).hexdigest() for content in ("one", "broken"))

GOLDEN = {
    "reports": f"""\
{CONTRACT["reports"].replace(" ", "")}
{ONE[:16]},"甲,县/a.pdf",{ONE},application/pdf,红寺堡区人民政府,640303,2023,\
红寺堡区人民政府2023年政府信息公开工作年度报告,2024-01-30,pdfium,5,accepted,,640300:人民政府,county,government,own,,,,
{BAD[:16]},broken.pdf,{BAD},text/html,,,,,,html,,quarantined,\
no heading of the form; 12 characters of text,,,,,,,,
""",
    "sections": f"""\
report_id,position,section,heading,text
{ONE[:16]},1,overview,一、总体情况,"共收到申请859件,
办结\r""全部""。"
{ONE[:16]},2,other_matters,六、其他,
""",
    "observations": f"""\
{CONTRACT["observations"].replace(" ", "")}
{ONE[:16]},2021,proactive,fees,amount,120198725.06,yuan,reported,false,"1.2亿 ""约""\
",2,72,100.5,90.25,112,pdfium,,
{ONE[:16]},2021,requests,received,total,7,count,reported,false,7,2,72,100.5,90.25,112,pdfium,,
{ONE[:16]},2021,requests,concluded,natural_person,,count,missing,true,,,,,,,,,
{ONE[:16]},2021,requests,concluded,total,,count,blank,false,,2,72,100.5,90.25,112,pdfium,,
""",
    "checks": f"""\
report_id,check,table,row,column,expected,actual,passed,blame,kind
{ONE[:16]},Q-ROW,requests,received,total,7,7,true,,H
{ONE[:16]},A-UNIT,proactive,fees,amount,100,0.1,false,,X
{ONE[:16]},Q-BAL,requests,received,total,7,,,unknown,H
""",
    "statements": f"""\
{CONTRACT["statements"].replace(" ", "")}
{ONE[:16]},requests,received,859,count,共收到申请859件,true,2020,territory,figure,1,4
""",
    "suggestions": f"""\
{CONTRACT["suggestions"].replace(" ", "")}
{ONE[:16]},2021,requests,concluded,natural_person,3,demanded by Q-ROW concluded
{ONE[:16]},2021,requests,concluded,total,,"one of 2 cells, one of which may be wrong"
""",
    "panel_checks": f"""\
{CONTRACT["panel_checks"].replace(" ", "")}
640300:人民政府,2023,{ONE[:16]},,G-DUPE,X,,,,,1,2,false
640300:人民政府,2023,{ONE[:16]},{BAD[:16]},Y-CARRY,H,2021,requests,carried_over,total,3.5,,
""",
    "corrections": CONTRACT["corrections"].replace(" ", "") + "\n",
    "manifest": CONTRACT["manifest"].replace(" ", "") + "\n",
}

PANEL_CHECKS = (
    PanelCheck(
        *(ONE[:16], "640300:人民政府", 2023, "Y-CARRY", "H", BAD[:16]),
        *("2021", "requests", "carried_over", "total", Decimal("3.50"), None, None, False),
    ),
    PanelCheck(
        *(ONE[:16], "640300:人民政府", 2023, "G-DUPE", "X"),
        expected=Decimal(1),
        actual=Decimal(2),
        passed=False,
        blank_as_zero=False,
    ),
)


def keep_panel_checks(engine: Engine) -> None:
    with writing(engine) as connection:
        keep_units(connection, YEARS, {"640300:人民政府": PANEL_CHECKS[:1]}, {})
        keep_units(connection, TWINS, {"": PANEL_CHECKS[1:]}, {})
