"""A draft of a framework version: gaps are allowed, and its tag says which state of it somebody has read."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from framework_spec.difference import describe, difference
from framework_spec.drafts import Draft
from framework_spec.nodes import MAXIMUM_BYTES, MAXIMUM_DEPTH
from service_kit.errors import Finding, Kind, ProblemError

MAXIMUM_SENTENCES = 200
MAXIMUM_LENGTH = 400


@dataclass(frozen=True)
class FrameworkDraft:
    """The draft of one version of one framework."""

    code: str
    version: str
    content: Draft
    tag: str
    created_at: datetime
    created_by: str
    changed_at: datetime
    changed_by: str

    @classmethod
    def begin(cls, code: str, version: str, content: Draft, at: datetime, by: str) -> "FrameworkDraft":
        """A new draft; what it is named may be left out of the content.

        Raises:
            ProblemError: `framework.another_name` (422), `framework.draft_too_large` (413).
        """
        whole = _checked(_named(content, code, version))
        return cls(code, version, whole, whole.digest(), at, by, at, by)

    def changed(self, content: Draft, at: datetime, by: str) -> "FrameworkDraft":
        """The draft with other content; itself when nothing differs."""
        whole = _checked(_named(content, self.code, self.version))
        tag = whole.digest()
        return self if tag == self.tag else replace(self, content=whole, tag=tag, changed_at=at, changed_by=by)

    @property
    def subject(self) -> str:
        """What audit entries call it."""
        return f"{self.code}@{self.version}"

    def is_read_as(self, expected: Iterable[str]) -> bool:
        """Whether one of the tags is that of the present state."""
        return "*" in expected or self.tag in expected


def no_draft(code: str, version: str, *, is_published: bool) -> ProblemError:
    """The refusal when there is no such draft; of a published version it says where that stands."""
    detail = f"There is no draft of version {version} of {code}."
    if is_published:
        place = f"/api/v1/frameworks/{code}/versions/{version}"
        detail = f"Version {version} of {code} is published already and never changes: {place}. Draft another version."
    return ProblemError("framework.draft_not_found", Kind.NOT_FOUND, detail)


def sentences(before: Draft | None, after: Draft | None) -> dict[str, list[str]]:
    """What changed between two states, in both languages; bounded, for the audit trail and for who came second."""
    if before is None or after is None:
        return {"en": [], "fr": []}
    found = difference(before.document, after.document)
    return {language: _bounded(describe(found, language)) for language in ("en", "fr")}


def _bounded(said: list[str]) -> list[str]:
    short = [each if len(each) <= MAXIMUM_LENGTH else each[: MAXIMUM_LENGTH - 1] + "…" for each in said]
    rest = len(short) - MAXIMUM_SENTENCES
    return short if rest <= 0 else [*short[:MAXIMUM_SENTENCES], f"… + {rest}"]


def _named(content: Draft, code: str, version: str) -> Draft:
    names = {"code": code, "version": version}
    findings = tuple(
        Finding(
            "framework.another_name",
            f"the address says “{name}”, the content {json.dumps(content.document[field], ensure_ascii=False)[:100]}",
            pointer=field,
            hint="Leave it out or write it as in the address, in quotes.",
        )
        for field, name in names.items()
        if field in content.document and content.document[field] != name
    )
    if findings:
        detail = "The draft is named otherwise in its content than in its address; nothing was saved."
        raise ProblemError("framework.another_name", Kind.INVALID, detail, findings=findings)
    return Draft({**names, **content.document})


def _checked(content: Draft) -> Draft:
    # Depth first: edits could stack what each of them is allowed, until nothing could walk the tree any more.
    if _is_deeper(content.document, MAXIMUM_DEPTH) or _bytes(content) > MAXIMUM_BYTES:
        detail = f"A draft has at most {MAXIMUM_BYTES} bytes and a depth of {MAXIMUM_DEPTH}; nothing was saved."
        raise ProblemError("framework.draft_too_large", Kind.TOO_LARGE, detail)
    return content


def _bytes(content: Draft) -> int:
    return len(json.dumps(content.document, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def _is_deeper(value: Any, limit: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    if limit == 0:
        return True
    return any(_is_deeper(item, limit - 1) for item in (value.values() if isinstance(value, dict) else value))
