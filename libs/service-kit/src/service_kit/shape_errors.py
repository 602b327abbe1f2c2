"""Says in plain words what is wrong with the shape of a request: what is missing, unknown, of a wrong type or too long.

The validator finds the faults (pydantic); its own words are made for programmers of the service, not for callers of it.
"""

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from service_kit.errors import Finding

Words = tuple[str, str, str | None]  # code, what follows the name, hint
LONGEST_NAME = 64  # characters; a field that nobody knows may be called anything
_KINDS: tuple[tuple[type, str], ...] = (
    (bool, "true or false"),
    (int, "a number"),
    (float, "a number"),
    (str, "a text"),
    (list, "a list"),
    (dict, "an object"),
)
_WANTED = {
    "string": "a text",
    "int": "a whole number",
    "float": "a number",
    "decimal": "a number",
    "finite": "a number",
    "bool": "true or false",
    "list": "a list",
    "set": "a list",
    "tuple": "a list",
    "dict": "an object",
    "model": "an object",
    "uuid": "an id as it was given out (a UUID)",
    "url": "an address (URL)",
}
_BOUNDS = {
    "greater_than": ("gt", "more than"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "less than"),
    "less_than_equal": ("le", "at most"),
}
_LENGTHS = {
    "string_too_long": ("request.too_long", "may have at most", "max_length", "character"),
    "string_too_short": ("request.too_short", "must have at least", "min_length", "character"),
    "too_long": ("request.too_long", "may have at most", "max_length", "entry"),
    "too_short": ("request.too_short", "must have at least", "min_length", "entry"),
}
_PLURALS = {"character": "characters", "entry": "entries"}


def shape_finding(item: Mapping[str, Any], needed: Sequence[str] = ()) -> Finding:
    """One fault of the validator, as `errors()` lists it, in our own words; values that were sent are not repeated.

    `needed` are the fields that the body must have: where the whole body is missing, they are named.
    """
    loc = [part for part in item["loc"] if part != "[key]"]
    place, where = (loc[0], loc[1:]) if loc else ("body", [])
    code, says, hint = _words(item)
    if item["type"] == "missing" and not where and needed:
        hint = f"Send a JSON object with {', '.join(f'`{name}`' for name in needed)}."
    message = f"{_name(place, where)} {says}."
    if place != "body":
        return Finding(code, message, column=".".join(map(str, where)), hint=hint)
    return Finding(code, message, pointer=_pointer(where), hint=hint)


def needed_fields(body: object) -> list[str]:
    """The names of the fields that a body of this type must have; none where the type is no model."""
    if not (isinstance(body, type) and issubclass(body, BaseModel)):
        return []
    return [field.alias or name for name, field in body.model_fields.items() if field.is_required()]


def malformed_json(item: Mapping[str, Any], body: object) -> Finding:
    """Where the JSON of a body ends to be JSON."""
    where = item["loc"][-1] if item["loc"] else 0
    line = body.count("\n", 0, where) + 1 if isinstance(body, str) and isinstance(where, int) else None
    reason = item.get("ctx", {}).get("error", "it ends too early")
    return Finding("request.malformed", f"The body is not well-formed JSON: {reason}.", line=line)


def _words(item: Mapping[str, Any]) -> Words:
    kind, ctx = item["type"], item.get("ctx", {})
    if kind in _SPECIAL:
        return _SPECIAL[kind](item)
    if kind in _BOUNDS:
        key, comparison = _BOUNDS[kind]
        return "request.out_of_range", f"must be {comparison} {ctx[key]}", None
    if kind in _LENGTHS:
        code, says, key, unit = _LENGTHS[kind]
        most = ctx[key]
        return code, f"{says} {most:,} {unit if most == 1 else _PLURALS[unit]}", None
    if kind.startswith(("datetime_", "timezone_")):
        return "request.bad_date", "is not a moment in time", "Write it as 2024-12-31T12:00:00Z."
    if kind.startswith("date_"):
        return "request.bad_date", "is not a date", "Write dates as 2024-12-31."
    wanted = _WANTED.get(kind.split("_")[0])
    if wanted:
        return "request.wrong_type", f"must be {wanted}", _sent_as(item.get("input"), wanted)
    return "request.not_accepted", "cannot be taken", "The API document says what is expected here."


def _missing(item: Mapping[str, Any]) -> Words:
    return (
        "request.missing",
        "is missing",
        "Add it." if len(item["loc"]) > 1 else "Send what the API document asks for.",
    )


def _unknown(_: Mapping[str, Any]) -> Words:
    return "request.unknown_field", "is not a field that is known here", "Leave it out, or correct its spelling."


def _not_one_of(item: Mapping[str, Any]) -> Words:
    expected, sent = item["ctx"]["expected"], item.get("input")
    choices = re.findall(r"'([^']*)'", expected)
    near = difflib.get_close_matches(sent, choices, n=1) if isinstance(sent, str) else []
    return "request.not_one_of", f"must be one of: {expected}", f"Did you mean {near[0]}?" if near else None


def _wrong_form(item: Mapping[str, Any]) -> Words:
    pattern, sent = item["ctx"]["pattern"], str(item.get("input"))
    hint = f"It must match {pattern}"
    for letters, other in (("capital", sent.upper()), ("small", sent.lower())):
        if re.match(pattern, other):
            hint = f"Write it in {letters} letters."
    return "request.wrong_form", "does not have the right form", hint


def _own_words(item: Mapping[str, Any]) -> Words:
    """A check of ours has spoken: its words stand."""
    return "request.not_accepted", f"cannot be taken: {item.get('ctx', {}).get('error', item['msg'])}", None


def _bad_text(_: Mapping[str, Any]) -> Words:
    return "request.bad_text", "has characters that no text has", "Send text in UTF-8."


def _not_whole(_: Mapping[str, Any]) -> Words:
    return "request.wrong_type", "must be a whole number", None


_SPECIAL: dict[str, Callable[[Mapping[str, Any]], Words]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "literal_error": _not_one_of,
    "enum": _not_one_of,
    "string_pattern_mismatch": _wrong_form,
    "string_unicode": _bad_text,
    "value_error": _own_words,
    "assertion_error": _own_words,
    "int_from_float": _not_whole,
}


def _sent_as(sent: object, wanted: str) -> str | None:
    if sent is None:
        return "It was sent as null; leave it out if there is none."
    kind = next((words for of, words in _KINDS if isinstance(sent, of)), None)
    return f"It was sent as {kind}." if kind and kind != wanted else None


def _name(place: object, where: Sequence[object]) -> str:
    named = [part for part in where if isinstance(part, str)]
    if place != "body":
        return f"The {place} parameter `{'.'.join(map(str, where))}`"
    if not where:
        return "The body"
    if isinstance(where[-1], int):
        return f"Entry {where[-1]} of `{named[-1]}`" if named else f"Entry {where[-1]}"
    return f"`{named[-1][:LONGEST_NAME]}`"


def _pointer(where: Sequence[object]) -> str:
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in where)
