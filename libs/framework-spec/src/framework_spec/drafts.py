"""Drafts: framework documents on their way, with gaps and mistakes, edited whole or part by part.

A draft is plain data and never changes: every edit gives another draft. A part is a node, an input, a band or a rule,
found by its code (a rule by its id).
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from framework_spec.canonical import sha256_of
from framework_spec.document import Framework
from framework_spec.nodes import load
from framework_spec.problems import FrameworkRejectedError, Problem, path_text
from framework_spec.reading import publishing_problems, validate_document

Part = dict[str, Any]
PartKind = Literal["inputs", "bands", "rules"]
_KEYS: dict[PartKind, str] = {"inputs": "code", "bands": "code", "rules": "id"}


class UnknownPartError(LookupError):
    """There is no part with this code in the draft, or it cannot be edited in this way."""


@dataclass(frozen=True)
class Draft:
    """A document of any state of completion."""

    document: dict[str, Any]

    @classmethod
    def read(cls, text: str | bytes) -> Draft:
        """Read YAML or JSON.

        Raises:
            FrameworkRejectedError: the text itself is wrong (syntax, aliases, duplicate keys, size); gaps are not.
        """
        source = load(text)
        problems = [
            Problem(code, path_text(location), place[0], place[1], message)
            for location, place, code, message in source.problems
        ]
        if not problems and not isinstance(source.data, dict):
            message = "a framework is a mapping of fields, from spec to root"
            problems = [Problem("document.not_a_mapping", "$", 1, 1, message)]
        if problems:
            raise FrameworkRejectedError(tuple(problems))
        return cls(source.data)

    @classmethod
    def of(cls, framework: Framework, version: str) -> Draft:
        """Clone a version as the draft of another one."""
        return cls({**framework.document(), "version": version})

    def digest(self) -> str:
        """Give the digest over the canonical form, for ETag and If-Match; defaults written out count as written."""
        return sha256_of(self.document)

    def problems(self) -> tuple[Problem, ...]:
        """Tell all at once what is missing or wrong for publication."""
        return publishing_problems(self.document)

    def framework(self) -> Framework:
        """Give the framework; FrameworkRejectedError when the draft cannot be published."""
        return validate_document(self.document)

    def node(self, code: str) -> Part:
        """Find a node; UnknownPartError when there is none."""
        return copy.deepcopy(_found(self.document, code)[0])

    def with_node(self, code: str, fields: Part) -> Draft:
        """Replace the fields of a node; its children stay unless the fields name others."""
        changed = copy.deepcopy(self.document)
        node, _ = _found(changed, code)
        children = {"children": node["children"]} if "children" in node and fields.get("kind") != "kpi" else {}
        node.clear()
        node.update({**copy.deepcopy(fields), **({} if "children" in fields else children)})
        return Draft(changed)

    def with_child(self, parent: str, fields: Part, place: int | None = None) -> Draft:
        """Add a node below another one, at a place among its siblings (at the end when not given)."""
        changed = copy.deepcopy(self.document)
        children = _children(_found(changed, parent)[0], parent)
        children.insert(len(children) if place is None else place, copy.deepcopy(fields))
        return Draft(changed)

    def without_node(self, code: str) -> Draft:
        """Remove a node with all that is below it; the root cannot go."""
        changed = copy.deepcopy(self.document)
        node, siblings = _found(changed, code)
        if siblings is None:
            raise UnknownPartError(f"{code} is the root; a framework cannot be without it")
        siblings[:] = [sibling for sibling in siblings if sibling is not node]
        return Draft(changed)

    def moved(self, code: str, parent: str, place: int | None = None) -> Draft:
        """Move a node with all that is below it to another parent or place."""
        node = self.node(code)
        if any(inner.get("code") == parent for inner, _ in _walk(node, None)):
            raise UnknownPartError(f"{code} cannot be moved below itself")
        return self.without_node(code).with_child(parent, node, place)

    def with_part(self, kind: PartKind, fields: Part) -> Draft:
        """Replace the input, band or rule with this code, or add it at the end."""
        changed = copy.deepcopy(self.document)
        key = _KEYS[kind]
        parts = _list(changed, kind, f"the {kind}")
        place = next((at for at, part in enumerate(parts) if _code(part, key) == fields.get(key)), len(parts))
        changed[kind] = [*parts[:place], copy.deepcopy(fields), *parts[place + 1 :]]
        return Draft(changed)

    def without_part(self, kind: PartKind, code: str) -> Draft:
        """Remove an input, band or rule; UnknownPartError when there is none."""
        parts = self.document.get(kind)
        kept = [part for part in parts if _code(part, _KEYS[kind]) != code] if isinstance(parts, list) else []
        if not isinstance(parts, list) or len(kept) == len(parts):
            raise UnknownPartError(f"there is no {code} among the {kind}")
        return Draft({**self.document, kind: kept})


def _code(part: object, key: str) -> object:
    return part.get(key) if isinstance(part, dict) else None


def _found(document: dict[str, Any], code: str) -> tuple[Part, list[Any] | None]:
    for node, siblings in _walk(document.get("root"), None):
        if node.get("code") == code:
            return node, siblings
    raise UnknownPartError(f"there is no node {code} in the draft")


def _walk(node: object, siblings: list[Any] | None) -> Iterator[tuple[Part, list[Any] | None]]:
    if isinstance(node, dict):
        yield node, siblings
        children = node.get("children")
        for child in children if isinstance(children, list) else ():
            yield from _walk(child, children)


def _children(node: Part, code: str) -> list[Any]:
    if node.get("kind") == "kpi":
        raise UnknownPartError(f"{code} is a KPI; it has no children")
    return _list(node, "children", f"the children of {code}")


def _list(holder: Part, field: str, called: str) -> list[Any]:
    """Give the list in a field, made where there is nothing; what is no list is not written over."""
    if holder.get(field) is None:
        holder[field] = []
    found = holder[field]
    if not isinstance(found, list):
        raise UnknownPartError(f"{called} are no list; send the whole draft to mend that")
    return found
