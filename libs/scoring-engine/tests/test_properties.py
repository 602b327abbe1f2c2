"""What must always hold (method.md, section 3), on generated cases."""

import itertools
import math
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scoring_engine import ranks

Entry = Callable[..., dict[str, Any]]

METHODS = st.sampled_from(["arithmetic", "geometric", "harmonic", "power"])
scores = st.floats(1, 100)
weights = st.one_of(st.integers(1, 9), st.sampled_from(["1/3", 0.1, 2.5]))
samples = st.lists(st.integers(-1000, 1000), min_size=2, max_size=12)
fast = settings(max_examples=60, deadline=None)


RULES: dict[str, dict[str, Any]] = {
    "arithmetic": {"method": "arithmetic"},
    "geometric": {"method": "geometric", "floor": 0.25},
    "harmonic": {"method": "harmonic", "floor": 0.25},
    "power": {"method": "power", "exponent": 2},
}


def row(values: list[float]) -> dict[str, float]:
    return {f"K{place}": value for place, value in enumerate(values, start=1)}


def named(values: list[Any]) -> dict[str, Any]:
    return {f"A{place:02d}": value for place, value in enumerate(values)}


def mean(build: Any, method: str, values: list[float], given_weights: list[Any]) -> float:
    found = build.flat({"AA": row(values)}, given_weights, aggregation=RULES[method]).score("AA")
    assert found is not None
    return float(found)


def kpi_scores(build: Any, values: list[float], direction: str = "higher_is_better", **scoring: Any) -> list[float]:
    scored = build.scored(named(values), direction, zero_range="mid_scale", **scoring)
    return [scored.score(name, "K1") for name in scored.administrations]


@st.composite
def children(draw: st.DrawFn) -> tuple[list[float], list[Any]]:
    size = draw(st.integers(1, 5))
    return draw(st.lists(scores, min_size=size, max_size=size)), draw(st.lists(weights, min_size=size, max_size=size))


@fast
@given(values=samples)
def test_01_min_max_meets_both_ends_and_stays_between(build: Any, values: list[float]) -> None:
    assume(len(set(values)) > 1)
    found = kpi_scores(build, values, normalisation="min_max")
    assert found[values.index(max(values))] == 100
    assert found[values.index(min(values))] == 0
    assert all(0 <= score <= 100 for score in found)


@fast
@given(values=samples, a=st.sampled_from([0.25, 2, 8]), b=st.integers(-50, 50))
@pytest.mark.parametrize("normalisation", ["min_max", "z_score", "rank", "percentile_rank"])
def test_02_affine_changes_leave_relative_scores(
    build: Any, normalisation: str, values: list[float], a: float, b: int
) -> None:
    moved = kpi_scores(build, [a * value + b for value in values], normalisation=normalisation)
    assert moved == pytest.approx(kpi_scores(build, values, normalisation=normalisation), abs=1e-9)


@fast
@given(values=samples)
@pytest.mark.parametrize("normalisation", ["min_max", "z_score", "rank", "percentile_rank"])
def test_03_reversed_direction_of_negated_values_is_the_same(
    build: Any, normalisation: str, values: list[float]
) -> None:
    negated = kpi_scores(build, [-value for value in values], "lower_is_better", normalisation=normalisation)
    assert negated == pytest.approx(kpi_scores(build, values, normalisation=normalisation), abs=1e-9)
    if normalisation == "min_max":
        reversed_scores = kpi_scores(build, values, "lower_is_better", normalisation=normalisation)
        straight = kpi_scores(build, values, normalisation=normalisation)
        assert [100 - score for score in straight] == pytest.approx(reversed_scores, abs=1e-9)


@fast
@given(values=samples)
def test_04_rank_scores_depend_on_order_only(build: Any, values: list[float]) -> None:
    cubed = kpi_scores(build, [value**3 for value in values], normalisation="rank")
    assert cubed == kpi_scores(build, values, normalisation="rank")


