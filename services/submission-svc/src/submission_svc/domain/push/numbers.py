"""Reads numbers strictly: what is kept is exactly what was sent, or the sender is told why not."""

import re
from dataclasses import dataclass
from decimal import Decimal
from math import isinf

from submission_svc.domain.push.wording import shown

SAFE_DIGITS = 15  # every decimal of up to 15 significant digits survives the way through a float64
LONGEST = 400
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_YEAR = re.compile(r"[0-9]{4}")
_NO_FIGURE = frozenset({"-", "--", "..", "...", "n/a", "na", "n.a.", "nil", "none", "null", "missing", "?", ":", "x"})
NO_FIGURE_HINT = "If there is no figure, leave value empty and write missing into state."


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What stands where a number should be, and what to say about it."""

    code: str
    message: str
    hint: str | None = None


def read_number(text: str) -> float | Unreadable:
    """The number that the text writes (JSON's grammar; leading zeros allowed)."""
    if _NUMBER.fullmatch(text) is None:
        return _not_a_number(text)
    if len(text) <= SAFE_DIGITS and "e" not in text and "E" not in text:
        return float(text) + 0.0  # + 0.0 makes -0 plain 0
    return _long_number(text)


def read_year(text: str) -> int | Unreadable:
    """The calendar year that the text writes."""
    if _YEAR.fullmatch(text):
        return int(text)
    return Unreadable(
        "answers.not_a_year", f"{shown(text)} is not a calendar year.", "Write the year with four digits, like 2024."
    )


def _long_number(text: str) -> float | Unreadable:
    value = float(text) + 0.0 if len(text) <= LONGEST else None
    if value is not None and isinf(value):
        return Unreadable(
            "answers.too_large",
            f"{shown(text)} is larger than any number that can be kept.",
            "Check the figure and its exponent; the largest possible number is about 1.8e308.",
        )
    if value is None or Decimal(text) != Decimal(repr(value)):
        kept = "" if value is None else f" Send {value!r} if that is what you mean."
        return Unreadable(
            "answers.too_many_digits",
            f"{shown(text)} has more digits than can be kept without loss.",
            f"Numbers are kept with 15 to 17 significant digits; round the figure.{kept}",
        )
    return value


def _not_a_number(text: str) -> Unreadable:
    bare = text.strip()
    lower = bare.lower().lstrip("+-")
    if lower in {"nan", "inf", "infinity"}:
        return Unreadable("answers.not_finite", f"{shown(bare)} is not a number that can be kept.", NO_FIGURE_HINT)
    if bare.lower() in _NO_FIGURE:
        return Unreadable("answers.not_a_number", f"{shown(bare)} is not a number.", NO_FIGURE_HINT)
    return Unreadable("answers.not_a_number", f"{shown(bare)} is not a number.", _spelling_hint(bare))


def _spelling_hint(text: str) -> str:
    if text.startswith(("=", "@")):
        return "This is a formula of a spreadsheet. Save its result instead."
    if text.endswith("%"):
        return "Leave the percent sign out; the unit of the input says how the figure is meant."
    if re.fullmatch(r"[+-]?[0-9]+,[0-9]+", text):
        decimal, whole = shown(text.replace(",", ".")), shown(text.replace(",", ""))
        return f"Write decimals with a point and thousands without separator: {decimal} or {whole}."
    if re.fullmatch(r"[+-]?[0-9]{1,3}(?:[,.' \u00a0\u2009\u202f_][0-9]{3})+(?:[.,][0-9]+)?", text):
        return "Write the figure without separators between thousands, and decimals with a point."
    if re.fullmatch(r"\+?[0-9]*\.?[0-9]*", text):
        return "Write it like 12 or 0.5: a digit before and after the point, no plus sign."
    return "Write digits with a decimal point, like 1234.5, without unit, sign or separator."
