"""Every code has its words in English and French, and nothing in them is left unsaid."""

import re
from pathlib import Path
from string import Formatter

import pytest

import answer_intake
from answer_intake.findings import NOTES, Finding
from answer_intake.texts.advice import ADVICE
from answer_intake.texts.catalogue import HINTS, TEXTS, WORDS
from answer_intake.wording import known_language, words

SOURCES = [
    path.read_text(encoding="utf-8")
    for path in Path(answer_intake.__file__).parent.rglob("*.py")
    if "texts" not in path.parts
]
FAMILY = re.compile(r"_\{|\{[a-z]+\}")  # codes put together, like answers.{column}_too_long


def named_in_code(pattern: str) -> set[str]:
    """All literals in the sources that look like this."""
    return {found for source in SOURCES for found in re.findall(pattern, source)}


def placeholders(template: str) -> set[str]:
    """The parameters that a template speaks of."""
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_both_languages_say_the_same_thing(code: str) -> None:
    english, french = TEXTS[code]
    for one, other in zip(english, french, strict=True):
        assert placeholders(one) == placeholders(other)
        assert bool(one) == bool(other)
    assert english.message != french.message
    for text in (english.message, english.hint, french.message, french.hint):
        assert text.endswith((".", "?")) and text == text.strip(), text  # noqa: PT018


@pytest.mark.parametrize("name", sorted(ADVICE))
def test_both_languages_advise_the_same_thing(name: str) -> None:
    assert placeholders(ADVICE[name].en) == placeholders(ADVICE[name].fr)
    assert ADVICE[name].en != ADVICE[name].fr


def test_every_code_that_is_given_has_words() -> None:
    given = named_in_code(r'"((?:answers|workbook)\.[a-z_]+)"')
    known = {code.partition(":")[0] for code in TEXTS}
    assert given - known == set()
    families = re.compile(
        r"workbook\.other_\w+|answers\.(\w+_(not_text|too_long|unwritable|unexpected)|(code|administration)_required)"
    )
    assert {code for code in known - given if not families.fullmatch(code)} == set()
    assert known >= NOTES


def test_every_advice_that_is_given_has_words_and_the_other_way_round() -> None:
    given = named_in_code(r'"advice": "([a-z_]+)"') | named_in_code(r'advice="([a-z_]+)"')
    assert given - ADVICE.keys() == set()
    assert {name for name in ADVICE.keys() - named_in_code(r'"([a-z_]+)"') if not name.startswith("is_")} == set()


def test_french_is_set_as_french_is() -> None:
    texts = [*(text for entry in WORDS["fr"].values() for text in entry), *HINTS["fr"].values()]
    assert not any(re.search(r" [:;?!»]|« |'", text) for text in texts)


def test_hints_may_be_about_what_was_found() -> None:
    finding = Finding("answers.wrong_year", 3, "year", {"input": "HOURS", "year": 2020, "years": (2024, 2023)})
    assert words(finding, "en") == ("HOURS is not asked for 2020.", "For HOURS give 2024 or 2023.")
    assert words(finding, "fr")[1] == "Pour HOURS, donnez 2024 ou 2023."


@pytest.mark.parametrize(
    ("asked", "given"), [("fr-CA", "fr"), ("FR", "fr"), ("en", "en"), ("de", "en"), ("", "en"), (None, "en")]
)
def test_languages_without_words_get_english(asked: str | None, given: str) -> None:
    assert known_language(asked) == given
