"""Larger sets of chosen layouts."""

from fixtures.catalogue import larger_set


def test_a_larger_set_may_keep_to_some_layouts() -> None:
    layouts = ["scan 150 dpi", "scan as png"]
    recipes = list(larger_set("s", 5, layouts=layouts))
    assert [recipe.layout for recipe in recipes] == [layouts[i % 2] for i in range(5)]
    assert recipes == list(larger_set("s", 5, layouts=layouts))
