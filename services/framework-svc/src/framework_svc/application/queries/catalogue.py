"""Asks one published version: which KPIs speak to an SDG, which tools support an outcome, what is not translated."""

from dataclasses import dataclass
from typing import Any

from framework_spec.difference import describe, difference
from framework_spec.document import Framework
from framework_spec.language_gaps import language_gaps
from framework_svc.application.queries.versions import walk
from service_kit.errors import Kind, ProblemError


@dataclass(frozen=True)
class Wanted:
    """Which KPIs are asked for; None asks for all."""

    sdg: int | None = None
    tool: str | None = None
    below: str | None = None


def kpis_with_links(document: dict[str, Any], wanted: Wanted) -> dict[str, Any]:
    """The KPIs asked for with their SDGs and tools, and the other way round: each SDG and tool with its KPIs.

    Raises:
        ProblemError: `framework.node_not_found` (404).
    """
    every = [(node, path) for node, path in walk(document["root"])]
    if wanted.below is not None and all(node["code"] != wanted.below for node, _ in every):
        detail = f"Version {document['version']} of {document['code']} has no node {wanted.below}."
        raise ProblemError("framework.node_not_found", Kind.NOT_FOUND, detail)
    items = [_item(node, path) for node, path in every if node["kind"] == "kpi"]
    chosen = [item for item in items if _is_wanted(item, wanted)]
    return {
        "code": document["code"],
        "version": document["version"],
        "items": chosen,
        "sdgs": [{"sdg": sdg, "kpis": _with(chosen, "sdgs", sdg)} for sdg in _values(chosen, "sdgs")],
        "tools": [
            {"tool": tool, "kpis": _with(chosen, "tools", tool), "kpis_inferred": _with(chosen, "tools_inferred", tool)}
            for tool in _values(chosen, "tools", "tools_inferred")
        ],
    }


def gaps_of(framework: Framework, language: str | None) -> list[dict[str, Any]]:
    """The texts that lack a language of the framework; of one language only, when it is named."""
    return [
        {"path": gap.path, "code": gap.code, "languages": list(gap.languages)}
        for gap in language_gaps(framework)
        if language is None or language in gap.languages
    ]


def difference_of(
    old: Framework | dict[str, Any], new: Framework | dict[str, Any], language: str
) -> tuple[dict[str, Any], list[str]]:
    """The difference as data, and as sentences."""
    found = difference(old, new)
    return found.document(), describe(found, language)


def _item(node: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    return {
        "code": node["code"],
        "name": node.get("name"),
        "path": list(path),
        "kpi_kind": node.get("kpi_kind"),
        "direction": node.get("direction"),
        "responsible": node.get("responsible"),
        "sdgs": node.get("sdgs") or [],
        "tools": node.get("tools") or [],
        "tools_inferred": node.get("tools_inferred") or [],
    }


def _is_wanted(item: dict[str, Any], wanted: Wanted) -> bool:
    return (
        (wanted.sdg is None or wanted.sdg in item["sdgs"])
        and (wanted.tool is None or wanted.tool in (*item["tools"], *item["tools_inferred"]))
        and (wanted.below is None or wanted.below in (*item["path"], item["code"]))
    )


def _values(items: list[dict[str, Any]], *fields: str) -> list[Any]:
    return sorted({value for item in items for field in fields for value in item[field]})


def _with(items: list[dict[str, Any]], field: str, value: object) -> list[str]:
    return [item["code"] for item in items if value in item[field]]
