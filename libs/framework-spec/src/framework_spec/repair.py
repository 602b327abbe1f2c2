"""Checking what is left of a document whose shape is wrong, so that one reading tells everything at once.

Values of the wrong shape are taken out of a copy (a part that lacks a required field makes way as a whole), and the
rest is checked. What could only be a consequence of the taking out is not reported.
"""

import re
from typing import Any

from pydantic import ValidationError

from framework_spec.checks import check
from framework_spec.document import Framework
from framework_spec.problems import Finding, Location
from framework_spec.shape import shape_findings

_CONSEQUENCES = frozenset(
    {"empty_parent", "incomplete", "unknown_required", "unknown_source", "no_scored_kpi", "unknown_kpi"}
)
_LACKS = frozenset(
    {
        "missing_parameter",
        "winsorise_incomplete",
        "exponent",
        "zero_without_floor",
        "not_grades",
        "no_limit",
        "no_target",
    }
)
_MISSING = object()
_QUOTED = re.compile(r"'([^']+)'")

# What stands in for a wrong or absent field without which nothing could be checked.
_STAND_INS = {
    "spec": "openpmm.framework/1",
    "code": "stand-in",
    "version": "0",
    "purpose": "scoring",
    "population": "stand-in",
}


def findings_of_repaired(data: dict[str, Any], shape: list[Finding]) -> list[Finding]:
    """Check what remains after taking out the values that the shape findings are about."""
    removed = [finding.location for finding in shape]
    copy = {**_STAND_INS, **_marked_copy(data)}
    for _ in range(12):
        for finding in sorted(shape, reverse=True):
            _take_out(copy, finding)
        plain, origins = _without_gaps(copy)
        try:
            framework = Framework.model_validate(plain)
        except ValidationError as error:
            before, shape = shape, [_at_origin(finding, origins) for finding in shape_findings(error, plain)]
            if shape == before:
                return []
            removed += [finding.location for finding in shape]
            continue
        found = [_at_origin(finding, origins) for finding in check(framework) if finding.severity == "error"]
        return _without_consequences(found, data, removed)
    return []


def _marked_copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _marked_copy(item) for key, item in value.items()}
    return [_marked_copy(item) for item in value] if isinstance(value, list) else value


def _take_out(copy: Any, finding: Finding) -> None:
    # An absent field has the location of the part that lacks it, so that part is what goes.
    location = finding.location
    if not location:
        return
    container = copy
    for part in location[:-1]:
        try:
            container = container[part]
        except (KeyError, IndexError, TypeError):
            return
    if isinstance(container, dict) and location[-1] == "code" and len(location) > 1:
        container["code"] = "X" + "".join(str(part) for part in location if isinstance(part, int))
    elif isinstance(container, dict) and len(location) == 1 and location[0] in _STAND_INS:
        container[location[0]] = _STAND_INS[str(location[0])]
    elif isinstance(container, dict):
        container.pop(location[-1], None)
    elif isinstance(container, list):
        container[int(location[-1])] = _MISSING


def _without_gaps(value: Any, here: Location = (), there: Location = ()) -> tuple[Any, dict[Location, Location]]:
    """Close the gaps in lists; the second value says where each location of the result stood before."""
    origins = {there: here}
    if isinstance(value, dict):
        plain_items: dict[Any, Any] = {}
        for key, item in value.items():
            plain_items[key], inner = _without_gaps(item, (*here, key), (*there, key))
            origins.update(inner)
        return plain_items, origins
    if isinstance(value, list):
        plain_list: list[Any] = []
        for place, item in enumerate(value):
            if item is not _MISSING:
                plain, inner = _without_gaps(item, (*here, place), (*there, len(plain_list)))
                plain_list.append(plain)
                origins.update(inner)
        return plain_list, origins
    return value, origins


def _at_origin(finding: Finding, origins: dict[Location, Location]) -> Finding:
    known = finding.location
    while known not in origins:
        known = known[:-1]
    location = (*origins[known], *finding.location[len(known) :])
    return Finding(location, finding.code, finding.message, finding.severity)


def _without_consequences(found: list[Finding], data: dict[str, Any], removed: list[Location]) -> list[Finding]:
    inputs = data.get("inputs")
    codes = {str(item.get("code")) for item in inputs if isinstance(item, dict)} if isinstance(inputs, list) else None
    around = {location[:end] for location in removed for end in range(len(location) + 1)}
    return [finding for finding in found if not _is_consequence(finding, codes, around)]


def _is_consequence(finding: Finding, codes: set[str] | None, around: set[Location]) -> bool:
    _, _, reason = finding.code.partition(".")
    if reason == "unknown_input":
        return codes is None or not codes.isdisjoint(_QUOTED.findall(finding.message))
    return reason in _CONSEQUENCES or (reason in _LACKS and finding.location in around)
