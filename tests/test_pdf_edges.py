"""Rules to edges to grids: snapping, joining, grouping, spans, sides that are not drawn."""

import pytest

from extract.pdf.edges import Edge, rules_to_edge_groups, rules_to_edges
from extract.pdf.lattice import edge_group_to_grid, fields_to_boxes
from extract.pdf.page import Rule
from extract.pdf.paths import box_to_rules, boxes_to_rules, curve_to_points, points_to_rules
from extract.pdf.tolerances import Tolerances


def level(y: float, x0: float, x1: float) -> Rule:
    return Rule(x0, y, x1, y, 0.5)


def upright(x: float, top: float, bottom: float) -> Rule:
    return Rule(x, top, x, bottom, 0.5)


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([level(10, 0, 50), level(10, 52, 90)], [Edge(10, 0, 90)]),
        ([level(10, 0, 50), level(10, 60, 90)], [Edge(10, 0, 50), Edge(10, 60, 90)]),
        ([level(10, x, x + 3) for x in range(0, 60, 8)], [Edge(10, 0, 59)]),
        ([level(10, 0, 50), level(10.8, 40, 90)], [Edge(10.4, 0, 90)]),
        ([level(10, 0, 3)], []),
        ([level(10, 0, 50), level(30, 0, 50)], [Edge(10, 0, 50), Edge(30, 0, 50)]),
    ],
    ids=["joined", "too far apart", "dashes", "one line", "too short", "two lines"],
)
def test_pieces_of_a_line(rules: list[Rule], expected: list[Edge]) -> None:
    assert rules_to_edges(rules)[0] == [
        Edge(pytest.approx(e.position), e.start, e.end) for e in expected
    ]


def test_double_rules_of_one_table_are_one() -> None:
    rules = [upright(x, 0, 60) for x in (0, 100, 103)] + [level(y, 0, 103) for y in (0, 30, 60)]
    (group,) = rules_to_edge_groups(rules)
    assert [edge.position for edge in group.upright] == [0, 101.5]


def test_tables_do_not_move_each_others_lines() -> None:
    first = [upright(x, 0, 60) for x in (0, 100)] + [level(y, 0, 100) for y in (0, 60)]
    second = [upright(x, 200, 260) for x in (3, 103)] + [level(y, 3, 103) for y in (200, 260)]
    groups = rules_to_edge_groups(first + second)
    assert [[edge.position for edge in group.upright] for group in groups] == [[0, 100], [3, 103]]


def test_side_of_a_column_without_rows_belongs_to_the_table() -> None:
    rules = [upright(x, 0, 90) for x in (0, 40, 100, 160)]
    rules += [level(y, 40, 160) for y in (0, 30, 60, 90)]
    (group,) = rules_to_edge_groups(rules)
    grid = edge_group_to_grid(group)
    assert grid is not None
    assert grid.xs == (0, 40, 100, 160)
    label = grid.cells[0]
    assert (label.row, label.column, label.rowspan) == (0, 0, 3)
    assert label.open_top
    assert label.open_bottom


def test_rules_that_touch_nothing_are_no_group() -> None:
    assert rules_to_edge_groups([level(10, 0, 500), level(20, 0, 500), upright(600, 0, 90)]) == []


def test_row_cut_by_the_page_is_closed() -> None:
    rules = [upright(x, 0, 50) for x in (0, 60, 120)] + [level(y, 0, 120) for y in (0, 30)]
    (group,) = rules_to_edge_groups(rules)
    grid = edge_group_to_grid(group)
    assert grid is not None
    assert grid.ys == (0, 30, 50)
    assert [c.open_bottom for c in grid.cells] == [False, False, True, True]


@pytest.mark.parametrize(
    ("level_at", "upright_at", "expected"),
    [
        ([[1, 1], [1, 1]], [[1], [1], [1]], [(0, 0, 1, 1), (0, 1, 1, 2)]),
        ([[1, 1], [1, 1]], [[1], [0], [1]], [(0, 0, 1, 2)]),
        ([[1, 1], [0, 1], [1, 1]], [[1, 1], [1, 1], [1, 1]],
         [(0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 2, 2)]),
        ([[1, 1], [0, 1], [1, 1]], [[1, 1], [0, 1], [1, 1]],
         [(0, 0, 1, 2), (1, 0, 2, 1), (1, 1, 2, 2)]),
    ],
    ids=["apart", "merged", "rowspan", "an L is cut into rectangles"],
)  # fmt: skip
def test_fields_to_boxes(
    level_at: list[list[int]], upright_at: list[list[int]], expected: list[tuple[int, ...]]
) -> None:
    found = fields_to_boxes(
        [[bool(edge) for edge in line] for line in level_at],
        [[bool(edge) for edge in line] for line in upright_at],
    )
    assert found == expected


@pytest.mark.parametrize(
    ("box", "expected"),
    [
        ((0, 0, 100, 1), [Rule(0, 0.5, 100, 0.5, 1)]),
        ((0, 0, 2, 90), [Rule(1, 0, 1, 90, 2)]),
        ((0, 0, 2, 2), [Rule(0, 1, 2, 1, 2), Rule(1, 0, 1, 2, 2)]),
        ((0, 0, 100, 20), []),
    ],
    ids=["level", "upright", "dot", "shading"],
)
def test_filled_boxes(box: tuple[float, float, float, float], expected: list[Rule]) -> None:
    assert box_to_rules(box) == expected


def test_filled_ring_is_four_rules() -> None:
    rules, shades = boxes_to_rules([(0, 0, 100, 50), (1, 1, 99, 49)])
    assert shades == []
    assert rules == [
        Rule(0.5, 0.5, 99.5, 0.5, 1),
        Rule(99.5, 0.5, 99.5, 49.5, 1),
        Rule(0.5, 49.5, 99.5, 49.5, 1),
        Rule(0.5, 0.5, 0.5, 49.5, 1),
    ]


def test_slanted_strokes_are_no_rules() -> None:
    assert points_to_rules([(0, 0), (50, 50), (50, 90)], 1) == [Rule(50, 50, 50, 90, 1)]


def test_only_small_curves_are_corners() -> None:
    assert curve_to_points((0, 0), (3, 0), (5, 5)) == [(5, 0), (5, 5)]
    assert curve_to_points((0, 0), (0, 3), (5, 5)) == [(0, 5), (5, 5)]
    assert curve_to_points((0, 0), (30, 0), (50, 50)) is None


def test_tolerances_are_positive() -> None:
    with pytest.raises(ValueError, match="snap must be positive"):
        Tolerances(snap=0)
