"""The page of checks: what each demands, and the equations of those that are arithmetic."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from handbook.reference.markdown import page, table, written_by
from normalize.form_rules import Rule
from normalize.forms import shipped_forms

MEANINGS = Path(__file__).parents[1] / "checks.toml"
PANEL = Path(__file__).parents[2] / "normalize" / "panel" / "checks.toml"
_MANY = 6
"""Names of one side of an equation that are written out."""

_KINDS = (
    ("H", "identity", "An identity of the form, or what follows from one: where it fails, a number "
     "is wrong, as printed or as read."),
    ("S", "rule", "True of nearly all reports, with lawful exceptions. Where it fails, its cells "
     "are flagged."),
    ("I", "remark", "Worth knowing. It flags nothing."),
    ("X", "suspicion", "The look of a misreading. Where it fails, its cells are flagged."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Described:
    """One check of the program; `kind` as `Check.kind`."""

    check: str
    kind: str
    meaning: str


@cache
def described_checks() -> Mapping[str, tuple[Described, ...]]:
    """All checks by the title of their family."""
    families = tomllib.loads(MEANINGS.read_text(encoding="utf-8")).values()
    return {
        family["title"]: tuple(
            Described(check, *said) for check, said in family.items() if check != "title"
        )
        for family in families
    }


def checks_page() -> str:
    """Every check with its kind, meaning and, of arithmetic, the equation."""
    equations = check_equations()
    lines = [
        "# Checks",
        "",
        written_by("handbook/checks.toml", "normalize/forms", "normalize/panel/checks.toml"),
        "",
        "A check stands at its anchor, the cell of the total. It passed, it failed, or it is not "
        "assessable because a cell is blank, a placeholder, missing or not to be read; "
        "`blank_as_zero` is then its outcome with blanks counted as zero. What failed is in the "
        "view `failed_checks`; checks against other reports are in `failed_panel_checks`. Why they "
        "can be believed: [how readings are proven](../explanation/proof.md).",
        "",
        *table(("kind", "name", "what a failure means"), _KINDS),
    ]
    for title, checks in described_checks().items():
        lines += [f"## {title}", ""]
        rows = ((f"`{c.check}`", c.kind, c.meaning, equations.get(c.check, "")) for c in checks)
        lines += table(("check", "kind", "what it demands", "equation"), rows)
    return page(*lines)


@cache
def check_equations() -> Mapping[str, str]:
    """The equations of a check in all forms, those of newer forms first, as the files have them."""
    found: dict[str, dict[str, None]] = {}
    for form in reversed(shipped_forms()):
        for one in form.tables:
            for rule in one.rules:
                for said in _rule_to_text(rule):
                    found.setdefault(rule.check, {})[f"`{said}`"] = None
    for said in tomllib.loads(PANEL.read_text(encoding="utf-8"))["check"]:
        found.setdefault(said["id"], {})[f"`{said['rule']}`"] = None
    return {check: "; ".join(equations) for check, equations in found.items()}


def _rule_to_text(rule: Rule) -> Iterator[str]:
    """The equation of a rule, with where it applies; nothing for what is no arithmetic."""
    where = {"row": "each row: ", "column": "each column: "}.get(rule.each, "")
    left, right = _sum(rule.left), _sum(rule.right)
    match rule.relation:
        case "count" | "pattern":
            return
        case "0=>0":
            yield f"{where}{left} = 0 => {right} = 0"
        case "0<=>0":
            yield f"{where}{left} = 0 <=> {right} = 0"
        case "printed":
            yield f"{where}{left} = {' or '.join(rule.right)}"
        case relation:
            spread = "each of " if rule.spread else ""
            yield f"{where}{spread}{left} {relation} {right or 0}"


def _sum(names: tuple[str, ...]) -> str:
    """The names added up; of many the first and the last."""
    if len(names) > _MANY:
        return f"{names[0]} + {names[1]} + … + {names[-1]}"
    return " + ".join(names)
