"""A government against those of the divisions of its territory.

G-GE: one that reports its whole territory has at least what each part of it has. G-SUM: what it
has is the sum of its direct divisions, which many lawfully are not, so it is a remark, and only
assessable where all of these have a report. G-COVER: whether they have.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from normalize.panel.declared import summed_cells
from normalize.panel.history import Figure, Key, PanelCheck, YearReport


def is_within(code: str, territory: str) -> bool:
    """Whether a division is a part of another one, by their codes of six digits."""
    stem = territory.removesuffix("00").removesuffix("00") if len(territory) == 6 else ""
    return code != territory and len(stem) in (2, 4) and code.startswith(stem)


def coverage_check(
    report_id: str, agency_id: str, year: int, divisions: Collection[str], reported: Collection[str]
) -> PanelCheck:
    """G-COVER of a government's report; `actual` of `expected` direct divisions have one."""
    found = len(set(divisions) & set(reported))
    complete = found == len(divisions)
    return PanelCheck(
        report_id,
        agency_id,
        year,
        "G-COVER",
        "I",
        expected=Decimal(len(divisions)),
        actual=Decimal(found),
        passed=complete,
        blank_as_zero=complete,
    )


def territory_checks(whole: YearReport, parts: Sequence[YearReport]) -> Iterator[PanelCheck]:
    """G-GE, one check a cell, against the part that has most; `expected` is what that has.

    Not assessable where the whole is blank; left out where no part prints the cell.
    """
    for cell in summed_cells():
        most = _most(cell, parts)
        figure = whole.figures.get(cell)
        if most is None or figure is None:
            continue
        value, part = most
        own = figure.value
        yield PanelCheck(
            whole.report_id,
            whole.agency_id,
            whole.year,
            "G-GE",
            "S",
            part.report_id,
            figure.form,
            *cell,
            expected=value,
            actual=own,
            passed=None if own is None else own >= value,
            blank_as_zero=(own or Decimal(0)) >= value,
        )


def sum_checks(
    whole: YearReport, divisions: Collection[str], parts: Mapping[str, YearReport]
) -> Iterator[PanelCheck]:
    """G-SUM, one check a cell; `parts` are reports by the division whose government's they are.

    Nothing is assessed unless every direct division has a report in the whole's edition.
    """
    children = [parts[code] for code in sorted(divisions) if code in parts]
    for cell in summed_cells() if divisions and len(children) == len(divisions) else ():
        own = whole.figures.get(cell)
        figures = [figure for child in children if (figure := child.figures.get(cell))]
        same_edition = own is not None and {figure.form for figure in figures} == {own.form}
        if own is not None and same_edition and len(figures) == len(children):
            yield _sum_check(whole, cell, own, figures)


def _sum_check(whole: YearReport, cell: Key, own: Figure, figures: Sequence[Figure]) -> PanelCheck:
    due = sum((figure.value or Decimal(0) for figure in figures), Decimal(0))
    strict = all(figure.value is not None for figure in (own, *figures))
    holds = due == (own.value or Decimal(0))
    return PanelCheck(
        whole.report_id,
        whole.agency_id,
        whole.year,
        "G-SUM",
        "I",
        None,
        own.form,
        *cell,
        expected=due,
        actual=own.value,
        passed=holds if strict else None,
        blank_as_zero=holds,
    )


def _most(
    cell: tuple[str, str, str], parts: Iterable[YearReport]
) -> tuple[Decimal, YearReport] | None:
    """The largest figure among the parts; of equals, that of the first id."""
    found = [
        (figure.value, part)
        for part in sorted(parts, key=lambda part: part.report_id)
        if (figure := part.figures.get(cell)) is not None and figure.value is not None
    ]
    return max(found, key=lambda one: one[0], default=None)
