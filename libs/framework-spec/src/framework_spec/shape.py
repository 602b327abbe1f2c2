"""Findings about the shape of a document: wrong types, unknown and absent fields, in words for its author."""

import difflib
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from framework_spec.fields import fields_at, kinds_at
from framework_spec.problems import Finding, Location

_SHOWN = 60  # characters of a value


def shape_findings(error: ValidationError, data: Any) -> list[Finding]:
    """Turn what pydantic found into findings whose locations exist in the document."""
    return [_finding(detail, data) for detail in error.errors(include_url=False)]


def _finding(detail: ErrorDetails, data: Any) -> Finding:
    location = _existing(detail["loc"], data, detail["type"])
    field = str(detail["loc"][-1]) if detail["loc"] else ""
    match detail["type"]:
        case "missing":
            return Finding(location, "document.missing_field", f"the field {_shown(field)} is missing")
        case "extra_forbidden":
            return Finding(location, "document.unknown_field", _unknown_field_message(field, detail["loc"][:-1]))
        case "union_tag_not_found":
            kinds = ", ".join(kinds_at(detail["loc"]))
            return Finding(
                location, "document.missing_field", f"the field 'kind' is missing; it should be one of {kinds}"
            )
        case "union_tag_invalid":
            kinds = str((detail.get("ctx") or {}).get("expected_tags", "")).replace("'", "")
            return Finding((*location, "kind"), "document.wrong_value", f"kind should be one of {kinds}")
        case "literal_error":
            return Finding(location, "document.wrong_value", _literal_message(detail))
        case "string_pattern_mismatch":
            pattern = (detail.get("ctx") or {}).get("pattern")
            return Finding(
                location, "document.code_pattern", f"{_shown(detail['input'])} does not have the form {pattern}"
            )
        case _:
            return Finding(location, "document.wrong_value", _general_message(detail))


def _existing(parts: tuple[str | int, ...], data: Any, kind: str) -> Location:
    """Leave out the parts of a location that name a branch of the model and not a field of the document."""
    location: list[str | int] = []
    for part in parts:
        is_key = isinstance(data, dict) and part in data
        if is_key or (isinstance(data, list) and isinstance(part, int) and part < len(data)):
            location.append(part)
            data = data[part]
    if kind == "extra_forbidden" and (not location or location[-1] != parts[-1]):
        location.append(parts[-1])
    return tuple(location)


def _unknown_field_message(field: str, around: Location) -> str:
    close = difflib.get_close_matches(field[:_SHOWN], fields_at(around), n=1)
    return f"there is no field {_shown(field)} here" + (f"; did you mean {close[0]}?" if close else "")


def _literal_message(detail: ErrorDetails) -> str:
    expected = str((detail.get("ctx") or {}).get("expected", "")).replace("'", "")
    close = difflib.get_close_matches(str(detail["input"])[:_SHOWN], expected.replace(" or ", ", ").split(", "), n=1)
    hint = f"; did you mean {close[0]}?" if close else ""
    return f"{_shown(detail['input'])} should be {expected}{hint}"


def _general_message(detail: ErrorDetails) -> str:
    message = detail["msg"].removeprefix("Value error, ").removeprefix("Input ")
    message = message[:1].lower() + message[1:]
    if detail["type"] == "string_type" and isinstance(detail["input"], int | float):
        message += "; put it in quotes"
    return f"{_shown(detail['input'])}: {message}"


def _shown(value: Any) -> str:
    shown = repr(value)
    return shown[:_SHOWN] + "..." if len(shown) > _SHOWN else shown
