"""The disclosure rule on cards: what is hidden does not follow from what is shown."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from access_policy import Level, redact_card, with_levels

KPIS = ("K1", "K2", "K3", "K4", "K5")


def kpi(code: str, parent: str, *inputs: str, state: str = "scored") -> dict[str, Any]:
    """A KPI node whose input values are unmistakable."""
    used = [{"code": name, "year": 2024, "value": f"value-of-{name}"} for name in inputs]
    return {
        "code": code,
        "parent": parent,
        "kind": "kpi",
        "state": state,
        "score": f"score-of-{code}",
        "value": f"value-of-{code}",
        "contribution": f"part-of-{code}",
        "effective_weight": 0.5,
        "inputs": used,
    }


def node(code: str, parent: str | None) -> dict[str, Any]:
    """An aggregate node."""
    return {
        "code": code,
        "parent": parent,
        "kind": "dimension",
        "state": "scored",
        "score": f"score-of-{code}",
        "coverage": f"coverage-of-{code}",
        "contribution": f"part-of-{code}",
        "effective_weight": 0.5,
    }


def card() -> dict[str, Any]:
    """ROOT -> D1 (K1, K2, context K5), D2 (K3), and K4 straight under the root; A is shared by K1 and K3."""
    return {
        "administration": "KEN",
        "input_digest": "sha256:x",
        "nodes": [
            node("ROOT", None),
            node("D1", "ROOT"),
            kpi("K1", "D1", "A", "B"),
            kpi("K2", "D1", "C", state="opted_out"),
            kpi("K5", "D1", "E", state="context_only"),
            node("D2", "ROOT"),
            kpi("K3", "D2", "A", "D"),
            kpi("K4", "ROOT", "D"),
        ],
    }


def shown(level: Level, **kpis: str) -> dict[str, dict[str, Any]]:
    """The nodes that a viewer at the level sees, by code."""
    redacted = redact_card(with_levels(card(), {"default": "restricted", "kpis": kpis}), level)
    return {} if redacted is None else {each["code"]: each for each in redacted["nodes"]}


def test_by_default_nobody_outside_sees_anything() -> None:
    assert shown(Level("public")) == {}
    assert shown(Level("wco")) == {}
    assert len(shown(Level("restricted"))) == 8


def test_a_parent_is_shown_only_when_all_that_contributes_is() -> None:
    assert set(shown(Level("public"), K1="public")) == {"K1"}
    assert set(shown(Level("public"), K1="public", K2="public")) == {"D1", "K1", "K2"}
    assert "ROOT" in shown(Level("wco"), K1="public", K2="wco", K3="wco", K4="wco")
    assert "ROOT" not in shown(Level("public"), K1="public", K2="wco", K3="public", K4="public")


def test_an_unanswered_kpi_hides_its_parent_like_any_other() -> None:
    assert "D1" not in shown(Level("public"), K1="public", K2="restricted")


def test_a_context_only_kpi_hides_no_parent() -> None:
    assert "D1" in shown(Level("public"), K1="public", K2="public", K5="restricted")


def test_inputs_are_hidden_with_every_kpi_that_shares_one_with_a_hidden_kpi() -> None:
    """K1 uses A and B, K3 uses A and D, K4 uses D: with K4 hidden, D, A and B could be told one after the other."""
    assert shown(Level("public"), K1="public")["K1"]["inputs"] == []
    assert shown(Level("public"), K1="public", K3="public")["K1"]["inputs"] == []
    connected = shown(Level("public"), K1="public", K3="public", K4="public")
    assert [used["code"] for used in connected["K1"]["inputs"]] == ["A", "B"]
    assert [used["code"] for used in connected["K4"]["inputs"]] == ["D"]
    assert [used["code"] for used in shown(Level("public"), K2="public")["K2"]["inputs"]] == ["C"]


def test_a_node_under_a_hidden_parent_does_not_speak_of_its_siblings() -> None:
    alone = shown(Level("public"), K1="public")["K1"]
    assert (alone["contribution"], alone["effective_weight"]) == (None, None)
    marked = with_levels(card(), {"default": "restricted", "kpis": {"K1": "public"}})
    marked["nodes"][2]["flags"] = ["binding", "cut_upper"]
    assert (redact_card(marked, Level("public")) or {})["nodes"][0]["flags"] == ["cut_upper"]
    with_parent = shown(Level("public"), K1="public", K2="public")["K1"]
    assert with_parent["contribution"] == "part-of-K1"


def test_parameters_taken_from_the_cycle_are_for_nobody() -> None:
    plain = card()
    plain["nodes"][2]["scoring"] = {"normalisation": "min_max", "from_sample": True, "applied": {"lower": 1}}
    plain["nodes"][2]["flags"] = ["cut_upper", "fiscal_year"]
    plain["nodes"][3]["scoring"] = {"normalisation": "goalposts", "from_sample": False, "applied": {"lower": 0}}
    marked = with_levels(plain, {"default": "public", "kpis": {}})
    own = (redact_card(marked, Level("restricted")) or {})["nodes"]
    assert "applied" not in own[2]["scoring"]
    assert (own[2]["value"], own[2]["flags"]) == ("value-of-K1", ["cut_upper", "fiscal_year"])
    assert own[3]["scoring"]["applied"] == {"lower": 0}
    public = {node["code"]: node for node in (redact_card(marked, Level("public")) or {})["nodes"]}
    assert (public["K1"]["score"], public["K1"]["value"], public["K1"]["inputs"]) == ("score-of-K1", None, [])
    assert public["K1"]["flags"] == ["fiscal_year"]
    assert public["K4"]["inputs"] == []  # connected with K1 through K3
    assert public["K2"]["inputs"] != []


def test_the_digest_of_inputs_is_for_those_who_see_all() -> None:
    marked = with_levels(card(), {"default": "public", "kpis": {"K1": "wco"}})
    assert "input_digest" not in (redact_card(marked, Level("wco")) or {})
    assert "input_digest" in (redact_card(marked, Level("restricted")) or {})


@given(st.fixed_dictionaries({code: st.sampled_from(list(Level)) for code in KPIS}), st.sampled_from(list(Level)))
def test_no_value_of_a_hidden_kpi_ever_leaves(chosen: dict[str, Level], level: Level) -> None:
    redacted = redact_card(with_levels(card(), {"default": "restricted", "kpis": chosen}), level)
    text = json.dumps(redacted)
    below = {"ROOT": ("K1", "K2", "K3", "K4"), "D1": ("K1", "K2"), "D2": ("K3",)}
    together = ("K1", "K3", "K4")
    users = {"A": together, "B": together, "C": ("K2",), "D": together, "E": ("K5",)}
    hidden = {code for code in KPIS if not level.covers(chosen[code])}
    for code in hidden:
        assert f"-of-{code}" not in text
    for code, kpis in below.items():
        assert (f"score-of-{code}" in text) == hidden.isdisjoint(kpis)
    for code, kpis in users.items():
        assert (f"value-of-{code}" in text) == hidden.isdisjoint(kpis)


@given(st.fixed_dictionaries({code: st.sampled_from(list(Level)) for code in KPIS}))
def test_a_more_closed_level_sees_no_less(chosen: dict[str, Level]) -> None:
    marked = with_levels(card(), {"default": "restricted", "kpis": chosen})
    seen = [{n["code"] for n in (redact_card(marked, level) or {"nodes": []})["nodes"]} for level in Level]
    assert seen[0] <= seen[1] <= seen[2]


def test_an_unknown_level_is_the_most_closed_and_no_open_door() -> None:
    marked = with_levels(card(), {"default": "public", "kpis": {"K1": "secret"}})
    levels = {node["code"]: node["level"] for node in marked["nodes"]}
    assert (levels["K1"], levels["D1"], levels["ROOT"], levels["K2"]) == ("restricted",) * 3 + ("public",)


def test_a_stored_card_keeps_what_has_an_unknown_level_for_the_member() -> None:
    marked = with_levels(card(), {"default": "public", "kpis": {}})
    marked["nodes"] = [{**node, "level": "secret"} if node["code"] == "K1" else node for node in marked["nodes"]]
    seen = {level: {n["code"] for n in (redact_card(marked, level) or {})["nodes"]} for level in Level}
    assert "K1" not in seen[Level("wco")]
    assert "K1" in seen[Level("restricted")]
