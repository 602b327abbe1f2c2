"""Checks that the values a formula can have and the rule that scores them meet at all."""

from collections.abc import Iterator
from math import isfinite

from framework_spec.checks.located import LocatedNodes
from framework_spec.document import Framework, Kpi, Scoring
from framework_spec.formulas import FormulaError, parse_formula
from framework_spec.formulas.ranges import Range, value_range
from framework_spec.problems import Finding, Location


def reach_findings(framework: Framework, nodes: LocatedNodes) -> list[Finding]:
    """Check every scored KPI against the range that its inputs declare."""
    found: list[Finding] = []
    for location, node in nodes:
        if isinstance(node, Kpi) and node.scoring is not None and node.formula and not node.is_context:
            try:
                values = value_range(parse_formula(node.formula).tree, framework.inputs_by_code)
            except FormulaError:
                continue
            found.extend(_checked((*location, "scoring"), node, node.scoring, values))
    return found


def _checked(location: Location, kpi: Kpi, scoring: Scoring, values: Range) -> Iterator[Finding]:
    yield from _transform((*location, "transform"), kpi, scoring, values)
    low, high = values
    if scoring.normalisation == "goalposts" and scoring.lower is not None and scoring.upper is not None:
        worst, best = sorted((scoring.lower, scoring.upper))
        if low < high and (best <= low or worst >= high):
            message = f"{kpi.code}: no value between {low:g} and {high:g} lies between the goalposts"
            yield Finding(location, "scoring.out_of_reach", message)
        if kpi.unit == "share" and best > 1 and high > 1:
            message = f"{kpi.code}: a share ends at 1, the goalposts at {best:g}; are percentages meant?"
            yield Finding(location, "scoring.percent_meant", message, "warning")
    if scoring.normalisation == "steps" and scoring.steps:
        starts = [step.from_ for step in scoring.steps]
        out_of_reach = max(starts) < low if kpi.direction == "lower_is_better" else min(starts) > high
        if out_of_reach:
            message = f"{kpi.code}: no value between {low:g} and {high:g} reaches a step"
            yield Finding((*location, "steps"), "scoring.out_of_reach", message)


def _transform(location: Location, kpi: Kpi, scoring: Scoring, values: Range) -> Iterator[Finding]:
    low, high = (value + scoring.offset for value in values)
    if scoring.transform == "log" and high <= 0:
        yield Finding(location, "scoring.values_refused", f"{kpi.code}: no value that it can have has a logarithm")
    elif scoring.transform == "sqrt" and high < 0:
        yield Finding(location, "scoring.values_refused", f"{kpi.code}: no value that it can have has a square root")
    elif isfinite(low) and ((scoring.transform == "log" and low <= 0) or (scoring.transform == "sqrt" and low < 0)):
        message = f"{kpi.code}: values can be as low as {low:g} after the offset, and such values will not be scored"
        yield Finding(location, "scoring.some_values_refused", message, "warning")
