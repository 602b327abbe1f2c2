"""The same input gives the same bytes, alone or together with others; the digest says what a score was made from."""

import json
import random
import time
from typing import Any

import pytest

from framework_spec.canonical import canonical_bytes
from scoring_engine import ENGINE_VERSION, AdministrationInputs, CycleInputs, score_cycle


def many(build: Any, kpis: int, administrations: int) -> tuple[Any, dict[str, AdministrationInputs]]:
    """A framework of geometric and arithmetic nodes with logs, and random inputs."""
    log = {"normalisation": "goalposts", "lower": 1, "upper": 1000, "transform": "log"}
    rules: list[dict[str, Any]] = [{"method": "geometric", "floor": 1}, {"method": "arithmetic"}]
    groups = [
        build.node(
            f"N{start}",
            [build.kpi(f"K{start + place}", scoring=log, weight=place + 1) for place in range(10)],
            aggregation=rules[start // 10 % 2],
        )
        for start in range(0, kpis, 10)
    ]
    chance = random.Random(1)
    given = {
        f"A{row:04d}": AdministrationInputs(
            {(f"I_K{place}", 2024): chance.uniform(1, 1000) for place in range(kpis) if chance.random() < 0.9}
        )
        for row in range(administrations)
    }
    return build.framework(build.node("R", groups, aggregation=rules[0])), given


def test_one_administration_alone_has_the_same_card_as_among_all(build: Any) -> None:
    made, given = many(build, 40, 30)
    together = score_cycle(made, CycleInputs.build(made, 2024, given))
    shuffled = score_cycle(made, CycleInputs.build(made, 2024, dict(reversed(given.items()))))
    for name, inputs in given.items():
        alone = score_cycle(made, CycleInputs.build(made, 2024, {name: inputs}))
        assert canonical_bytes(alone.card(name)) == canonical_bytes(together.card(name))
        assert canonical_bytes(shuffled.card(name)) == canonical_bytes(together.card(name))


def test_the_digest_follows_what_the_score_was_made_from(build: Any) -> None:
    made = build.framework(build.node("R", [build.kpi("K1")]))
    first = build.run(made, {"AA": {"K1": 1}, "BB": {"K1": 2}}).input_digest("AA")
    assert build.run(made, {"AA": {"K1": 1}, "BB": {"K1": 3}}).input_digest("AA") == first
    assert build.run(made, {"AA": {"K1": 1.5}}).input_digest("AA") != first
    assert build.run(made, {"AA": {"K1": "opted_out"}}).input_digest("AA") != first


def test_the_digest_covers_the_others_when_scores_are_relative(build: Any) -> None:
    made = build.framework(build.node("R", [build.kpi("K1", scoring={"normalisation": "min_max"})]))
    first = build.run(made, {"AA": {"K1": 1}, "BB": {"K1": 2}}).input_digest("AA")
    assert build.run(made, {"AA": {"K1": 1}, "BB": {"K1": 3}}).input_digest("AA") != first


def test_the_card_is_plain_json_and_names_what_made_it(build: Any) -> None:
    made = build.framework(build.node("R", [build.kpi("K1"), build.kpi("K2")]))
    card = build.run(made, {"AA": {"K1": 10}}).card("AA")
    assert json.loads(json.dumps(card, allow_nan=False)) == card
    assert card["engine_version"] == ENGINE_VERSION
    assert card["framework_digest"] == made.digest()
    assert [entry["code"] for entry in card["nodes"]] == ["R", "K1", "K2"]
    assert card["nodes"][1]["scoring"]["applied"] == {"best": 100, "worst": 0}
    assert card["nodes"][2]["effective_weight"] == 0


def test_asking_for_an_unknown_administration_is_an_error(build: Any) -> None:
    with pytest.raises(KeyError, match="ZZ"):
        build.flat({"AA": {}}, [1]).card("ZZ")


def test_every_stage_is_kept_by_name(build: Any) -> None:
    log = {"normalisation": "goalposts", "lower": 1, "upper": 100, "transform": "log"}
    scored = build.run(build.framework(build.node("R", [build.kpi("K1", scoring=log)])), {"AA": {"K1": 10}})
    assert scored.kpi_values["K1"][0] == 10
    assert scored.transformed["K1"][0] == pytest.approx(2.302585)
    assert scored.normalised["K1"][0] == pytest.approx(50)
    assert scored.coverage["R"] == [1]
    assert scored.aggregated["R"][0] == pytest.approx(50)


def test_a_cycle_of_the_size_of_the_membership_is_scored_quickly(build: Any) -> None:
    made, given = many(build, 50, 187)
    inputs = CycleInputs.build(made, 2024, given)
    started = time.perf_counter()
    score_cycle(made, inputs).cards()
    assert time.perf_counter() - started < 5
