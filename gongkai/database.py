"""A database opened for reading, with a method for each kind of table."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from gongkai.frames import rows_to_frame
from store.connections import reading
from store.contract import Exportable
from store.database import open_readonly
from store.export_labels import table_labels
from store.query import SECONDS
from store.query import query as ask
from store.selection import Selection
from store.tidy import contract_table, view_table

if TYPE_CHECKING:
    import pandas
    from sqlalchemy import Engine

Years = int | Iterable[int] | None
Texts = str | Iterable[str] | None

RELEASED = "gongkai.db"
"""The database's name in the folder of a release."""

MOST_ROWS = 10_000_000


def open(place: str | Path = "sqlite:///gongkai.db") -> Database:
    """The database at a URL, in a SQLite file, or in the folder of a release.

    GongkaiError when there is none, or it is another program's or of another version.
    """
    text = str(place)
    if "://" not in text:
        path = Path(text)
        text = f"sqlite:///{path / RELEASED if path.is_dir() else path}"
    return Database(open_readonly(text))


class Database:
    """Frames from one database; nothing in it can be changed by any of them.

    Most methods take the same filters: `year` is one or several (`range(2019, 2024)`), `agency` a
    name as printed or an agency_id, `region` the beginning of a division code ("44" is Guangdong),
    `level` national, province, city, county, township or village. With `exact` decimals are
    objects of the class Decimal instead of doubles.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __repr__(self) -> str:
        return f"<gongkai.Database {self._engine.url.render_as_string(hide_password=True)}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def reports(
        self, *, year: Years = None, agency: Texts = None, region: Texts = None, level: Texts = None
    ) -> pandas.DataFrame:
        """One current report a row, those in quarantine included."""
        return self._contract("reports", _selection(year, agency, region, level))

    def panel(
        self, *, year: Years = None, agency: Texts = None, region: Texts = None, level: Texts = None
    ) -> pandas.DataFrame:
        """One report a row, its measures comparable over the years.

        `<measure>_status` says why a measure is NA, `<measure>_flagged` whether it is in doubt.
        """
        return self.view("panel", year=year, agency=agency, region=region, level=level)

    def rates(
        self, *, year: Years = None, agency: Texts = None, region: Texts = None, level: Texts = None
    ) -> pandas.DataFrame:
        """One report a row: shares of the panel's measures, with what they are shares of."""
        return self.view("rates", year=year, agency=agency, region=region, level=level)

    def requests(
        self, *, year: Years = None, agency: Texts = None, region: Texts = None, level: Texts = None
    ) -> pandas.DataFrame:
        """One report with a table of requests a row: its column of totals, of whichever form."""
        return self.view("requests", year=year, agency=agency, region=region, level=level)

    def form_table(
        self,
        table: str,
        form: str,
        *,
        year: Years = None,
        agency: Texts = None,
        region: Texts = None,
        level: Texts = None,
        exact: bool = False,
    ) -> pandas.DataFrame:
        """One report a row, one column a cell: `form_table("requests", "2021")`.

        `columns_in_doubt` names the columns of a row whose values are in doubt.
        """
        return self.view(
            f"{table}_{form}", year=year, agency=agency, region=region, level=level, exact=exact
        )

    def cells(
        self,
        *,
        year: Years = None,
        agency: Texts = None,
        region: Texts = None,
        level: Texts = None,
        form: Texts = None,
        table: Texts = None,
        row: Texts = None,
        column: Texts = None,
        status: Texts = None,
        flagged: bool | None = None,
        exact: bool = False,
    ) -> pandas.DataFrame:
        """One cell of one report a row, with its place on the page.

        `exact` makes `value` of the digits as they are printed.
        """
        only: dict[str, tuple[object, ...]] = {}
        for name, given in (
            *(("form", form), ("form_table", table), ("form_row", row), ("form_column", column)),
            ("status", status),
        ):
            if given is not None:
                only[name] = _texts(given)
        if flagged is not None:
            only["flagged"] = (flagged,)
        found = self._view("cells", _selection(year, agency, region, level), only, False)
        if exact:
            found["value"] = _to_decimals(found["value_exact"])
        return found

    def checks(
        self,
        *,
        passed: bool | None = None,
        year: Years = None,
        agency: Texts = None,
        region: Texts = None,
        level: Texts = None,
    ) -> pandas.DataFrame:
        """One rule applied to one report a row; with `passed` those that hold, or that fail.

        `passed` is NA where an operand is no number.
        """
        found = self._contract("checks", _selection(year, agency, region, level))
        return found if passed is None else _kept(found, (found["passed"] == passed).fillna(False))

    def panel_checks(
        self, *, year: Years = None, agency: Texts = None, region: Texts = None, level: Texts = None
    ) -> pandas.DataFrame:
        """One check of a report against other years or reports a row, after `gongkai check`."""
        return self._contract("panel_checks", _selection(year, agency, region, level))

    def statements(
        self,
        *,
        measure: Texts = None,
        year: Years = None,
        agency: Texts = None,
        region: Texts = None,
        level: Texts = None,
    ) -> pandas.DataFrame:
        """One figure read from a sentence a row, with the sentence.

        The filter `year` is that of the report, `report_year`; the column `year` is the year that
        the sentence speaks of.
        """
        found = self._contract("statements", _selection(year, agency, region, level))
        if measure is None:
            return found
        return _kept(found, found["measure"].isin(_texts(measure)))

    def sections(
        self,
        *,
        containing: str | None = None,
        year: Years = None,
        agency: Texts = None,
        region: Texts = None,
        level: Texts = None,
    ) -> pandas.DataFrame:
        """One section of a report's text a row; with `containing` those that have these words."""
        found = self._contract("sections", _selection(year, agency, region, level))
        if containing is None:
            return found
        return _kept(found, found["text"].str.contains(containing, regex=False).fillna(False))

    def suggestions(
        self, *, year: Years = None, agency: Texts = None, region: Texts = None, level: Texts = None
    ) -> pandas.DataFrame:
        """One cell for which arithmetic suggests another value, or which may be wrong, a row."""
        return self._contract("suggestions", _selection(year, agency, region, level))

    def coverage(self) -> pandas.DataFrame:
        """One year, level and province a row: how many reports, and how sure they are."""
        return self._view("coverage", Selection(), {}, False)

    def view(
        self,
        name: str,
        *,
        year: Years = None,
        agency: Texts = None,
        region: Texts = None,
        level: Texts = None,
        exact: bool = False,
    ) -> pandas.DataFrame:
        """Any view by its name; GongkaiError names those there are."""
        return self._view(name, _selection(year, agency, region, level), {}, exact)

    def codebook(self, view: str | None = None) -> pandas.DataFrame:
        """What the columns of the views mean, those of one view or all."""
        found = self.query(
            "SELECT view_name, column_name, label_zh, label_en, unit, description, "
            "description_zh, form, form_table, form_row, form_column, row_label, column_label, "
            "cells, differs FROM codebook ORDER BY view_name, position"
        )
        return found if view is None else _kept(found, found["view_name"] == view)

    def query(self, sql: str, *, seconds: float = SECONDS) -> pandas.DataFrame:
        """The answer to one SELECT, of the types that pandas finds in it.

        GongkaiError when it is not one reading statement, is wrong, or takes too long.
        """
        import pandas

        result = ask(self._engine, sql, MOST_ROWS, seconds)
        return pandas.DataFrame(result.rows, columns=list(result.columns)).convert_dtypes()

    def _contract(self, name: str, selection: Selection) -> pandas.DataFrame:
        return self._frame(contract_table(name, selection), False)

    def _view(
        self,
        name: str,
        selection: Selection,
        only: dict[str, tuple[object, ...]],
        exact: bool,
    ) -> pandas.DataFrame:
        with reading(self._engine) as connection:
            table = view_table(connection, name, selection, only)
        return self._frame(table, exact)

    def _frame(self, table: Exportable, exact: bool) -> pandas.DataFrame:
        with reading(self._engine) as connection:
            labels = table_labels(connection, (table,))
            rows = table.rows(connection)
            return rows_to_frame(table.name, table.columns, rows, labels, exact)


def _selection(year: Years, agency: Texts, region: Texts, level: Texts) -> Selection:
    years = () if year is None else (year,) if isinstance(year, int) else tuple(year)
    return Selection(
        years=years, agencies=_texts(agency), regions=_texts(region), levels=_texts(level)
    )


def _texts(given: Texts) -> tuple[str, ...]:
    if given is None:
        return ()
    return (given,) if isinstance(given, str) else tuple(given)


def _kept(frame: pandas.DataFrame, condition: pandas.Series) -> pandas.DataFrame:
    """The rows that meet the condition, numbered anew, with the words of the codebook."""
    found = frame[condition].reset_index(drop=True)
    found.attrs = frame.attrs
    return found


def _to_decimals(digits: pandas.Series) -> pandas.Series:
    from decimal import Decimal

    import pandas

    values = [None if pandas.isna(text) else Decimal(str(text)) for text in digits]
    return pandas.Series(values, dtype=object, index=digits.index)
