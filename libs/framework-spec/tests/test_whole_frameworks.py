"""Properties of generated frameworks: nothing is lost in a file, and every single edit is named by the difference."""

import copy
import json
import math
from collections.abc import Iterator
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from framework_spec.difference import Change, describe, difference
from framework_spec.document import Framework
from framework_spec.nodes import load
from framework_spec.writing import to_json, to_yaml

Location = tuple[str | int, ...]

# Control characters are refused at reading; all else must survive, line separators and the like included.
controls = "".join(map(chr, [*range(9), 11, 12, *range(14, 32), 127]))
words = st.text(st.characters(codec="utf-8", exclude_characters=controls), max_size=20)
tricky = st.sampled_from(
    ["NO", "NA", "1E2", "0123", "true", "null", "~", "1.5", "1.0e-7", "12:30", "", " a ", "a: b", "#"]
)
texts = st.dictionaries(st.sampled_from(["en", "fr", "es"]), st.one_of(words, tricky), min_size=1)
numbers = st.one_of(st.floats(allow_nan=False, allow_infinity=False), st.integers(-(10**6), 10**6))
weights = st.one_of(st.integers(0, 99), st.floats(0, 1e6), st.fractions(0, 9, max_denominator=9).map(str))
facts = st.dictionaries(
    st.one_of(words, tricky), st.one_of(st.none(), st.booleans(), words, tricky, numbers), max_size=3
)
units = st.sampled_from(["count", "percent", "currency", "hours"])
FORMULAS = ["100 * A / B", "A - A[T-1]", "coalesce(A, 0)", "if(A > B, A, B)"]