@fast
@given(values=samples, share=st.floats(0, 1))
def test_05_one_more_inside_the_range_changes_no_min_max_score(build: Any, values: list[float], share: float) -> None:
    inner = min(values) + share * (max(values) - min(values))
    assert kpi_scores(build, [*values, inner], normalisation="min_max")[:-1] == kpi_scores(
        build, values, normalisation="min_max"
    )
    alone = kpi_scores(build, values[:1], normalisation="goalposts", lower=-5, upper=900)
    assert kpi_scores(build, values, normalisation="goalposts", lower=-5, upper=900)[:1] == alone


@fast
@given(method=METHODS, value=scores, given_weights=st.lists(weights, min_size=1, max_size=5))
def test_06_equal_children_give_their_score(build: Any, method: str, value: float, given_weights: list[Any]) -> None:
    assert (
        mean(build, method, [value] * len(given_weights), given_weights)
        == kpi_scores(build, [value], normalisation="goalposts", lower=0, upper=100)[0]
    )


@fast
@given(method=METHODS, parts=children(), rise=st.floats(0.5, 30))
def test_07_08_means_lie_between_their_children_and_never_fall(
    build: Any, method: str, parts: tuple[list[float], list[Any]], rise: float
) -> None:
    values, given_weights = parts
    found = mean(build, method, values, given_weights)
    assert min(values) - 1e-12 <= found <= max(values) + 1e-12
    raised = [min(100.0, values[0] + rise), *values[1:]]
    if raised[0] > values[0] + 0.1:
        assert mean(build, method, raised, given_weights) > found


@fast
@given(parts=children())
def test_09_order_of_means(build: Any, parts: tuple[list[float], list[Any]]) -> None:
    found = [mean(build, method, *parts) for method in ("harmonic", "geometric", "arithmetic", "power")]
    assert all(low <= high + 1e-9 for low, high in itertools.pairwise(found))


@fast
@given(method=METHODS, values=st.lists(scores, min_size=2, max_size=5), factor=st.sampled_from([2, 7, 10]))
def test_10_only_the_proportion_of_weights_counts(build: Any, method: str, values: list[float], factor: int) -> None:
    plain = list(range(1, len(values) + 1))
    assert mean(build, method, values, plain) == mean(build, method, values, [factor * weight for weight in plain])
    assert mean(build, method, [*values, 50.0], [*plain, 0]) == mean(build, method, values, plain)
    thirds = [f"{weight}/3" for weight in plain]
    assert mean(build, method, values, thirds) == mean(build, method, values, plain)


@fast
@given(method=METHODS, parts=children(), order=st.randoms())
def test_11_order_of_siblings_and_rows_changes_no_bit(
    build: Any, method: str, parts: tuple[list[float], list[Any]], order: Any
) -> None:
    values, given_weights = parts
    kpis = [build.kpi(f"K{place}", weight=weight) for place, weight in enumerate(given_weights, start=1)]
    rows = list({"AA": row(values), "BB": row(values[::-1]), "CC": row(values[1:])}.items())
    straight = build.run(build.framework(build.node("R", kpis, aggregation=RULES[method])), dict(rows))
    order.shuffle(kpis)
    order.shuffle(rows)
    shuffled = build.run(build.framework(build.node("R", kpis, aggregation=RULES[method])), dict(rows))
    assert [straight.score(name) for name in ("AA", "BB", "CC")] == [
        shuffled.score(name) for name in ("AA", "BB", "CC")
    ]


@fast
@given(method=METHODS, parts=children())
def test_12_13_homogeneous_and_split_without_change(
    build: Any, method: str, parts: tuple[list[float], list[Any]]
) -> None:
    values, _ = parts
    equal = [2] * len(values)
    found = mean(build, method, values, equal)
    assert mean(build, method, [value / 2 for value in values], equal) == pytest.approx(found / 2, rel=1e-12)
    split = mean(build, method, [values[0], *values], [1, 1, *equal[1:]])
    assert split == pytest.approx(found, rel=1e-12)


