"""The disclosure rule on score cards: which nodes of a card may be seen at which level.

A card is the JSON document of one administration's scores (`contracts/events/scoring-svc`): a flat list of nodes in
document order, each with its parent. A node's score, coverage and contribution are visible at a level only if every
KPI that can contribute to it is, answered or not: otherwise a hidden child would follow from parent and siblings.
Input values are visible only if every KPI that is connected with them through shared inputs is, for the same reason.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from access_policy.connected import input_levels
from access_policy.levels import MOST_CLOSED, Level, most_closed

Card = dict[str, Any]
Node = dict[str, Any]

CONTEXT_ONLY = "context_only"
ABOUT_SIBLINGS = frozenset({"binding", "imputed", "floored"})
ABOUT_NO_VALUE = frozenset({"fiscal_year"})


def with_levels(card: Card, disclosure: Mapping[str, Any]) -> Card:
    """The card with a `level` on every node and every input, from the member's choice per KPI.

    Args:
        card: as the scoring engine made it.
        disclosure: `{"default": level, "kpis": {code: level}}`; what is not named has the default.
    """
    nodes: list[Node] = card["nodes"]
    chosen = {node["code"]: _chosen(node, disclosure) for node in nodes if node["kind"] == "kpi"}
    below = _contributing_kpis(nodes)
    inputs = _input_levels(nodes, chosen)
    return {**card, "nodes": [_marked(node, chosen, below, inputs) for node in nodes]}


def redact_card(card: Card, level: Level) -> Card | None:
    """What a viewer at `level` sees of a card that carries levels; None when nothing at all is visible.

    Hidden nodes are left out whole: that they were answered, missing or opted out is the member's matter too.
    """
    nodes = [_without_hidden_inputs(node, level) for node in card["nodes"] if is_visible(node, level)]
    if not nodes:
        return None
    shown = {node["code"] for node in nodes}
    nodes = [_without_hidden_relatives(node, shown) for node in nodes]
    kept = {key: value for key, value in card.items() if key != "input_digest" or level is MOST_CLOSED}
    return {**kept, "nodes": nodes}


def is_visible(node: Node, level: Level) -> bool:
    """Whether a node that carries its level may be seen by a viewer at `level`."""
    return level.covers(Level.stored(node["level"]))


def _chosen(kpi: Node, disclosure: Mapping[str, Any]) -> Level:
    return Level.stored(disclosure["kpis"].get(kpi["code"], disclosure["default"]))


def _contributing_kpis(nodes: Iterable[Node]) -> dict[str, list[str]]:
    """KPI codes below each node, without context-only ones, which never reach a parent."""
    below: dict[str, list[str]] = {}
    parents: dict[str, str | None] = {}
    for node in nodes:
        parents[node["code"]] = node["parent"]
        below[node["code"]] = []
        if node["kind"] != "kpi" or node["state"] == CONTEXT_ONLY:
            continue
        above: str | None = node["parent"]
        while above is not None:
            below[above].append(node["code"])
            above = parents[above]
    return below


def _input_levels(nodes: Sequence[Node], chosen: Mapping[str, Level]) -> dict[str, Level]:
    """The level of each input of the card; a KPI that is scored against the cycle shows its inputs to nobody else."""
    kpis = [node for node in nodes if node["kind"] == "kpi"]
    return input_levels(
        (MOST_CLOSED if _is_from_sample(node) else chosen[node["code"]], [used["code"] for used in node["inputs"]])
        for node in kpis
        if node.get("inputs")
    )


def _marked(
    node: Node, chosen: Mapping[str, Level], below: Mapping[str, list[str]], inputs: Mapping[str, Level]
) -> Node:
    if node["kind"] != "kpi":
        return {**node, "level": most_closed(chosen[code] for code in below[node["code"]]).value}
    marked = {**node, "level": chosen[node["code"]].value}
    marked["inputs"] = [{**used, "level": inputs[used["code"]].value} for used in node.get("inputs", ())]
    return marked


def _without_hidden_inputs(node: Node, level: Level) -> Node:
    if "inputs" not in node:
        return node
    shown = {**node, "inputs": [used for used in node["inputs"] if level.covers(Level.stored(used["level"]))]}
    if not _is_from_sample(node):
        return shown
    # A minimum or a mean taken from the cycle is an aggregate over values that others have not disclosed. It is told to
    # nobody, and since a value together with its score is an equation for it, others get the score alone.
    shown["scoring"] = {name: value for name, value in node["scoring"].items() if name != "applied"}
    if level is MOST_CLOSED:
        return shown
    flags = [flag for flag in node.get("flags", ()) if flag in ABOUT_NO_VALUE]
    return {**shown, "value": None, "flags": flags}


def _is_from_sample(node: Node) -> bool:
    return bool((node.get("scoring") or {}).get("from_sample"))


def _without_hidden_relatives(node: Node, shown: set[str]) -> Node:
    """A visible node under a hidden parent loses what would speak about its siblings: its part in the parent."""
    if node["parent"] is None or node["parent"] in shown:
        return node
    flags = [flag for flag in node.get("flags", ()) if flag not in ABOUT_SIBLINGS]
    return {**node, "contribution": None, "effective_weight": None, "flags": flags}
