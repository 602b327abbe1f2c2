"""Outliers: figures that are far from what was accepted of the same input for other calendar years.

With three or more earlier values, a figure is an outlier when it is both more than 3 times away from their median and
more than 3 median absolute deviations; with one or two, when it is more than 10 times away. Where earlier values are
zero or of both signs "times" means nothing: then three of them or more set a bound by how far they lie apart.
"""

from collections.abc import Iterable, Mapping, Sequence
from statistics import median

from framework_spec.rules import Figure, RulePack
from submission_svc.domain.content import Content
from submission_svc.domain.warnings.found import Accepted, WarningFound
from submission_svc.domain.warnings.wording import outlier_text

ENOUGH = 3
FACTOR = 3.0
DEVIATIONS = 3.0
FACTOR_OF_FEW = 10.0


def bounds(earlier: Sequence[float]) -> tuple[float, float] | None:
    """The values between which a figure is no outlier, ends included; None where the earlier ones say nothing."""
    if not earlier:
        return None
    middle, has_enough = median(earlier), len(earlier) >= ENOUGH
    factor = FACTOR if has_enough else FACTOR_OF_FEW
    margin = DEVIATIONS * median(abs(value - middle) for value in earlier) if has_enough else 0.0
    if min(earlier) > 0:
        return min(middle / factor, middle - margin), max(middle * factor, middle + margin)
    if max(earlier) < 0:
        return min(middle * factor, middle - margin), max(middle / factor, middle + margin)
    if not has_enough:
        return None
    reach = factor * max(abs(value - middle) for value in earlier)
    return middle - reach, middle + reach


def outliers(content: Content, accepted: Iterable[Accepted], pack: RulePack, language: str) -> list[WarningFound]:
    """The outliers of a content, in its order. What was accepted with this very value is none."""
    by_input: dict[str, dict[int, Accepted]] = {}
    for each in accepted:
        if each.is_in_force:
            by_input.setdefault(each.input, {})[each.year] = each
    found = []
    for answer in content.answers:
        known: Mapping[int, Accepted] = by_input.get(answer.input, {})
        if answer.value is None or (answer.year in known and known[answer.year].value == answer.value):
            continue
        others = [each for year, each in sorted(known.items()) if year != answer.year and each.value is not None]
        expected = bounds([each.value for each in others if each.value is not None])
        if expected is not None and not expected[0] <= answer.value <= expected[1]:
            figure = Figure(answer.input, answer.year, answer.value)
            found.append(_warning(figure, answer.value, others, expected, pack, language))
    return found


def _warning(
    figure: Figure,
    value: float,
    others: Sequence[Accepted],
    expected: tuple[float, float],
    pack: RulePack,
    language: str,
) -> WarningFound:
    name, years = (figure.input, figure.year), [each.year for each in others]
    return WarningFound(
        id=f"outlier:{figure.input}:{figure.year}",
        stem=f"outlier:{figure.input}",
        kind="outlier",
        text=outlier_text(language, name, value, years, expected),
        inputs=(figure.input,),
        kpis=pack.kpis_by_input.get(figure.input, ()),
        figures=(figure,),
        compared=tuple(others),
        low=expected[0],
        high=expected[1],
    )