@fast
@given(values=st.lists(scores, min_size=4, max_size=4))
def test_13_two_levels_with_product_weights_are_one(build: Any, values: list[float]) -> None:
    inner = [build.kpi("K1", weight=1), build.kpi("K2", weight=3)]
    outer = build.node("R", [build.node("N", inner, weight=2), build.kpi("K3", weight=5), build.kpi("K4", weight=1)])
    nested = build.run(build.framework(outer), {"AA": row(values)}).score("AA")
    assert mean(build, "arithmetic", values, ["2/4", "6/4", 5, 1]) == pytest.approx(nested, rel=1e-13)


@fast
@given(method=METHODS, parts=children(), state=st.sampled_from(["missing", "opted_out", "not_applicable"]))
def test_15_an_absent_child_is_as_if_it_did_not_exist(
    build: Any, method: str, parts: tuple[list[float], list[Any]], state: str
) -> None:
    values, given_weights = parts
    cells: dict[str, Any] = row(values)
    if state != "missing":
        cells[f"K{len(values) + 1}"] = state
    scored = build.flat({"AA": cells}, [*given_weights, 4], aggregation=RULES[method])
    assert scored.score("AA") == mean(build, method, values, given_weights)
    if method == "arithmetic":
        found = scored.score("AA")
        assert mean(build, method, [*values, found], [*given_weights, 4]) == pytest.approx(found, rel=1e-12)


CELLS = st.sampled_from(["missing", "opted_out", "not_applicable", "value"])
THRESHOLDS = [0, "1/3", "1/2", "2/3", 0.7, 1]


@fast
@given(
    cells=st.lists(CELLS, min_size=6, max_size=6),
    measure=st.sampled_from(["weight", "children"]),
    place=st.integers(0, 5),
)
def test_16_a_value_more_never_takes_a_score_away(build: Any, cells: list[str], measure: str, place: int) -> None:
    def reported(filled: list[str], threshold: Any) -> bool:
        rows = {
            f"K{number}": 50.0 if cell == "value" else cell
            for number, cell in enumerate(filled, start=1)
            if cell != "missing"
        }
        rule_of = {"threshold": threshold, "measure": measure}
        kpis = [build.kpi(f"K{number}", weight=number) for number in range(1, 7)]
        inner = build.node("N", kpis[:3], coverage=rule_of)
        made = build.framework(build.node("R", [inner, *kpis[3:]], coverage=rule_of))
        return build.run(made, {"AA": rows}).score("AA") is not None

    before = [reported(cells, threshold) for threshold in THRESHOLDS]
    assert before == sorted(before, reverse=True)
    after = [*cells[:place], "value", *cells[place + 1 :]]
    assert all(reported(after, threshold) >= was for threshold, was in zip(THRESHOLDS, before, strict=True))


@fast
@given(parts=children(), method=METHODS)
def test_21_contributions_add_up_to_their_node(
    build: Any, entry: Entry, parts: tuple[list[float], list[Any]], method: str
) -> None:
    values, given_weights = parts
    scored = build.flat({"AA": row(values)}, given_weights, aggregation=RULES[method])
    total = math.fsum(entry(scored, "AA", f"K{place}")["contribution"] for place in range(1, len(values) + 1))
    score = entry(scored, "AA", "R")["score"]
    target = {"arithmetic": score, "geometric": math.log(score), "harmonic": 1 / score, "power": score**2}[method]
    assert total == pytest.approx(target, abs=1e-12, rel=1e-12)


@fast
@given(values=st.lists(st.one_of(st.none(), st.floats(0, 100)), min_size=1, max_size=8))
def test_19_20_places_follow_scores(values: list[float | None]) -> None:
    places = ranks(values)
    with_score = [(score, place) for score, place in zip(values, places, strict=True) if score is not None]
    for (score, place), (other, other_place) in itertools.product(with_score, repeat=2):
        assert place is not None
        assert other_place is not None
        assert (score > other) == (place < other_place)
    assert ranks([score for score in values if score is not None]) == [place for _, place in with_score]
