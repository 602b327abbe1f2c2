"""The catalogue of texts is complete, and numbers are written as each language writes them."""

import re
from datetime import date
from importlib.resources import files
from string import Formatter

import pytest

from reporting_svc.entrypoints.pages.languages import Speech, catalogue
from service_kit.languages import LANGUAGES

PAGES = files("reporting_svc.entrypoints.pages")


def test_every_text_is_there_in_every_language_with_the_same_values() -> None:
    for key, texts in catalogue().items():
        assert set(texts) == set(LANGUAGES), key
        values = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in texts.values()]
        assert values[0] == values[1], key


def test_every_text_that_a_template_asks_for_is_there() -> None:
    asked = set()
    for template in (PAGES / "templates").iterdir():
        asked |= set(re.findall(r"say\('([a-z_.0-9]+)'(?! ~)", template.read_text(encoding="utf-8")))
    assert asked
    assert {key for key in asked if key not in catalogue()} == set()


@pytest.mark.parametrize(
    ("value", "decimals", "english", "french"),
    [(1234567.891, 1, "1,234,567.9", "1\u202f234\u202f567,9"), (0.0, 1, "0.0", "0,0"), (None, 1, "–", "–")],
)
def test_numbers(value: float | None, decimals: int, english: str, french: str) -> None:
    assert Speech("en").number(value, decimals) == english
    assert Speech("fr").number(value, decimals) == french


def test_figures_have_the_decimals_they_need() -> None:
    assert [Speech("en").figure(value) for value in (3.0, 2.5, 0.123456, 1234.5678)] == [
        "3",
        "2.5",
        "0.1235",
        "1,234.57",
    ]
    assert Speech("fr").figure(1200.0) == "1\u202f200"


def test_dates_and_quantities() -> None:
    assert Speech("fr").date(date(2026, 5, 1)) == "1er mai 2026"
    assert Speech("en").date(date(2026, 5, 1)) == "1 May 2026"
    assert Speech("fr").quantity(96.84, "percent") == "96,84\u00a0%"
    assert Speech("en").quantity(12.0, "hours") == "12 hours"


def test_reasons_are_words() -> None:
    assert Speech("en").reason("missing_input:IN_A@T") == "IN_A@T was not given"
    assert Speech("en").reason("claimed:opted_out") == ""
    assert Speech("en").reason("something_new") == "something_new"
