"""Files that stand for a part of a submission: what belongs to it, and what rows outside of it are told."""

import pytest

from answer_intake.checking import check
from answer_intake.formats import Format
from answer_intake.reading import read
from answer_intake.rulebook import Rulebook
from answer_intake.scoping import Scope, UnknownScopeError
from answer_intake.wording import words
from framework_spec.document import Framework
from framework_spec.rules import rule_pack

DOCUMENT = {
    "spec": "openpmm.framework/1",
    "code": "small",
    "version": "1",
    "purpose": "scoring",
    "population": "testers",
    "inputs": [{"code": "ALL"}, {"code": "SOME"}, {"code": "HOURS"}],
    "root": {
        "code": "OVERALL",
        "kind": "index",
        "children": [
            {
                "code": "D1",
                "kind": "dimension",
                "children": [
                    {"code": "K1", "kind": "kpi", "formula": "SOME / ALL", "direction": "context_only"},
                    {"code": "K2", "kind": "kpi", "formula": "ALL / ALL[T-1]", "direction": "context_only"},
                ],
            },
            {"code": "K3", "kind": "kpi", "formula": "HOURS", "direction": "context_only"},
        ],
    },
}
FRAMEWORK = Framework.model_validate(DOCUMENT)
BODY = b"""code,year,value,state,reason
ALL,2024,1,,
ALL,2023,1,,
HOURS,2024,1,,
SOME,2024,,none,
K1,,,opted_out,Because.
K3,,,opted_out,Because.
"""


def outside(scope: str) -> list[tuple[int | None, str | None, str]]:
    """Row, column and message of what is outside the scope."""
    rulebook = Rulebook.of(rule_pack(FRAMEWORK), 2024)
    table = read(BODY, Format.CSV, many=False)
    checked = check(table, rulebook, member="KEN", scope=Scope.of(scope, FRAMEWORK))
    assert {finding.code for finding in checked.findings} <= {"answers.out_of_scope"}
    assert checked.taken.count + len(checked.findings) == 6
    return [(finding.row, finding.column, words(finding, "en")[0]) for finding in checked.findings]


def test_all_has_everything() -> None:
    assert outside("all") == []


def test_a_year_has_its_answers_and_no_claims() -> None:
    assert outside("year:2024") == [
        (3, "year", "ALL for 2023 is not part of year:2024, which this file replaces."),
        (6, "code", "K1, a KPI left out, is not part of year:2024, which this file replaces."),
        (7, "code", "K3, a KPI left out, is not part of year:2024, which this file replaces."),
    ]


def test_an_input_has_all_its_years() -> None:
    assert [row for row, _, _ in outside("input:ALL")] == [4, 5, 6, 7]


@pytest.mark.parametrize(
    ("scope", "rows"), [("node:D1", [4, 7]), ("node:K1", [4, 7]), ("node:K3", [2, 3, 5, 6]), ("node:OVERALL", [])]
)
def test_a_node_has_the_claims_and_inputs_of_its_kpis(scope: str, rows: list[int]) -> None:
    assert [row for row, _, _ in outside(scope)] == rows


@pytest.mark.parametrize("scope", ["", "everything", "year:24", "year:٢٠٢٤", "input:NO", "node:", "kpi:K1", "all:x"])
def test_unknown_scopes_are_refused(scope: str) -> None:
    with pytest.raises(UnknownScopeError, match=f"^{scope}$"):
        Scope.of(scope, FRAMEWORK)


def test_an_unknown_code_is_told_what_comes_close() -> None:
    with pytest.raises(UnknownScopeError, match="input:HOUR") as caught:
        Scope.of("input:HOUR", FRAMEWORK)
    assert caught.value.like == ("input:HOURS",)
