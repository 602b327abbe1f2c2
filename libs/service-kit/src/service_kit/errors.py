"""Errors that a caller may see: a stable code, a kind, and a text that says what, where and what to do."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from service_kit.languages import typographic


class Kind(StrEnum):
    """What sort of refusal it is; one table in `problems` maps kinds to HTTP statuses."""

    MALFORMED = "malformed"
    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    PRECONDITION_FAILED = "precondition_failed"
    TOO_LARGE = "too_large"
    UNSUPPORTED_MEDIA = "unsupported_media"
    INVALID = "invalid"
    PRECONDITION_REQUIRED = "precondition_required"
    TOO_MANY = "too_many"
    UNAVAILABLE = "unavailable"
    NO_SPACE = "no_space"


@dataclass(frozen=True)
class Finding:
    """One of several things that are wrong with what was sent.

    `row` and `column` count as the sender's own file counts them (from 1, the heading being row 1 in a table with
    one); `pointer` is a JSON Pointer; `line` a line of a text document. `french` and `french_hint` say in French what
    `message` and `hint` say.
    """

    code: str
    message: str
    pointer: str | None = None
    row: int | None = None
    column: str | None = None
    line: int | None = None
    hint: str | None = None
    french: str | None = None
    french_hint: str | None = None

    def as_dict(self, language: str = "en") -> dict[str, Any]:
        """The finding without its empty fields, in French where that is asked for and there."""
        found = {key: value for key, value in asdict(self).items() if value is not None}
        said = {"message": found.pop("french", None), "hint": found.pop("french_hint", None)}
        if language == "en":
            return found
        return found | {key: typographic(value) for key, value in said.items() if value is not None}


class ProblemError(Exception):
    """A refusal with a stable code; becomes a problem document (RFC 9457) at the HTTP edge.

    `french` says what `detail` says, for callers who asked for French; without it they are told in English.
    """

    def __init__(
        self,
        code: str,
        kind: Kind,
        detail: str,
        *,
        french: str | None = None,
        findings: tuple[Finding, ...] = (),
        headers: dict[str, str] | None = None,
        **extra: Any,
    ) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.kind = kind
        self.detail = detail
        self.french = french
        self.findings = findings
        self.headers = headers or {}
        self.extra = extra
