"""The texts of warnings about figures, in English and French; those of rules come from the framework."""

from collections.abc import Sequence

from answer_intake.numbers import told

_OUTLIER = {
    "en": (
        "{input} for {year} is {value}. After the values accepted for {years}, it was expected between {low} and"
        " {high}."
    ),
    "fr": (
        "{input} pour {year} vaut {value}. D\u2019après les valeurs acceptées pour {years}, une valeur entre {low}"
        " et {high} était attendue."
    ),
}
_REVISION = {
    "en": "{input} for {year} is {value} here; in the cycle {cycle}, {before} was accepted.",
    "fr": "{input} pour {year} vaut {value} ici\u00a0; dans le cycle {cycle}, {before} a été accepté.",
}
_MISSING = {"en": "missing", "fr": "manquant"}


def outlier_text(
    language: str, name: tuple[str, int], value: float, years: Sequence[int], bounds: tuple[float, float]
) -> str:
    """What to say of a figure that is far from those of other years."""
    low, high = bounds
    return _OUTLIER[language].format(
        input=name[0],
        year=name[1],
        value=shown(value, language),
        years=", ".join(str(year) for year in years),
        low=shown(_rounded(low), language),
        high=shown(_rounded(high), language),
    )


def revision_text(language: str, name: tuple[str, int], value: float | None, before: float | None, cycle: str) -> str:
    """What to say of a figure that was accepted before with another value."""
    return _REVISION[language].format(
        input=name[0], year=name[1], value=shown(value, language), before=shown(before, language), cycle=cycle
    )


def shown(value: float | None, language: str) -> str:
    """A figure, or that there is none."""
    return _MISSING[language] if value is None else told(value, language)


def _rounded(bound: float) -> float:
    """A bound, which was worked out, without the noise in its last digit: 0.3 for 0.1 * 3."""
    return float(f"{bound:.15g}")
