"""A difference as text for people, in English and in French."""

from __future__ import annotations

from typing import Any

from framework_spec.canonical import canonical_bytes
from framework_spec.difference.changes import Change, Difference
from framework_spec.difference.words import BREAKS, FIELDS, SENTENCES, SUBJECTS, Words
from framework_spec.texts import text


def describe(difference: Difference, language: str = "en") -> list[str]:
    """Write a sentence or two for each change; English where the language is not known."""
    known = language if language in SENTENCES else "en"
    return [_sentence(change, known) for change in difference.changes]


def _sentence(change: Change, language: str) -> str:
    words = SENTENCES[language]
    said = _said(change, words, language)
    if change.kpis:
        said += " " + words["kpis"].format(kpis=", ".join(change.kpis))
    return said + (" " + BREAKS[language][change.breaks] if change.breaks else "")


def _said(change: Change, words: Words, language: str) -> str:
    thing = _thing(change, language)
    before, after = _shown(change.before, language), _shown(change.after, language)
    if change.kind in ("added", "removed") and change.field is None:
        return words[change.kind].format(thing=thing)
    if change.kind == "moved":
        return words["moved"].format(thing=thing, before=change.before, after=change.after)
    if change.kind == "reordered":
        return words["reordered"].format(code=change.code, after=", ".join(change.after))
    if change.before is None:
        return words["set"].format(thing=thing, field=_field(change, language), after=after)
    if change.after is None:
        return words["unset"].format(thing=thing, field=_field(change, language), before=before)
    return words["changed"].format(thing=thing, field=_field(change, language), before=before, after=after)


def _thing(change: Change, language: str) -> str:
    subject = SUBJECTS[language][change.subject]
    name = text(change.name, language)
    quoted = _quoted(name, language) if name else ""
    return " ".join(part for part in (subject, change.code, quoted) if part)


def _field(change: Change, language: str) -> str:
    first, _, rest = (change.field or "").partition(".")
    label = FIELDS[language].get(first, first)
    return f"{label} ({rest})" if rest else label


def _shown(value: Any, language: str) -> str:
    if isinstance(value, str):
        return _quoted(value, language)
    return canonical_bytes(value).decode()


def _quoted(value: str, language: str) -> str:
    return f"« {value} »" if language == "fr" else f"“{value}”"
