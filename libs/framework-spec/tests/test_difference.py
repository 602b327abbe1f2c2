"""The difference by example: which kind each edit is, which series it breaks, and how it reads."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from framework_spec.difference import Change, describe, difference
from framework_spec.reading import validate_document

Edit = Callable[[dict[str, Any]], Any]
GROUP = "root.children[0]"
KPI = f"{GROUP}.children[0]"


def group(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = document["root"]["children"][0]
    return found


def kpi_of(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = group(document)["children"][0]
    return found


def changes(document: dict[str, Any], edit: Edit) -> tuple[Change, ...]:
    old = validate_document(copy.deepcopy(document))
    edit(document)
    return difference(old, validate_document(document)).changes


@pytest.mark.parametrize(
    ("edit", "kind", "path", "breaks"),
    [
        (lambda d: kpi_of(d).update(formula="GOOD / ALL"), "redefined", f"{KPI}.formula", "values"),
        (lambda d: kpi_of(d).update(formula="100*GOOD/ALL"), "redefined", f"{KPI}.formula", None),
        (lambda d: kpi_of(d).update(unit="percent"), "redefined", f"{KPI}.unit", "values"),
        (lambda d: kpi_of(d).update(direction="lower_is_better"), "redefined", f"{KPI}.direction", "scores"),
        (lambda d: kpi_of(d)["scoring"].update(upper=90), "rescored", f"{KPI}.scoring.upper", "scores"),
        (lambda d: kpi_of(d).update(weight=2), "reweighted", f"{KPI}.weight", "scores"),
        (lambda d: kpi_of(d)["name"].update(en="Share"), "renamed", f"{KPI}.name.en", None),
        (lambda d: kpi_of(d).update(definition={"en": "x"}), "texts", f"{KPI}.definition", None),
        (lambda d: kpi_of(d).update(sdgs=[16]), "documented", f"{KPI}.sdgs", None),
        (lambda d: kpi_of(d).update(missing={"claims": []}), "redefined", f"{KPI}.missing", None),
        (lambda d: kpi_of(d).update(breakdowns=["import"]), "redefined", f"{KPI}.breakdowns", None),
        (lambda d: kpi_of(d).update(code="D1-9"), "renamed", f"{KPI}.code", "values"),
        (lambda d: group(d).update(code="D9"), "renamed", f"{GROUP}.code", "scores"),
        (lambda d: group(d).update(kind="group"), "redefined", f"{GROUP}.kind", None),
        (lambda d: group(d).update(missing="group_mean"), "rescored", f"{GROUP}.missing", "scores"),
        (lambda d: group(d).update(coverage={"threshold": "1/2"}), "rescored", f"{GROUP}.coverage", "scores"),
        (lambda d: group(d)["children"].reverse(), "reordered", f"{GROUP}.children", None),
        (lambda d: group(d)["children"][1].update(weight=3), "reweighted", f"{GROUP}.children[1].weight", None),
        (lambda d: group(d)["children"].pop(), "removed", f"{GROUP}.children[1]", None),
        (lambda d: d["inputs"][1].update(minimum=1), "redefined", "inputs[1].minimum", None),
        (lambda d: d["inputs"][0].update(unit="number"), "redefined", "inputs[0].unit", "values"),
        (lambda d: d["inputs"].append({"code": "NEW"}), "added", "inputs[2]", None),
        (lambda d: d["bands"][0].update({"from": 75}), "rescored", "bands[0].from", "scores"),
        (lambda d: d["bands"].pop(), "removed", "bands[1]", "scores"),
        (lambda d: d.update(decimals=2), "governed", "decimals", None),
        (lambda d: d.update(scale={"upper": 10}), "rescored", "scale", "scores"),
        (lambda d: d.update(population="others"), "governed", "population", "scores"),
        (lambda d: d.update(label={"en": "x"}), "texts", "label", None),
        (lambda d: d["rules"][0].update(shadow=True), "redefined", "rules[0].shadow", None),
        (lambda d: d["rules"][0]["text"].update(en="y"), "texts", "rules[0].text.en", None),
        (lambda d: d["rules"].pop(), "removed", "rules[0]", None),
    ],
)
def test_names_a_single_edit(document: dict[str, Any], edit: Edit, kind: str, path: str, breaks: str | None) -> None:
    document["rules"] = [
        {"id": "R1", "kind": "range", "severity": "error", "text": {"en": "x"}, "value": "ALL", "minimum": 0}
    ]
    found = changes(document, edit)
    assert [(change.kind, change.path, change.breaks) for change in found] == [(kind, path, breaks)]
    assert found[0].breaks_series is (breaks is not None)


def test_a_weight_written_in_another_way_breaks_nothing(document: dict[str, Any]) -> None:
    kpi_of(document)["weight"] = 0.5
    (change,) = changes(document, lambda changed: kpi_of(changed).update(weight="1/2"))
    assert (change.kind, change.breaks) == ("reweighted", None)


@pytest.mark.parametrize(("currency", "breaks"), [("national", None), ("USD", "values")])
def test_naming_the_national_currency_that_was_meant_breaks_nothing(
    document: dict[str, Any], currency: str, breaks: str | None
) -> None:
    document["inputs"][0]["unit"] = "currency"
    (change,) = changes(document, lambda changed: changed["inputs"][0].update(currency=currency))
    assert (change.field, change.breaks) == ("currency", breaks)


def test_a_moved_kpi_keeps_its_other_changes(document: dict[str, Any]) -> None:
    document["root"]["children"].append({"code": "D2", "kind": "dimension", "name": {"en": "Second"}, "children": []})
    document["purpose"] = "catalogue"

    def edit(changed: dict[str, Any]) -> None:
        moved = group(changed)["children"].pop(0)
        moved["weight"] = 4
        changed["root"]["children"][1]["children"].append(moved)

    found = changes(document, edit)
    assert [(change.kind, change.code, change.before, change.after) for change in found] == [
        ("moved", "D1-1", "D1", "D2"),
        ("reweighted", "D1-1", None, 4),
    ]


def test_a_change_of_an_input_names_the_kpis_it_touches(document: dict[str, Any]) -> None:
    (change,) = changes(document, lambda changed: changed["inputs"][0].update(minimum=1))
    assert change.kpis == ("D1-1", "D1-2")


def test_a_difference_is_json_and_text_in_both_languages(document: dict[str, Any]) -> None:
    old = validate_document(copy.deepcopy(document))
    document["version"] = "2"
    kpi_of(document)["formula"] = "GOOD / ALL"
    document["inputs"][0]["minimum"] = 1
    document["root"]["children"][0]["children"].pop()
    found = difference(old, validate_document(document))
    plain = json.loads(json.dumps(found.document()))
    assert (plain["old"]["version"], plain["new"]["version"], plain["breaks_series"]) == ("1", "2", True)
    assert plain["changes"][2]["path"] == f"{KPI}.formula"
    assert describe(found, "en") == [
        "Input ALL: minimum is now 1; there was none. KPIs concerned: D1-1.",
        "KPI D1-2 “Size” was removed.",
        "KPI D1-1 “Good share”: formula changed from “100 * GOOD / ALL” to “GOOD / ALL”. "
        "Breaks the time series of values and scores.",
    ]
    assert describe(found, "fr") == [
        "Donnée ALL : minimum, valeur nouvelle 1 ; il n'y en avait pas. KPI concernés : D1-1.",
        "KPI D1-2 « Size » : suppression.",
        "KPI D1-1 « Good share » : formule, modification de « 100 * GOOD / ALL » en « GOOD / ALL ». "
        "Rompt la série chronologique des valeurs et des scores.",
    ]


def test_drafts_with_gaps_are_compared_all_the_same(document: dict[str, Any]) -> None:
    draft = copy.deepcopy(document)
    del kpi_of(draft)["code"]
    draft["inputs"] = "none yet"
    kinds = [change.kind for change in difference(document, draft).changes]
    assert kinds == ["removed", "removed", "renamed"]


def test_both_sides_write_the_same_number_alike(document: dict[str, Any]) -> None:
    old = validate_document(copy.deepcopy(document))
    kpi_of(document)["scoring"].update(lower=5, upper=90.0)
    for new in (document, validate_document(document)):
        said = json.dumps([(each["before"], each["after"]) for each in difference(old, new).document()["changes"]])
        assert "[0, 5]" in said
        assert "[100, 90]" in said
