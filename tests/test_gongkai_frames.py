"""`gongkai.open` for people who use pandas."""

from decimal import Decimal
from pathlib import Path
from shutil import copyfile

import pandas
import pytest

import gongkai
from tests.sample_database import COUNTY, WATER, sample_file, sample_url


@pytest.fixture(scope="module")
def db():
    with gongkai.open(sample_url()) as db:
        yield db


def test_a_url_a_file_and_the_folder_of_a_release_are_opened(tmp_path: Path) -> None:
    copyfile(sample_file(), tmp_path / "gongkai.db")
    for place in (sample_url(), sample_file(), str(sample_file()), tmp_path):
        with gongkai.open(place) as db:
            assert len(db.reports()) == 7
            assert repr(db).startswith("<gongkai.Database sqlite:///")


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(gongkai.GongkaiError, match="there is no such file"):
        gongkai.open(tmp_path / "none.db")


ALL = [
    *("reports", "panel", "rates", "requests", "cells", "checks", "panel_checks"),
    *("statements", "sections", "suggestions", "coverage"),
]


@pytest.mark.parametrize("name", ALL)
def test_every_frame_has_the_words_of_the_codebook(db, name: str) -> None:
    frame = getattr(db, name)()
    assert len(frame) > 0
    assert set(frame.attrs["labels_zh"]) == set(frame.attrs["labels_en"]) == set(frame.columns)
    assert all(frame.attrs["labels_zh"].values())
    assert frame.attrs["table"] == name
    assert "object" not in set(map(str, frame.dtypes))


def test_types_keep_what_is_not_there_apart_from_zero(db) -> None:
    panel = db.panel(agency=WATER).set_index("year")
    assert str(panel["received"].dtype) == "Float64"
    assert panel["received"].isna().to_dict() == {2012: True, 2022: False, 2024: False}
    assert panel.loc[2012, "received_status"] == "no_table"
    assert str(panel["received_flagged"].dtype) == "boolean"
    assert str(db.reports()["published_on"].dtype) == "datetime64[s]"
    assert panel.attrs["units"]["received"] == "count"


FILTERS = [
    ({}, 7),
    ({"year": 2022}, 3),
    ({"year": range(2012, 2016)}, 2),
    ({"year": [2022, 2024], "agency": WATER}, 2),
    ({"agency": [WATER, COUNTY]}, 5),
    ({"region": "99"}, 0),
    ({"level": ["county", "city"]}, 0),
]


@pytest.mark.parametrize(("given", "count"), FILTERS)
def test_filters(db, given: dict[str, object], count: int) -> None:
    assert len(db.panel(**given)) == len(db.reports(**given)) == count


def test_requests_and_the_tables_of_a_form(db) -> None:
    requests = db.requests(year=2022).set_index("agency")
    wide = db.form_table("requests", "2021", year=2022).set_index("agency")
    assert (requests["received_total"] == wide["received__total"]).all()
    assert wide.attrs["labels_zh"]["received__total"].endswith("：总计")
    exact = db.form_table("requests", "2021", year=2022, exact=True).set_index("agency")
    assert isinstance(exact.loc[COUNTY, "received__total"], Decimal)


def test_cells_by_name_status_and_doubt(db) -> None:
    received = db.cells(table="requests", row="received", column="total")
    assert set(received["form_row"]) == {"received"}
    flagged = db.cells(flagged=True)
    assert flagged["flagged"].all() and len(flagged) > 20
    assert set(db.cells(status=["blank", "missing"])["status"]) <= {"blank", "missing"}
    exact = db.cells(form="2014", exact=True, year=2015)
    kept = exact.dropna(subset=["value_exact"])
    assert list(kept["value"]) == [Decimal(text) for text in kept["value_exact"]]
    assert exact.attrs["labels_zh"]["value"] == "数值"


def test_checks_that_fail_and_that_hold(db) -> None:
    failed, held, every = db.checks(passed=False), db.checks(passed=True), db.checks()
    assert {"agency", "year", "region_code", "level", "form", "kind"} <= set(every.columns)
    assert len(failed) + len(held) + every["passed"].isna().sum() == len(every)
    assert {"Q-ROW", "Q-OUT", "P-SUM"} <= set(failed[failed["agency"] == COUNTY]["check"])
    assert failed.attrs == every.attrs


def test_statements_know_the_year_they_speak_of_and_that_of_the_report(db) -> None:
    said = db.statements(measure="requests.received.total", agency=WATER, year=2022)
    assert set(said["report_year"]) == {2022}
    assert "year" in said and len(said) > 0
    assert said["quote"].str.contains("申请").all()


def test_sections_that_have_words(db) -> None:
    found = db.sections(containing="政府信息", agency=COUNTY)
    assert 0 < len(found) < len(db.sections(agency=COUNTY))
    assert found["text"].str.contains("政府信息").all()
    assert len(db.sections(containing=".*")) == 0


def test_a_query_of_ones_own(db) -> None:
    frame = db.query("SELECT agency, received_total FROM requests WHERE year = 2024")
    assert frame.to_dict("records") == [{"agency": WATER, "received_total": 13}]
    assert str(frame["received_total"].dtype) == "Int64"


REFUSED = [
    ("DELETE FROM reports", "refused"),
    ("SELECT 1; DELETE FROM reports", "refused"),
    ("SELECT * FROM nowhere", "no such table"),
]


@pytest.mark.parametrize(("sql", "said"), REFUSED)
def test_nothing_can_be_changed(db, sql: str, said: str) -> None:
    with pytest.raises(gongkai.GongkaiError, match=said):
        db.query(sql)
    assert len(db.reports()) == 7


def test_views_by_name(db) -> None:
    assert len(db.view("failed_checks")) == 0 + len(db.view("failed_checks", year=range(2100)))
    with pytest.raises(gongkai.GongkaiError, match="there is no view x; choose one of panel"):
        db.view("x")


def test_the_codebook_as_a_frame(db) -> None:
    book = db.codebook("panel").set_index("column_name")
    assert book.loc["received", "label_zh"] == "本年新收申请"
    assert set(db.codebook()["view_name"]) > {"panel", "cells", "coverage"}


def test_an_empty_answer_keeps_its_columns_and_types(db) -> None:
    frame = db.panel(year=1999)
    assert len(frame) == 0
    assert list(frame.columns) == list(db.panel().columns)
    assert str(frame["received"].dtype) == "Float64"


def test_a_chart_of_a_frame_is_an_svg_with_gaps(tmp_path: Path) -> None:
    frame = pandas.DataFrame({"a<b": [1, pandas.NA, 3]}, index=[2021, 2022, 2023])
    picture = gongkai.chart(frame, "lines", "T & T", labels={"a<b": "甲 < 乙"})
    path = picture.save(tmp_path / "a.svg")
    text = path.read_text(encoding="utf-8")
    assert text.startswith("<svg ")
    assert "T &amp; T" in text and "甲 &lt; 乙" in text
    assert "甲 &lt; 乙: 2021 1, 2022 –, 2023 3" in text
    assert picture._repr_svg_() == picture.svg
