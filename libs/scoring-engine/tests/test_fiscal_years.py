"""A KPI made of a figure of a fiscal year says so on its card and in the digest; scores are what they were."""

from collections.abc import Callable
from typing import Any

import pytest

from framework_spec.canonical import sha256_of
from framework_spec.document import Framework
from scoring_engine import AdministrationInputs, CycleInputs, ScoreRun, score_cycle

T = 2024
FIGURES = {("I_K1", T): 60.0, ("I_K1", T - 1): 50.0, ("I_K2", T): 40.0}
KPIS = ("K1", "GROWTH", "K2", "CONTEXT")


@pytest.fixture(scope="module")
def made(build: Any) -> Framework:
    """K1 and CONTEXT use I_K1, GROWTH also that of the year before, K2 another input."""
    context = {"direction": "context_only", "scoring": None}
    kpis = [
        build.kpi("K1"),
        build.kpi("GROWTH", formula="100 * I_K1[T-1] / I_K1"),
        build.kpi("K2"),
        build.kpi("CONTEXT", formula="I_K1", **context),
    ]
    framework: Framework = build.framework(build.node("R", kpis))
    return framework


def scored(made: Framework, *fiscal: tuple[str, int], **changes: Any) -> ScoreRun:
    """AA with these figures of fiscal years, and BB with none."""
    given = {"answers": FIGURES, **changes}
    of_aa = AdministrationInputs(**given, fiscal=frozenset(fiscal))
    return score_cycle(made, CycleInputs.build(made, T, {"AA": of_aa, "BB": AdministrationInputs(FIGURES)}))


def flagged(run: ScoreRun, administration: str = "AA") -> set[str]:
    """The nodes with the flag."""
    return {node["code"] for node in run.card(administration)["nodes"] if "fiscal_year" in node["flags"]}


@pytest.mark.parametrize(
    ("fiscal", "kpis"),
    [
        ((), set()),
        ((("I_K1", T),), {"K1", "GROWTH", "CONTEXT"}),
        ((("I_K1", T - 1),), {"GROWTH"}),
        ((("I_K2", T), ("I_K1", T - 1)), {"K2", "GROWTH"}),
        ((("I_K2", T - 1),), set()),
    ],
)
def test_the_kpis_are_flagged_whose_formulas_use_the_figure_of_that_year(
    made: Framework, fiscal: tuple[tuple[str, int], ...], kpis: set[str]
) -> None:
    run = scored(made, *fiscal)
    assert flagged(run) == kpis
    assert flagged(run, "BB") == set()


def test_without_a_value_there_is_nothing_to_flag(made: Framework) -> None:
    fiscal = ("I_K1", T)
    assert flagged(scored(made, fiscal, claims={"K1": "opted_out"})) == {"GROWTH", "CONTEXT"}
    assert flagged(scored(made, fiscal, answers={fiscal: 60.0})) == {"K1", "CONTEXT"}


def test_the_flag_stands_beside_others(made: Framework, entry: Callable[..., dict[str, Any]]) -> None:
    run = scored(made, ("I_K2", T), answers={("I_K2", T): 140.0})
    assert entry(run, "AA", "K2")["flags"] == ["cut_upper", "fiscal_year"]


def test_only_the_flags_and_the_digest_are_others(made: Framework) -> None:
    plain, other = scored(made).card("AA"), scored(made, ("I_K1", T)).card("AA")
    assert plain.pop("input_digest") != other.pop("input_digest")
    for node in other["nodes"]:
        node["flags"] = [flag for flag in node["flags"] if flag != "fiscal_year"]
    assert other == plain


def test_the_digest_tells_which_of_the_figures_in_use_are_of_a_fiscal_year(made: Framework) -> None:
    both = (("I_K1", T), ("I_K1", T - 1))
    digests = [scored(made, *fiscal).input_digest("AA") for fiscal in ((), both[:1], both[1:], both)]
    assert len(set(digests)) == 4
    assert scored(made, ("I_K2", T - 1)).input_digest("AA") == digests[0]
    assert scored(made, *reversed(both)).input_digest("AA") == digests[3]


def test_the_digest_of_figures_of_calendar_years_says_nothing_of_fiscal_years(made: Framework) -> None:
    answers = [[code, year, value] for (code, year), value in sorted(FIGURES.items())]
    row: dict[str, Any] = {"administration": "BB", "answers": answers, "claims": {}, "group": None}
    expected = {"framework": made.digest(), "year": T, "inputs": row, "comparison": None}
    assert scored(made, ("I_K1", T)).input_digest("BB") == sha256_of(expected)


def test_a_fiscal_year_of_one_leaves_cards_that_are_compared_with_it_alone(build: Any) -> None:
    relative = build.framework(
        build.node("R", [build.kpi("K1", scoring={"normalisation": "min_max"}), build.kpi("K2")])
    )
    plain, other = scored(relative), scored(relative, ("I_K1", T))
    assert (flagged(plain), flagged(other)) == (set(), {"K1"})
    assert other.card("BB") == plain.card("BB")
