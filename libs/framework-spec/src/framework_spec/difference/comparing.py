"""The comparison itself: things are matched by their codes, then field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from framework_spec.canonical import sha256_of
from framework_spec.difference.changes import Change, Difference, Series, Version
from framework_spec.difference.items import LISTS, Item, frame, listed, nodes
from framework_spec.difference.kinds import meaning
from framework_spec.document import Framework
from framework_spec.formulas import FormulaError, parse_formula
from framework_spec.problems import Location, path_text

Document = Mapping[str, Any]


def difference(old: Framework | Document, new: Framework | Document) -> Difference:
    """Tell everything that is not as it was; equal versions have no change, whatever their version numbers.

    Drafts are taken as plain data, also with gaps and mistakes; a default that is written out on one side only is then
    a change. Codes are what things are matched by: a thing that has another code and is otherwise the same, at the
    same place, is renamed; else one thing was removed and another added.
    """
    before, after = _document(old), _document(new)
    changes = [
        *_fields(frame(before), frame(after), after),
        *(change for name in LISTS for change in _things(listed(before, name), listed(after, name), after)),
        *_things(nodes(before), nodes(after), after),
    ]
    return Difference(_version(before), _version(after), tuple(changes))


def _document(given: Framework | Document) -> Document:
    return given.document() if isinstance(given, Framework) else given


def _version(document: Document) -> Version:
    return Version(str(document.get("code")), str(document.get("version")), sha256_of(document))


def _things(old: list[Item], new: list[Item], document: Document) -> Iterator[Change]:
    renamed = _renamed(old, new)
    known = {renamed.get(item.code, item.code): item for item in reversed(old)}
    present = {item.code for item in new}
    for item in old:
        if renamed.get(item.code, item.code) not in present:
            yield _whole("removed", item)
    matched = [item for item in new if item.code in known]
    for item in new:
        if item.code not in known:
            yield _whole("added", item)
    for item in matched:
        earlier = known[item.code]
        parent = renamed.get(earlier.parent or "", earlier.parent)
        if parent != item.parent:
            breaks: Series | None = "scores" if _counts(item) else None
            yield Change("moved", item.subject, item.code, item.location, None, parent, item.parent, breaks, item.name)
        yield from _fields(earlier, item, document)
    yield from _order(old, new, renamed)


def _renamed(old: list[Item], new: list[Item]) -> dict[str, str]:
    """Match what stands at the same place with the same fields, under a code that only one side knows."""
    old_codes, new_codes = {item.code for item in old}, {item.code for item in new}
    places = {item.location: item for item in new if item.code not in old_codes}
    renamed = {}
    for item in old:
        other = places.get(item.location)
        if item.code not in new_codes and other is not None and _content(item) == _content(other):
            renamed[item.code] = other.code
    return renamed


def _content(item: Item) -> dict[str, Any]:
    return {name: value for name, value in item.fields.items() if name not in ("code", "id")}


def _whole(kind: Literal["added", "removed"], item: Item) -> Change:
    breaks: Series | None = "scores" if _counts(item) or item.subject == "band" else None
    before, after = (item.fields, None) if kind == "removed" else (None, item.fields)
    return Change(kind, item.subject, item.code, item.location, None, before, after, breaks, item.name)


def _counts(item: Item) -> bool:
    """Whether a node has a part in the scores above it."""
    if item.subject in ("framework", "input", "band", "rule"):
        return False
    return item.fields.get("direction") != "context_only" and item.fields.get("weight") != 0


def _fields(old: Item, new: Item, document: Document) -> Iterator[Change]:
    unequal = list(_unequal(old.fields, new.fields, ()))
    kpis = _users(new, document) if unequal else ()
    is_context = old.fields.get("direction") == new.fields.get("direction") == "context_only"
    for path, before, after in unequal:
        field = path_text(path)
        kind, breaks = meaning(new.subject, field, before, after)
        if is_context and breaks == "scores":
            breaks = None
        location = (*new.location, *path)
        yield Change(kind, new.subject, new.code, location, field, before, after, breaks, new.name, kpis)


def _unequal(old: Any, new: Any, path: Location) -> Iterator[tuple[Location, Any, Any]]:
    """Give the smallest parts that differ; lists are one part."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys([*old, *new]):
            if key in old and key in new:
                yield from _unequal(old[key], new[key], (*path, key))
            else:
                yield (*path, key), old.get(key), new.get(key)
    elif old != new or isinstance(old, bool) != isinstance(new, bool):
        yield path, old, new


def _order(old: list[Item], new: list[Item], renamed: dict[str, str]) -> Iterator[Change]:
    """Name each parent (or list) whose remaining things stand in another order."""
    earlier = _siblings(old, renamed)
    for parent, items in _siblings(new, {}).items():
        now = [item.code for item in items]
        were = [renamed.get(item.code, item.code) for item in earlier.get(parent, [])]
        common = {*now}.intersection(were)
        before = [code for code in were if code in common]
        after = [code for code in now if code in common]
        if before != after:
            first = items[0]
            location = first.location[:-1]
            code = parent or str(location[0])
            yield Change("reordered", first.subject, code, location, None, before, after)


def _siblings(items: list[Item], renamed: dict[str, str]) -> dict[str | None, list[Item]]:
    found: dict[str | None, list[Item]] = {}
    for item in items:
        found.setdefault(renamed.get(item.parent or "", item.parent), []).append(item)
    return found


def _users(item: Item, document: Document) -> tuple[str, ...]:
    """Name the KPIs whose formulas use an input."""
    if item.subject != "input":
        return ()
    return tuple(
        node.code
        for node in nodes(document)
        if node.subject == "kpi" and item.code in _codes(node.fields.get("formula"))
    )


def _codes(formula: Any) -> set[str]:
    try:
        return {code for code, _ in parse_formula(formula).references}
    except (FormulaError, TypeError):
        return set()
