"""A request says in which language its caller reads."""

import pytest

from service_kit.languages import accepted_language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("fr", "fr"),
        ("fr-CA,fr;q=0.9,en;q=0.8", "fr"),
        ("en-GB, fr", "en"),
        ("en;q=0.4, FR;q=0.5", "fr"),
        ("de, fr;q=0.5", "fr"),
        ("*, fr;q=0.5", "en"),
        ("fr;q=0", "en"),
        ("fr;q=much", "en"),
    ],
)
def test_the_language_that_is_liked_most_is_taken(header: str, language: str) -> None:
    assert accepted_language(header) == language