def part(required: dict[str, st.SearchStrategy[Any]], **optional: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(required, optional=optional)


scorings = part(
    {"normalisation": st.sampled_from(["goalposts", "min_max", "steps"])},
    lower=numbers,
    steps=st.lists(part({"from": numbers, "points": numbers}), max_size=3),
    transform=st.sampled_from(["none", "log"]),
)
kpis = part(
    {"kind": st.just("kpi")},
    name=texts,
    weight=weights,
    formula=st.sampled_from(FORMULAS),
    unit=units,
    direction=st.sampled_from(["higher_is_better", "lower_is_better", "context_only"]),
    scoring=scorings,
    sdgs=st.lists(st.integers(1, 17), max_size=3),
    breakdowns=st.lists(st.one_of(words, part({"code": st.just("import")}, name=texts, unit=units)), max_size=2),
    missing=part({}, claims=st.just(["opted_out"]), note=texts),
    first_cycle=facts,
)
groups = part(
    {"kind": st.sampled_from(["dimension", "group"])},
    name=texts,
    weight=weights,
    coverage=part({"threshold": st.just("1/2")}, measure=st.just("children")),
    aggregation=part({"method": st.just("geometric")}, floor=numbers),
)
inputs = part({}, name=texts, unit=units, minimum=numbers, years=st.just(["T", "T-1"]), fiscal_year=st.just("allowed"))
rules = st.one_of(
    part({"kind": st.just("range"), "value": st.just("A")}, minimum=numbers, maximum=numbers, shadow=st.booleans()),
    part(
        {"kind": st.just("comparison"), "check": st.just("A <= B")},
        valid_from=st.dates().map(str),
        when=st.just("A > 1"),
    ),
    part({"kind": st.just("change"), "value": st.just("A")}, maximum_rise=st.integers(0, 9)),
    part({"kind": st.just("evidence"), "kpis": st.just(["K0"])}),
)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Any framework of the right shape, with codes that stand once; whether it makes sense does not matter here."""
    parents: list[dict[str, Any]] = [{"code": "ROOT", "kind": "index", "children": []}]
    for number in range(draw(st.integers(0, 3))):
        group = {"code": f"G{number}", **draw(groups), "children": []}
        draw(st.sampled_from(parents))["children"].append(group)
        parents.append(group)
    for number in range(draw(st.integers(1, 4))):
        draw(st.sampled_from(parents))["children"].append({"code": f"K{number}", **draw(kpis)})
    listed = draw(st.lists(rules, max_size=3))
    common = st.fixed_dictionaries({"severity": st.sampled_from(["error", "warning"]), "text": texts})
    return {
        "spec": "openpmm.framework/1",
        "code": "generated",
        "version": draw(st.one_of(tricky.filter(bool), words.filter(bool))),
        "purpose": "catalogue",
        "population": "testers",
        "facts": draw(facts),
        "bands": [{"code": "A", "from": draw(numbers)}, {"code": "B", "from": draw(numbers), "name": draw(texts)}],
        "inputs": [{"code": code, **draw(inputs)} for code in "AB"],
        "rules": [{"id": f"R{number}", **draw(common), **rule} for number, rule in enumerate(listed)],
        "root": parents[0],
    }


@settings(max_examples=80, deadline=None)
@given(document=documents())
def test_import_of_an_export_is_the_same_framework(document: dict[str, Any]) -> None:
    framework = Framework.model_validate(document)
    for text in (to_yaml(framework), to_json(framework), framework.canonical_json()):
        source = load(text)
        assert source.problems == []
        again = Framework.model_validate(source.data)
        assert again == framework
        assert again.digest() == framework.digest()


@settings(max_examples=80, deadline=None)
@given(document=documents())
def test_import_of_an_exported_draft_is_the_same_draft(document: dict[str, Any]) -> None:
    del document["purpose"]
    document["root"]["colour"] = None
    assert load(to_yaml(document)).data == document
    assert load(to_json(document)).data == json.loads(json.dumps(document))


@settings(max_examples=25, deadline=None)
@given(document=documents())
def test_equal_versions_have_no_difference(document: dict[str, Any]) -> None:
    framework = Framework.model_validate(document)
    again = Framework.model_validate({**copy.deepcopy(document), "version": "another"})
    assert difference(framework, again).changes == ()
    assert not difference(framework, again)
    assert describe(difference(framework, again)) == []


CHOICES = {
    "kind": ["dimension", "group", "range"],
    "unit": ["hours", "count"],
    "direction": ["context_only", "higher_is_better"],
    "formula": FORMULAS,
    "severity": ["information"],
    "normalisation": ["z_score"],
    "purpose": ["scoring"],
    "population": ["others"],
    "when": ["A > 2"],
    "check": ["A < B"],
    "value": ["A + B"],
    "valid_from": ["2001-02-03"],
}


def locations(value: Any, here: Location = ()) -> Iterator[Location]:
    if here and here[0] not in ("spec", "version"):
        yield here
    items: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from locations(item, (*here, key))


def edited(document: dict[str, Any], location: Location, draw: st.DrawFn) -> dict[str, Any]:
    changed = copy.deepcopy(document)
    holder: Any = changed
    for step in location[:-1]:
        holder = holder[step]
    last: Any = location[-1]
    value = holder[last]
    if draw(st.booleans()) or isinstance(value, dict | list) or value is None:
        del holder[last]
    elif isinstance(value, bool):
        holder[last] = not value
    elif isinstance(value, int | float):
        holder[last] = draw(st.sampled_from([value + 1, 3, 0.5]))
    else:
        fresh = ["ZZ9"] if last in ("code", "id") else CHOICES.get(str(last), ["something else", value + "!"])
        holder[last] = draw(st.sampled_from(fresh))
    return changed


def names(change: Change, location: Location) -> bool:
    shorter = min(len(change.location), len(location))
    return change.location[:shorter] == location[:shorter]


@settings(max_examples=250, deadline=None)
@given(data=st.data(), document=documents())
def test_every_single_edit_is_named_by_the_difference(data: st.DataObject, document: dict[str, Any]) -> None:
    old = Framework.model_validate(document)
    location = data.draw(st.sampled_from(list(locations(document))))
    changed = data.draw(st.composite(lambda draw: edited(document, location, draw))())
    try:
        new = Framework.model_validate(changed)
    except ValidationError:
        assume(False)
    found = difference(old, new)
    if new.digest() == old.digest():
        assert found.changes == ()
        return
    assert any(names(change, location) for change in found.changes)
    assert len(describe(found, "fr")) == len(describe(found, "en")) == len(found.changes)
    assert math.isfinite(len(json.dumps(found.document(), allow_nan=False)))


@settings(max_examples=30, deadline=None)
@given(document=documents(), data=st.data())
def test_another_order_of_siblings_is_named(document: dict[str, Any], data: st.DataObject) -> None:
    siblings = document["root"]["children"]
    assume(len(siblings) > 1)
    old = Framework.model_validate(document)
    document["root"]["children"] = data.draw(st.permutations(siblings))
    new = Framework.model_validate(document)
    kinds = [change.kind for change in difference(old, new).changes]
    assert kinds == ([] if new == old else ["reordered"])
