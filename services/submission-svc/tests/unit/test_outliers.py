"""Outliers, by hand: which figures are far from what was accepted for other years."""

import pytest

from framework_spec.document import Framework
from framework_spec.rules import rule_pack
from submission_svc.domain.content import Answer, AnswerStateName, Content
from submission_svc.domain.warnings.found import Accepted
from submission_svc.domain.warnings.outliers import bounds, outliers
from submission_svc.domain.warnings.revisions import revisions
from submission_svc.domain.warnings.wording import outlier_text, shown


@pytest.mark.parametrize(
    ("earlier", "expected"),
    [
        ([], None),
        ([100.0], (10.0, 1000.0)),
        ([100.0, 300.0], (20.0, 2000.0)),
        ([-100.0], (-1000.0, -10.0)),
        ([0.0], None),
        ([5.0, -5.0], None),
        ([90.0, 100.0, 110.0], (100 / 3, 300.0)),  # median 100, deviation 10: the factor is wider
        ([10.0, 100.0, 200.0], (-170.0, 370.0)),  # median 100, deviation 90: the deviations are wider
        ([-90.0, -100.0, -110.0], (-300.0, -100 / 3)),
        ([0.0, 0.0, 0.0], (0.0, 0.0)),
        ([-10.0, 0.0, 20.0], (-60.0, 60.0)),  # median 0, the farthest is 20 away
    ],
)
def test_bounds_by_hand(earlier: list[float], expected: tuple[float, float] | None) -> None:
    assert bounds(earlier) == (None if expected is None else pytest.approx(expected))


def warned(framework: Framework, value: float | None, accepted: dict[int, float | None], year: int = 2024) -> list[str]:
    """The ids of outliers of HOURS."""
    state: AnswerStateName = "missing" if value is None else "number"
    content = Content((Answer("HOURS", year, state, value),))
    known = [Accepted("HOURS", each, before, "earlier") for each, before in accepted.items()]
    return [each.id for each in outliers(content, known, rule_pack(framework), "en")]


def test_only_other_years_count(framework: Framework) -> None:
    assert warned(framework, 5000, {2023: 100}) == ["outlier:HOURS:2024"]
    assert warned(framework, 5000, {2024: 100}) == []
    assert warned(framework, 5000, {2023: None}) == []
    assert warned(framework, None, {2023: 100}) == []
    assert warned(framework, 0, {2023: 100}) == ["outlier:HOURS:2024"]


def test_what_was_accepted_with_this_very_value_is_no_outlier(framework: Framework) -> None:
    assert warned(framework, 5000, {2023: 100, 2024: 5000}) == []
    assert warned(framework, 5000, {2023: 100, 2024: 4999}) == ["outlier:HOURS:2024"]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            "HOURS for 2024 is 5000. After the values accepted for 2022, 2023, it was expected between 10.25 and 1025.",
        ),
        (
            "fr",
            "HOURS pour 2024 vaut 5000. D\u2019après les valeurs acceptées pour 2022, 2023, une valeur entre 10,25"
            " et 1025 était attendue.",
        ),
    ],
)
def test_the_text_says_the_figures_and_the_bounds(framework: Framework, language: str, expected: str) -> None:
    content = Content((Answer("HOURS", 2024, "number", 5000.0),))
    known = [Accepted("HOURS", 2023, 105.0, "b"), Accepted("HOURS", 2022, 100.0, "a")]
    [found] = outliers(content, known, rule_pack(framework), language)
    assert found.text == expected
    assert (found.low, found.high, found.kpis) == (10.25, 1025, ("K-TIME",))
    assert [each.year for each in found.compared] == [2022, 2023]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "HOURS for 2024 is missing here; in the cycle c-1, 7.5 was accepted."),
        ("fr", "HOURS pour 2024 vaut manquant ici\u00a0; dans le cycle c-1, 7,5 a été accepté."),
    ],
)
def test_a_figure_that_is_taken_back_is_a_revision(framework: Framework, language: str, expected: str) -> None:
    content = Content((Answer("HOURS", 2024, "missing", None),))
    [found] = revisions(content, [Accepted("HOURS", 2024, 7.5, "c-1")], rule_pack(framework), language)
    assert (found.id, found.stem, found.text) == ("revision:HOURS:2024", "revision:HOURS", expected)


def test_the_same_value_is_no_revision(framework: Framework) -> None:
    content = Content((Answer("HOURS", 2024, "number", 7.5), Answer("BALANCE", 2024, "missing", None)))
    known = [Accepted("HOURS", 2024, 7.5, "c-1"), Accepted("BALANCE", 2024, None, "c-1")]
    assert revisions(content, known, rule_pack(framework), "en") == []


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        (76_583_115_649, "76583115649", "76583115649"),
        (1e11, "100000000000", "100000000000"),
        (2e15, "2000000000000000", "2000000000000000"),
        (-123_456_789_012.25, "-123456789012.25", "-123456789012,25"),
        (0.000025, "0.000025", "0,000025"),
        (None, "missing", "manquant"),
    ],
)
def test_figures_are_written_exactly_and_without_exponents(value: float | None, english: str, french: str) -> None:
    assert (shown(value, "en"), shown(value, "fr")) == (english, french)


def test_a_revision_never_names_the_same_figure_twice(framework: Framework) -> None:
    content = Content((Answer("HOURS", 2024, "number", 76_583_115_650.0),))
    [found] = revisions(content, [Accepted("HOURS", 2024, 76_583_115_649.0, "c-1")], rule_pack(framework), "en")
    assert found.text == "HOURS for 2024 is 76583115650 here; in the cycle c-1, 76583115649 was accepted."


def test_bounds_are_written_without_the_noise_of_working_them_out() -> None:
    assert outlier_text("fr", ("HOURS", 2024), 0.5, [2023], (0.1 / 3, 0.1 * 3)) == (
        "HOURS pour 2024 vaut 0,5. D\u2019après les valeurs acceptées pour 2023, une valeur entre 0,0333333333333333"
        " et 0,3 était attendue."
    )
