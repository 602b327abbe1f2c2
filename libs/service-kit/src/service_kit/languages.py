"""The languages of texts for callers: which one a request asks for, and how French is set."""

from collections.abc import Iterator
from typing import Final

LANGUAGES: Final = ("en", "fr")


def accepted_language(header: str) -> str:
    """The language that an Accept-Language header likes most of those there are; English where it names none."""
    for wanted in by_preference(header):
        primary = wanted.partition("-")[0]
        if primary in LANGUAGES:
            return primary
        if wanted == "*":
            break
    return LANGUAGES[0]


def by_preference(header: str) -> Iterator[str]:
    """The values of an Accept header (RFC 9110), most wanted first, those refused left out."""
    weighted = []
    for part in header.lower().split(",")[:50]:
        value, _, options = part.partition(";")
        weighted.append((_weight(options.replace(" ", "")), value.strip()))
    return (value for weight, value in sorted(weighted, key=lambda pair: -pair[0]) if weight > 0 and value)


def _weight(options: str) -> float:
    try:
        return float(options.partition("q=")[2].partition(";")[0] or 1)
    except ValueError:
        return 0.0


def typographic(text: str) -> str:
    """French puts a space that never breaks a line before tall marks and inside guillemets."""
    for mark in (":", ";", "?", "!", "»"):
        text = text.replace(f" {mark}", f"\u00a0{mark}")
    return text.replace("« ", "«\u00a0").replace("'", "\u2019")


def french_number(number: int) -> str:
    """A number as French groups it."""
    return f"{number:,}".replace(",", "\u202f")
