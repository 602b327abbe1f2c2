"""The language of a page, its texts, and how numbers and dates are written in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml
from fastapi import Request

from framework_spec.texts import text
from service_kit.languages import LANGUAGES, accepted_language

COOKIE = "openpmm_language"
TEXTS: Final = ("texts.yaml", "my_texts.yaml", "my_more_texts.yaml")
NOTHING = "–"
_NARROW_SPACE = "\u202f"
_BEFORE_SIGN = re.compile(r" ([;:!?»%])")  # French keeps a space there that must not break


def chosen_language(request: Request) -> str:
    """The language asked for in the address, else chosen before, else wanted by the browser, else English."""
    for wanted in (request.query_params.get("language"), request.cookies.get(COOKIE)):
        if wanted in LANGUAGES:
            return wanted
    return accepted_language(request.headers.get("accept-language", ""))


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """All page texts by key, each in every language."""
    folder = files("reporting_svc.entrypoints.pages")
    found: dict[str, Mapping[str, str]] = {}
    for name in TEXTS:
        found |= yaml.safe_load((folder / name).read_text(encoding="utf-8"))
    return found


@dataclass(frozen=True)
class Speech:
    """Says things in one language; templates have it as `say`."""

    language: str

    def __call__(self, key: str, /, **values: Any) -> str:
        """A text of the catalogue with its values filled in."""
        words = catalogue()[key][self.language].format(**values)
        return words if self.language == "en" else _BEFORE_SIGN.sub("\u00a0\\1", words)

    def name(self, localized: Mapping[str, str] | None, otherwise: str = "") -> str:
        """A text that data carry, in this language if they have it."""
        return text(localized, self.language) or otherwise

    def number(self, value: float | None, decimals: int = 0) -> str:
        """A number with grouped thousands; a dash for none, never 0."""
        if value is None:
            return NOTHING
        written = f"{value:,.{decimals}f}"
        if self.language == "en":
            return written
        return written.replace(",", _NARROW_SPACE).replace(".", ",")

    def figure(self, value: float | None) -> str:
        """A number with as many decimals as it needs, two at most, more only for small ones."""
        if value is None:
            return NOTHING
        decimals = 0 if float(value).is_integer() else (2 if abs(value) >= 1 else 4)
        written = self.number(value, decimals)
        mark = "." if self.language == "en" else ","
        return written.rstrip("0").rstrip(mark) if mark in written else written

    def percent(self, share: float | None) -> str:
        """A ratio 0..1 in percent."""
        if share is None:
            return NOTHING
        space = "" if self.language == "en" else _NARROW_SPACE
        return f"{self.number(100 * share)}{space}%"

    def date(self, day: date | None) -> str:
        """A day in words."""
        if day is None:
            return NOTHING
        month = self(f"month.{day.month}")
        first = self("month.first") if day.day == 1 else str(day.day)
        return f"{first} {month} {day.year}"

    def moment(self, at: datetime | None) -> str:
        """A day and the time of day in UTC."""
        if at is None:
            return NOTHING
        utc = at.astimezone(UTC)
        return self("moment", day=self.date(utc.date()), hour=f"{utc:%H}", minute=f"{utc:%M}")

    def quantity(self, value: float | None, unit: str | None) -> str:
        """A value with its unit."""
        if value is None:
            return NOTHING
        key = f"unit.{unit}"
        written = self.figure(value)
        return self(key, value=written) if key in catalogue() else written

    def reason(self, given: str | None) -> str:
        """Why there is no score, from the engine's reason code; empty where the state says it already."""
        if not given:
            return ""
        code, _, detail = given.partition(":")
        key = f"reason.{code}"
        return self(key, detail=detail) if key in catalogue() else given
