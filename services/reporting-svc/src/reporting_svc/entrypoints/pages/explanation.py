"""Lays a redacted card over the framework's tree, for the page that explains it.

Nodes that the card does not hold are left out; only those above a visible one stand in the tree as "not disclosed".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from framework_spec.document import AggregateNode, Framework, Kpi
from reporting_svc.application.queries.cycles import ReportedCycle

Text = Mapping[str, str] | None


@dataclass(frozen=True)
class UsedInput:
    """An input of a KPI with its year and value."""

    code: str
    name: Text
    unit: str | None
    year: int
    value: float | None


@dataclass(frozen=True)
class Explained:
    """A node of the tree; `card` is what the card says of it, None when it is not disclosed."""

    code: str
    name: Text
    definition: Text
    kind: str
    card: Mapping[str, Any] | None
    inputs: tuple[UsedInput, ...]
    children: tuple["Explained", ...]

    @property
    def state(self) -> str:
        """The state, or `hidden`."""
        return str(self.card["state"]) if self.card else "hidden"

    @property
    def score(self) -> float | None:
        """The score, if there is one to be seen."""
        return self.card["score"] if self.card else None

    @property
    def is_kpi(self) -> bool:
        """Whether this is a leaf."""
        return self.kind == "kpi"

    @property
    def scale(self) -> tuple[float, float] | None:
        """The KPI values that score nothing and everything, when the framework fixes them."""
        scoring = (self.card or {}).get("scoring") or {}
        if scoring.get("normalisation") != "goalposts" or "lower" not in scoring or "upper" not in scoring:
            return None
        ends = (scoring["lower"], scoring["upper"])
        return ends if (self.card or {}).get("direction") != "lower_is_better" else (ends[1], ends[0])


def explained(cycle: ReportedCycle, card: Mapping[str, Any]) -> Explained | None:
    """The tree of what the card shows; None when it shows nothing."""
    nodes = {node["code"]: node for node in card["nodes"]}
    if cycle.framework is None:
        return _without_framework(nodes)
    return _explained(cycle.framework.root, cycle.framework, nodes)


def _explained(
    node: AggregateNode | Kpi, framework: Framework, nodes: Mapping[str, Mapping[str, Any]]
) -> Explained | None:
    below = node.children if isinstance(node, AggregateNode) else ()
    children = [child for child in (_explained(child, framework, nodes) for child in below) if child is not None]
    card = nodes.get(node.code)
    if card is None and not children:
        return None
    return Explained(
        code=node.code,
        name=node.name,
        definition=node.definition,
        kind=node.kind,
        card=card,
        inputs=_inputs(framework, card),
        children=tuple(children),
    )


def _inputs(framework: Framework, card: Mapping[str, Any] | None) -> tuple[UsedInput, ...]:
    found = []
    for used in (card or {}).get("inputs", ()):
        known = framework.inputs_by_code.get(used["code"])
        name, unit = (known.name, known.unit) if known else (None, None)
        found.append(UsedInput(used["code"], name, unit, used["year"], used["value"]))
    return tuple(found)


def _without_framework(nodes: Mapping[str, Mapping[str, Any]]) -> Explained | None:
    """A flat tree by codes alone, while the framework has not arrived."""
    leaves = tuple(Explained(code, None, None, node["kind"], node, (), ()) for code, node in nodes.items())
    root = next((leaf for leaf in leaves if leaf.card and leaf.card["parent"] is None), None)
    if root is None:
        return Explained("", None, None, "index", None, (), leaves) if leaves else None
    return Explained(root.code, None, None, root.kind, root.card, (), tuple(leaf for leaf in leaves if leaf != root))
