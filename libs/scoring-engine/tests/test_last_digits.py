"""At the edge: the last digit of a band, the sign of zero, the last value that is kept, and whose figures count."""

from collections.abc import Callable
from typing import Any

import pytest

from framework_spec.document import Band
from scoring_engine import AdministrationInputs, CycleInputs, ScoreRun, score_cycle
from scoring_engine.bands import band
from scoring_engine.digests import uses_comparison

Entry = Callable[[ScoreRun, str, str], dict[str, Any]]
BANDS = [Band.model_validate({"code": code, "from": start}) for code, start in (("A", 80), ("B", 0))]


@pytest.mark.parametrize(("score", "expected"), [(80 - 4e-10, "A"), (80 - 6e-10, "B"), (80, "A"), (-1, None)])
def test_bands_are_decided_on_nine_decimals(score: float, expected: str | None) -> None:
    assert band(score, BANDS) == expected


@pytest.mark.parametrize("direction", ["higher_is_better", "lower_is_better"])
def test_a_score_of_nothing_has_no_sign(build: Any, direction: str) -> None:
    scored = build.scored({"AA": -0.0}, direction, normalisation="identity")
    assert str(float(scored.score("AA", "K1"))) == "0.0"


def test_winsorising_looks_at_the_ends_of_what_is_kept(build: Any, entry: Entry) -> None:
    values = dict(zip("ABCDEFGHI", [1, 1, 1, 1, 2, 3, 4, 5, 6], strict=True))
    rule = {"normalisation": "min_max", "transform": "winsorise"}
    some, most = (build.scored(values, **rule, winsorise={"high": high}) for high in (4, 5))
    assert [some.score(name, "K1") for name in "DEI"] == [0, 100, 100]
    assert entry(some, "I", "K1")["flags"] == ["winsorised"]
    assert entry(most, "I", "K1")["flags"] == ["winsorise_refused"]


@pytest.mark.parametrize(
    ("missing", "scoring", "expected"),
    [
        (None, {"normalisation": "goalposts", "lower": 0, "upper": 100}, False),
        (None, {"normalisation": "min_max"}, True),
        ("group_mean", {"normalisation": "goalposts", "lower": 0, "upper": 100}, True),
    ],
)
def test_a_card_is_another_once_figures_change_that_it_was_compared_with(
    build: Any, missing: str | None, scoring: dict[str, Any], expected: bool
) -> None:
    options = {"missing": missing} if missing else {}
    made = build.framework(build.node("R", [build.kpi("K1", scoring=scoring), build.kpi("K2")], **options))

    def digest(of_the_other: float) -> str:
        given = {
            "AA": AdministrationInputs({("I_K1", 2024): 10.0}, {}, "G"),
            "BB": AdministrationInputs({("I_K1", 2024): 90.0, ("I_K2", 2024): of_the_other}, {}, "G"),
        }
        return str(score_cycle(made, CycleInputs.build(made, 2024, given)).card("AA")["input_digest"])

    assert uses_comparison(made) is expected
    assert (digest(40.0) != digest(50.0)) is expected
