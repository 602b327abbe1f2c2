"""Edits of one part of a draft: put or remove a node, an input, a band or a rule."""

from dataclasses import dataclass
from typing import Any, Protocol

from framework_spec.drafts import Draft, PartKind, UnknownPartError
from service_kit.errors import Kind, ProblemError


class Edit(Protocol):
    """What makes another draft of a draft."""

    def apply(self, draft: Draft) -> Draft:
        """The draft after the edit; UnknownPartError when it cannot be made."""


@dataclass(frozen=True)
class PutNode:
    """Replace the fields of a node, or add one below a parent; with a parent it is also moved there."""

    code: str
    fields: dict[str, Any]
    parent: str | None = None
    place: int | None = None

    def apply(self, draft: Draft) -> Draft:
        """The draft with the node."""
        is_there = has_node(draft, self.code)
        if self.parent is None:
            if not is_there:
                raise UnknownPartError(f"there is no node {self.code} in the draft; name its parent to add it")
            return draft.with_node(self.code, self.fields)
        if is_there:
            return draft.with_node(self.code, self.fields).moved(self.code, self.parent, self.place)
        return draft.with_child(self.parent, self.fields, self.place)


@dataclass(frozen=True)
class RemoveNode:
    """Remove a node with all that is below it."""

    code: str

    def apply(self, draft: Draft) -> Draft:
        """The draft without the node."""
        return draft.without_node(self.code)


@dataclass(frozen=True)
class PutPart:
    """Replace an input, a band or a rule, or add it at the end."""

    kind: PartKind
    fields: dict[str, Any]

    def apply(self, draft: Draft) -> Draft:
        """The draft with the part."""
        return draft.with_part(self.kind, self.fields)


@dataclass(frozen=True)
class RemovePart:
    """Remove an input, a band or a rule."""

    kind: PartKind
    code: str

    def apply(self, draft: Draft) -> Draft:
        """The draft without the part."""
        return draft.without_part(self.kind, self.code)


def has_node(draft: Draft, code: str) -> bool:
    """Whether the draft has a node with this code."""
    try:
        draft.node(code)
    except UnknownPartError:
        return False
    return True


def named(fields: dict[str, Any], key: str, code: str) -> dict[str, Any]:
    """The fields of a part with the code that its address names.

    Raises:
        ProblemError: `framework.another_name` (422) when the fields name another one.
    """
    if fields.get(key, code) != code:
        detail = f"The address names {code}, the content another {key}. Rename parts by sending the whole draft."
        raise ProblemError("framework.another_name", Kind.INVALID, detail)
    return {key: code, **fields}
