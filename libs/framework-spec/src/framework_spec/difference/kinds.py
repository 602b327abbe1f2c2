"""Which kind of change a field stands for, and which time series it breaks; one table a kind of thing."""

from __future__ import annotations

from typing import Any

from framework_spec.difference.changes import ChangeKind, Series, Subject
from framework_spec.formulas import FormulaError, parse_formula, parse_statement
from framework_spec.formulas.units import NATIONAL
from framework_spec.numbers import exact

Meaning = tuple[ChangeKind, Series | None]

_TEXTS: dict[str, Meaning] = dict.fromkeys(
    ("definition", "note", "numerator", "denominator", "evidence", "edge_case", "description", "label"), ("texts", None)
)
_DOCUMENTED: dict[str, Meaning] = dict.fromkeys(
    (
        "confidence",
        "placement_confidence",
        "field_confidence",
        "sources",
        "sdgs",
        "tools",
        "tools_inferred",
        "responsible",
        "first_cycle",
        "facts",
        "measured_in",
    ),
    ("documented", None),
)
_NAMES: dict[str, Meaning] = {"code": ("renamed", None), "name": ("renamed", None), "name_long": ("renamed", None)}
_COMMON: dict[str, Meaning] = {**_TEXTS, **_DOCUMENTED, **_NAMES}

_NODE: dict[str, Meaning] = {
    **_COMMON,
    "kind": ("redefined", None),
    "weight": ("reweighted", "scores"),
    "kpi_kind": ("redefined", None),
    "formula": ("redefined", "values"),
    "unit": ("redefined", "values"),
    "year_basis": ("redefined", "values"),
    "direction": ("redefined", "scores"),
    "breakdowns": ("redefined", None),
    "fiscal_year": ("redefined", None),
    "scoring": ("rescored", "scores"),
    "aggregation": ("rescored", "scores"),
    "coverage": ("rescored", "scores"),
    "missing": ("rescored", "scores"),
}
_TABLES: dict[str, dict[str, Meaning]] = {
    "framework": {
        **_COMMON,
        "scale": ("rescored", "scores"),
        "population": ("governed", "scores"),
        "purpose": ("governed", None),
        "languages": ("governed", None),
        "ranking": ("governed", None),
        "decimals": ("governed", None),
        "spec": ("governed", None),
    },
    "input": {
        **_COMMON,
        "unit": ("redefined", "values"),
        "currency": ("redefined", "values"),
        "type": ("redefined", None),
        "minimum": ("redefined", None),
        "maximum": ("redefined", None),
        "years": ("redefined", None),
        "fiscal_year": ("redefined", None),
    },
    "band": {**_COMMON, "from": ("rescored", "scores")},
    "rule": {**_COMMON, "id": ("renamed", None), "text": ("texts", None)},
}


def meaning(subject: Subject, field: str, before: Any, after: Any) -> Meaning:
    """Give the kind of a change of this field, and the time series that it breaks.

    `field` is a path like `scoring.upper`; its first part decides. What is written in another way but means the same
    (a weight of 1/2 for 0.5, other spaces in a formula) is a change that breaks nothing.
    """
    name = field.split(".")[0].split("[")[0]
    kind, breaks = _TABLES.get(subject, _NODE).get(name, ("redefined", None))
    if name == "code" and subject in ("kpi", "input"):
        return "renamed", "values"
    if name == "code" and subject not in _TABLES:
        return "renamed", "scores"
    if subject == "kpi" and name == "missing":
        return "redefined", None
    if name == "kind" and subject not in ("rule", "framework") and "kpi" in (before, after):
        return "redefined", "values"
    return kind, None if breaks and _means_the_same(name, before, after) else breaks


def _means_the_same(name: str, before: Any, after: Any) -> bool:
    if name in ("formula", "check", "when", "value"):
        return _tree(before) == _tree(after)
    if name in ("weight", "coverage"):
        return _number(before) == _number(after)
    if name == "currency":  # undeclared, it is the national one
        return (before or NATIONAL) == (after or NATIONAL)
    return False


def _tree(text: Any) -> object:
    for parse in (parse_formula, parse_statement):
        try:
            return parse(text).tree
        except (FormulaError, TypeError):
            continue
    return text


def _number(value: Any) -> object:
    try:
        return exact(value)
    except (ValueError, TypeError, ZeroDivisionError):
        return value
