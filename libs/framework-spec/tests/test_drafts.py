"""Drafts: gaps are allowed, edits give another draft, and everything missing is told at once."""

import copy
from typing import Any

import pytest

from framework_spec.difference import difference
from framework_spec.drafts import Draft, UnknownPartError
from framework_spec.language_gaps import language_gaps
from framework_spec.periods import fiscal_inputs
from framework_spec.problems import FrameworkRejectedError
from framework_spec.reading import publishing_problems, validate_document
from framework_spec.writing import to_yaml


def test_a_draft_may_lack_almost_everything() -> None:
    draft = Draft.read("code: early\nroot: {code: R, kind: index, colour: red, children: [{kind: kpi}]}")
    codes = {problem.code for problem in draft.problems()}
    assert {"document.missing_field", "document.unknown_field"} <= codes
    assert Draft.read(to_yaml(draft.document)) == draft
    with pytest.raises(FrameworkRejectedError, match="the field 'spec' is missing"):
        draft.framework()


@pytest.mark.parametrize(("text", "code"), [("a: [", "syntax"), ("- 1", "not_a_mapping"), ("a: &x 1", "anchor")])
def test_a_draft_is_refused_only_when_its_text_is_wrong(text: str, code: str) -> None:
    with pytest.raises(FrameworkRejectedError, match=f"document.{code}"):
        Draft.read(text)


def test_a_clone_differs_by_its_version_only(document: dict[str, Any]) -> None:
    framework = validate_document(document)
    clone = Draft.of(framework, "2").framework()
    assert clone.version == "2"
    assert not difference(framework, clone)


def test_edits_of_nodes_leave_the_draft_as_it_was(document: dict[str, Any]) -> None:
    draft = Draft(copy.deepcopy(document))
    renamed = draft.with_node("D1", {"code": "D1", "kind": "dimension", "name": {"en": "New"}})
    assert renamed.node("D1")["name"] == {"en": "New"}
    assert len(renamed.node("D1")["children"]) == 2
    grown = renamed.with_child("OVERALL", {"code": "D0", "kind": "group"}, 0).moved("D1-2", "D0")
    assert [child["code"] for child in grown.document["root"]["children"]] == ["D0", "D1"]
    assert grown.node("D0")["children"] == [draft.node("D1-2")]
    assert [child["code"] for child in grown.without_node("D0").document["root"]["children"]] == ["D1"]
    assert draft.document == document
    assert draft.digest() != renamed.digest()


def test_edits_of_listed_parts(document: dict[str, Any]) -> None:
    draft = Draft(document).with_part("inputs", {"code": "ALL", "unit": "hours"}).with_part("inputs", {"code": "NEW"})
    assert [part["code"] for part in draft.document["inputs"]] == ["ALL", "GOOD", "NEW"]
    assert draft.document["inputs"][0] == {"code": "ALL", "unit": "hours"}
    assert draft.without_part("inputs", "GOOD").document["inputs"][1]["code"] == "NEW"
    with_rule = draft.with_part("rules", {"id": "R1"})
    assert with_rule.without_part("rules", "R1").document["rules"] == []


def test_edits_of_what_is_not_there_are_refused(document: dict[str, Any]) -> None:
    draft = Draft(document)
    with pytest.raises(UnknownPartError, match="no node D7"):
        draft.node("D7")
    with pytest.raises(UnknownPartError, match="is the root"):
        draft.without_node("OVERALL")
    with pytest.raises(UnknownPartError, match="below itself"):
        draft.moved("D1", "D1")
    with pytest.raises(UnknownPartError, match="is a KPI"):
        draft.with_child("D1-1", {})
    with pytest.raises(UnknownPartError, match="no R9 among the rules"):
        draft.without_part("rules", "R9")


def test_language_gaps_are_listed_with_their_place(document: dict[str, Any]) -> None:
    document["bands"][0]["name"] = {"en": "Good", "fr": "Bon"}
    document["inputs"][0]["name"] = {"fr": "Tout"}
    gaps = [(gap.path, gap.code, gap.languages) for gap in language_gaps(validate_document(document))]
    assert gaps == [
        ("inputs[0].name", "ALL", ("en",)),
        ("root.children[0].name", "D1", ("fr",)),
        ("root.children[0].children[0].name", "D1-1", ("fr",)),
        ("root.children[0].children[1].name", "D1-2", ("fr",)),
    ]


def test_a_kpi_that_refuses_fiscal_years_is_told_of_inputs_that_do_not(
    document: dict[str, Any], kpi: dict[str, Any]
) -> None:
    document["inputs"][1]["fiscal_year"] = "allowed"
    kpi["fiscal_year"] = "refused"
    framework = validate_document(document)
    assert fiscal_inputs(framework, framework.kpis()[0]) == ("GOOD",)
    assert "kpi.fiscal_year" in [problem.code for problem in publishing_problems(document)]


def test_advice_does_not_keep_a_framework_from_being_published(document: dict[str, Any]) -> None:
    document["inputs"] += [{"code": "SEP1", "unit": "currency"}, {"code": "NA"}]
    validate_document(document)
    found = {(problem.code, problem.path) for problem in publishing_problems(document)}
    assert {
        ("code.spreadsheet", "inputs[2].code"),
        ("code.spreadsheet", "inputs[3].code"),
        ("input.no_currency", "inputs[2]"),
        ("input.no_unit", "inputs[3]"),
        ("input.no_name", "inputs[3]"),
        ("input.unused", "inputs[3]"),
        ("kpi.no_definition", "root.children[0].children[0]"),
        ("text.missing_language", "root.children[0].name"),
    } <= found
    assert {problem.severity for problem in publishing_problems(document)} == {"warning"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"currency": "USD"}, "input.currency_without_amount"),
        ({"unit": "currency", "currency": "dollars"}, "input.currency_code"),
        ({"years": ["T", "T"]}, "input.duplicate_year"),
        ({"years": ["T-1"]}, "formula.year_not_asked"),
        ({"years": ["T-2"]}, "document.wrong_value"),
    ],
)
def test_refuses_an_input(document: dict[str, Any], change: dict[str, Any], code: str) -> None:
    document["inputs"][1].update(change)
    errors = [problem.code for problem in publishing_problems(document) if problem.severity == "error"]
    assert code in errors
