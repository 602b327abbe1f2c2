"""Turns a redacted card into what an answer says, with names from the framework. The framework's label goes along."""

from dataclasses import dataclass
from typing import Any

from access_policy import Level
from framework_spec.document import Framework
from framework_spec.texts import text
from scoring_svc.application.queries.cycles import CycleRow

SUMMARY = ("code", "parent", "kind", "state", "score", "band", "coverage", "weight", "contribution", "flags")


@dataclass(frozen=True)
class View:
    """How a card is shown. `inside`: to somebody who may also be told the disclosure levels."""

    cycle: CycleRow
    framework: Framework | None
    kind: str
    region: str | None
    language: str
    inside: bool


def summarised(card: dict[str, Any], view: View) -> dict[str, Any]:
    """The nodes with their scores, without how they came about."""
    nodes = [{**{name: node[name] for name in SUMMARY}, "level": _level(node, view)} for node in card["nodes"]]
    return {
        "cycle": view.cycle.as_dict(),
        "label": None if view.framework is None else view.framework.label,
        "administration": card["administration"],
        "region": view.region,
        "nodes": nodes,
    }


def explained(card: dict[str, Any], view: View) -> dict[str, Any]:
    """The whole card, with names."""
    names = _Names(view)
    return {
        "cycle": view.cycle.as_dict(),
        "kind": view.kind,
        "language": view.language,
        "label": names.label,
        "framework_name": names.framework,
        "administration": card["administration"],
        "region": view.region,
        "engine_version": card["engine_version"],
        "input_digest": card.get("input_digest"),
        "nodes": [_explained_node(node, names, view) for node in card["nodes"]],
    }


def _explained_node(node: dict[str, Any], names: "_Names", view: View) -> dict[str, Any]:
    shown = {**node, **names.of_node(node["code"]), "level": _level(node, view)}
    shown["band_name"] = names.bands.get(node["band"])
    if "inputs" in node:
        shown["inputs"] = [
            {**used, "name": names.inputs.get(used["code"]), "level": _level(used, view)} for used in node["inputs"]
        ]
    return shown


def _level(thing: dict[str, Any], view: View) -> str | None:
    return Level.stored(thing["level"]).value if view.inside else None


class _Names:
    """Names in one language; none at all while the framework has not arrived."""

    def __init__(self, view: View) -> None:
        framework, language = view.framework, view.language
        self._nodes = {} if framework is None else {node.code: node for node, _ in framework.nodes()}
        self._language = language
        self.label = None if framework is None else text(framework.label, language)
        self.framework = None if framework is None else text(framework.name, language)
        inputs = () if framework is None else framework.inputs
        bands = () if framework is None else framework.bands
        self.inputs = {each.code: text(each.name, language) for each in inputs}
        self.bands = {each.code: text(each.name, language) for each in bands}

    def of_node(self, code: str) -> dict[str, str | None]:
        """Name and definition of a node."""
        node = self._nodes.get(code)
        return {
            "name": None if node is None else text(node.name, self._language),
            "definition": None if node is None else text(node.definition, self._language),
        }
