"""A draft may hold anything: whatever it is, it can be judged, compared, written down and edited without a crash."""

import copy
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framework_spec.difference import describe, difference
from framework_spec.drafts import Draft, UnknownPartError
from framework_spec.problems import FrameworkRejectedError
from framework_spec.writing import to_json, to_yaml

NAMES = ("code", "id", "kind", "name", "root", "children", "inputs", "bands", "rules", "formula", "scoring", "unit")
WORDS = ("R", "D1", "index", "dimension", "kpi", "en", "range", "T", "ALL", "ALL / 0", "goalposts", "currency", "")
SCALARS = st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from((0.5, 1e308, -0.0, 10**30, *WORDS))
JSON = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from((*NAMES, *WORDS, "x")), inner, max_size=5)
    ),
    max_leaves=12,
)
EDITS: tuple[Callable[[Draft, dict[str, Any]], Draft], ...] = (
    lambda draft, fields: draft.with_node("R", fields),
    lambda draft, fields: draft.with_node("D1", fields),
    lambda draft, fields: draft.with_child("R", fields, 0),
    lambda draft, fields: draft.with_child("D1", fields),
    lambda draft, _: draft.without_node("D1"),
    lambda draft, _: draft.moved("D1", "R", 0),
    lambda draft, _: draft.moved("R", "D1"),
    lambda draft, fields: draft.with_part("inputs", fields),
    lambda draft, fields: draft.with_part("rules", fields),
    lambda draft, fields: draft.with_part("bands", fields),
    lambda draft, _: draft.without_part("inputs", "ALL"),
)


@st.composite
def near_documents(draw: st.DrawFn, document: dict[str, Any]) -> dict[str, Any]:
    """A document that is right but for a few places, where anything stands."""
    changed = copy.deepcopy(document)
    for _ in range(draw(st.integers(1, 3))):
        here: Any = changed
        while True:
            keys = list(here) if isinstance(here, dict) else list(range(len(here)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if not isinstance(here[key], dict | list) or draw(st.integers(0, 3)) == 0:
                here[key] = draw(JSON)
                break
            here = here[key]
    return changed


def stands(draft: Draft, other: Draft, fields: dict[str, Any]) -> None:
    """All that is done with drafts ends with an answer or with the refusal that is meant for it."""
    draft.problems()
    with suppress(FrameworkRejectedError):
        draft.framework()
    for old, new in ((draft, other), (other, draft)):
        found = difference(old.document, new.document)
        found.document()
        assert len(describe(found, "en")) == len(describe(found, "fr"))
    assert not difference(draft.document, draft.document)
    for written in (to_yaml(draft.document), to_json(draft.document)):
        assert Draft.read(written).digest() == draft.digest()
    for edit in EDITS:
        before = copy.deepcopy(draft.document)
        with suppress(UnknownPartError):
            edit(draft, fields).digest()
        assert draft.document == before


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_nothing_that_a_draft_may_hold_breaks_it(data: st.DataObject) -> None:
    mapping = st.dictionaries(st.sampled_from(NAMES), JSON, max_size=6)
    stands(Draft(data.draw(mapping)), Draft(data.draw(mapping)), data.draw(mapping))


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_nothing_that_stands_in_a_good_document_breaks_it(data: st.DataObject) -> None:
    good = whole_document()
    bad = Draft(data.draw(near_documents(good)))
    stands(bad, Draft(good), data.draw(st.dictionaries(st.sampled_from(NAMES), JSON, max_size=6)))


@pytest.mark.parametrize("children", [None, "none", {"code": "X"}, 5])
def test_a_node_whose_children_are_no_list_takes_a_child_only_where_nothing_is_lost(children: Any) -> None:
    draft = Draft({"root": {"code": "R", "kind": "index", "children": children}})
    if children is None:
        assert draft.with_child("R", {"code": "D1"}).node("R")["children"] == [{"code": "D1"}]
        return
    with pytest.raises(UnknownPartError, match="the children of R are no list"):
        draft.with_child("R", {"code": "D1"})


def test_a_list_that_is_no_list_is_not_overwritten_by_an_edit() -> None:
    draft = Draft({"inputs": {"code": "ALL"}})
    with pytest.raises(UnknownPartError, match="the inputs are no list"):
        draft.with_part("inputs", {"code": "NEW"})
    assert Draft({"inputs": None}).with_part("inputs", {"code": "NEW"}).document["inputs"] == [{"code": "NEW"}]


def whole_document() -> dict[str, Any]:
    """A document with something of everything."""
    kpi = {
        "code": "K1", "kind": "kpi", "name": {"en": "One", "fr": "Un"}, "formula": "100 * GOOD / ALL",
        "unit": "percent", "direction": "higher_is_better", "weight": 1, "breakdowns": ["plain", {"code": "part"}],
        "scoring": {"normalisation": "goalposts", "lower": 0, "upper": 100}, "missing": {"claims": ["opted_out"]},
        "sdgs": [16], "tools": ["Tool"], "field_confidence": {"sdgs": "illustrative"}, "evidence": {"en": "A file"},
    }  # fmt: skip
    return {
        "spec": "openpmm.framework/1", "code": "whole", "version": "1", "purpose": "scoring", "population": "testers",
        "name": {"en": "Whole"}, "languages": ["en", "fr"], "scale": {"lower": 0, "upper": 100},
        "bands": [{"code": "A", "from": 0, "name": {"en": "All"}}], "ranking": {"mode": "none"},
        "inputs": [
            {"code": "ALL", "unit": "count", "minimum": 0, "years": ["T", "T-1"]}, {"code": "GOOD", "unit": "count"}
        ],
        "rules": [
            {"id": "R1", "kind": "comparison", "severity": "error", "check": "GOOD <= ALL", "text": {"en": "No"}},
            {"id": "R2", "kind": "change", "severity": "warning", "value": "ALL", "maximum_rise": 5, "shadow": True,
             "text": {"en": "No"}, "valid_from": "2027-01-01", "when": "ALL > 10"},
            {"id": "R3", "kind": "completeness", "severity": "information", "kpis": ["K1"], "text": {"en": "No"}},
        ],
        "root": {
            "code": "R", "kind": "index", "name": {"en": "Root"}, "aggregation": {"method": "arithmetic"},
            "coverage": {"threshold": 0.5, "required": ["D1"]},
            "children": [{"code": "D1", "kind": "dimension", "name": {"en": "First"}, "weight": 1, "children": [kpi]}],
        },
    }  # fmt: skip
