"""Checking what is left of a document whose shape is wrong, so that one reading tells everything at once.

Values of the wrong shape are taken out of a copy (a part that lacks a required field makes way as a whole), and the
rest is checked. What could only be a consequence of the taking out is not reported; nothing follows from taking out a
field that does not exist.
"""

import re
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from framework_spec.checks import check
from framework_spec.document import Framework
from framework_spec.problems import Finding, Location
from framework_spec.shape import shape_findings

_CONSEQUENCES = frozenset({"empty_parent", "unknown_required", "unknown_source", "no_scored_kpi", "unknown_kpi"})
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
_WORD = re.compile(r"[A-Z][A-Z0-9_]*")

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
    taken_out = list(shape)
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
            taken_out += shape
            continue
        found = [_at_origin(finding, origins) for finding in check(framework)]
        return _without_consequences(found, data, taken_out)
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


def _without_consequences(found: list[Finding], data: dict[str, Any], taken_out: list[Finding]) -> list[Finding]:
    removed = {finding.location for finding in taken_out if finding.code != "document.unknown_field"}
    gone = _Gone(
        data,
        frozenset(removed),
        frozenset(location[:end] for location in removed for end in range(len(location) + 1)),
        frozenset(word for finding in taken_out for word in _words(data, finding.location)),
    )
    return [finding for finding in found if not gone.explains(finding)]


def _words(data: Any, location: Location) -> list[str]:
    for part in location:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return []
    return _WORD.findall(repr(data)) if location else []


@dataclass(frozen=True)
class _Gone:
    """What was taken out: where, what stands around it, and the words that stood in it."""

    data: dict[str, Any]
    removed: frozenset[Location]
    around: frozenset[Location]
    words: frozenset[str]

    def explains(self, finding: Finding) -> bool:
        """Whether the finding could be there only because of the taking out."""
        _, _, reason = finding.code.partition(".")
        match reason:
            case "unused":
                return self._no_purpose() or finding.message.partition(":")[0] in self.words
            case "unknown_input":
                codes = self._input_codes()
                return codes is None or not codes.isdisjoint(_QUOTED.findall(finding.message))
            case "missing_language":
                return finding.location in self.around or ("languages",) in self.around
            case "incomplete":
                return self._no_purpose() or self._lost(finding, (_QUOTED.findall(finding.message) or ["name"])[-1])
        if reason.startswith("no_") and finding.severity == "warning":
            return self._no_purpose() or self._lost(finding, reason.removeprefix("no_"))
        if reason in _CONSEQUENCES:
            return bool(self.removed)
        return reason in _LACKS and finding.location in self.around

    def _no_purpose(self) -> bool:
        return ("purpose",) in self.removed or "purpose" not in self.data

    def _lost(self, finding: Finding, field: str) -> bool:
        return (*finding.location, field) in self.around

    def _input_codes(self) -> set[str] | None:
        inputs = self.data.get("inputs")
        return (
            {str(item.get("code")) for item in inputs if isinstance(item, dict)} if isinstance(inputs, list) else None
        )
