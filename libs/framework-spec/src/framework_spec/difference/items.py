"""The things a framework document consists of, each with its own fields, its place and its name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from framework_spec.difference.changes import Subject
from framework_spec.problems import Location

Fields = dict[str, Any]
LISTS: dict[str, Subject] = {"inputs": "input", "bands": "band", "rules": "rule"}
_NODE_KINDS = ("index", "dimension", "expected_outcome", "group", "kpi")


@dataclass(frozen=True)
class Item:
    """A thing with its own fields (not those of the things in it), its parent's code and its rank among siblings."""

    subject: Subject
    code: str
    location: Location
    fields: Fields
    parent: str | None = None

    @property
    def name(self) -> dict[str, str] | None:
        """The name in all languages, where there is one."""
        name = self.fields.get("name")
        return name if isinstance(name, dict) else None


def frame(document: Mapping[str, Any]) -> Item:
    """Give the framework itself: its fields without the lists, the tree and the version."""
    apart = {*LISTS, "root", "version"}
    fields = {name: value for name, value in document.items() if name not in apart}
    return Item("framework", str(document.get("code")), (), fields)


def listed(document: Mapping[str, Any], list_name: str) -> list[Item]:
    """Give the things of one of the lists, in order."""
    subject = LISTS[list_name]
    parts = document.get(list_name)
    found = []
    for place, part in enumerate(parts if isinstance(parts, list) else ()):
        fields = part if isinstance(part, dict) else {"value": part}
        code = fields.get("id" if subject == "rule" else "code")
        found.append(Item(subject, _code(code, (list_name, place)), (list_name, place), fields))
    return found


def nodes(document: Mapping[str, Any]) -> list[Item]:
    """Give all nodes in document order, a parent before its children."""
    return list(_nodes(document.get("root"), ("root",), None))


def _nodes(node: object, location: Location, parent: str | None) -> Iterator[Item]:
    fields = node if isinstance(node, dict) else {"value": node}
    kind = fields.get("kind")
    subject = cast(Subject, kind) if kind in _NODE_KINDS else "group"
    code = _code(fields.get("code"), location)
    yield Item(subject, code, location, {key: fields[key] for key in fields if key != "children"}, parent)
    children = fields.get("children")
    for place, child in enumerate(children if isinstance(children, list) else ()):
        yield from _nodes(child, (*location, "children", place), code)


def _code(code: object, location: Location) -> str:
    # What has no code yet (in a draft) is told apart by where it stands.
    return code if isinstance(code, str) else "@" + ".".join(str(part) for part in location)
