"""Checks on scoring rules: what each normalisation needs, what it cannot take, and what would have no effect."""

from collections.abc import Iterator

from framework_spec.checks.located import LocatedNodes
from framework_spec.checks.scoring_needs import ALLOWED, needs
from framework_spec.document import Framework, Kpi, Scoring, Step
from framework_spec.problems import Finding, Location


def scoring_findings(framework: Framework, nodes: LocatedNodes) -> list[Finding]:
    """Check the scoring rule of every KPI."""
    found: list[Finding] = []
    for location, node in nodes:
        if isinstance(node, Kpi):
            if framework.purpose == "scoring":
                found.extend(_completeness(location, node))
            if node.scoring is not None and not node.is_context:
                found.extend(_rule((*location, "scoring"), node, node.scoring))
    if framework.purpose == "scoring" and not any(kpi.scoring for kpi in framework.kpis()):
        found.append(Finding(("root",), "framework.no_scored_kpi", "a scoring framework needs a KPI that is scored"))
    return found


def _completeness(location: Location, kpi: Kpi) -> Iterator[Finding]:
    wanted = ["formula", "direction"] if kpi.is_context else ["formula", "direction", "scoring"]
    for field in wanted:
        if getattr(kpi, field) is None:
            yield Finding(location, "kpi.incomplete", f"{kpi.code}: a scoring framework needs the field {field!r}")
    if kpi.is_context and kpi.scoring is not None:
        message = f"{kpi.code}: a context-only KPI is never scored; leave scoring out"
        yield Finding((*location, "scoring"), "kpi.context_with_scoring", message)


def _rule(location: Location, kpi: Kpi, scoring: Scoring) -> Iterator[Finding]:
    higher = kpi.direction != "lower_is_better"
    for message in needs(scoring, higher):
        yield Finding(location, "scoring.missing_parameter", f"{kpi.code}: {scoring.normalisation} needs {message}")
    yield from _unused(location, kpi, scoring, higher)
    yield from _goalposts(location, kpi, scoring, higher)
    yield from _transform(location, kpi, scoring)
    yield from _stored(location, kpi, scoring)
    if scoring.steps:
        yield from _steps((*location, "steps"), kpi, scoring.steps, higher)


def _unused(location: Location, kpi: Kpi, scoring: Scoring, higher: bool) -> Iterator[Finding]:
    for field in ("lower", "upper", "target", "reference", "steps", "centre", "spread"):
        if getattr(scoring, field) is not None and field not in ALLOWED[scoring.normalisation]:
            message = f"{kpi.code}: {field!r} has no effect with {scoring.normalisation}"
            yield Finding((*location, field), "scoring.unused_field", message)
    # A distance is measured from the worst value; the goalpost at the other end would say nothing.
    other = "upper" if higher else "lower"
    if scoring.normalisation.startswith("distance_to") and getattr(scoring, other) is not None:
        message = f"{kpi.code}: {other!r} has no effect with {scoring.normalisation} in this direction"
        yield Finding((*location, other), "scoring.unused_field", message)


def _goalposts(location: Location, kpi: Kpi, scoring: Scoring, higher: bool) -> Iterator[Finding]:
    lower, upper, target = scoring.lower, scoring.upper, scoring.target
    if lower is not None and upper is not None:
        if lower == upper:
            yield Finding(location, "scoring.equal_goalposts", f"{kpi.code}: the goalposts are equal ({lower:g})")
        elif lower > upper and (higher or scoring.normalisation != "goalposts"):
            message = f"{kpi.code}: the lower goalpost is above the upper one, and higher values are better"
            yield Finding(location, "scoring.reversed_goalposts", message)
    worst = lower if higher else upper
    if target is not None and worst is not None and (target <= worst if higher else target >= worst):
        message = f"{kpi.code}: the target {target:g} is not better than the worst value {worst:g}"
        yield Finding((*location, "target"), "scoring.target_not_better", message)


def _transform(location: Location, kpi: Kpi, scoring: Scoring) -> Iterator[Finding]:
    if scoring.transform != "none" and scoring.normalisation in ("steps", "identity"):
        message = f"{kpi.code}: {scoring.normalisation} takes the value as it is, without a transform"
        yield Finding((*location, "transform"), "scoring.transform_refused", message)
    if scoring.offset != 0 and scoring.transform not in ("log", "sqrt"):
        message = f"{kpi.code}: 'offset' has an effect only with log and sqrt"
        yield Finding((*location, "offset"), "scoring.unused_field", message)
    rule = scoring.winsorise
    if (scoring.transform == "winsorise") != (rule is not None and rule.low + rule.high > 0):
        message = f"{kpi.code}: the transform winsorise and the field 'winsorise' with a count above 0 belong together"
        yield Finding((*location, "transform"), "scoring.winsorise_incomplete", message)
    for field in ("lower", "upper", "target"):
        yield from _point(location, kpi, scoring, field)


def _point(location: Location, kpi: Kpi, scoring: Scoring, field: str) -> Iterator[Finding]:
    point = getattr(scoring, field)
    if point is None:
        return
    if scoring.transform == "log" and point + scoring.offset <= 0:
        message = f"{kpi.code}: no logarithm of {field} {point:g} with offset {scoring.offset:g}"
        yield Finding((*location, field), "scoring.log_of_non_positive", message)
    if scoring.transform == "sqrt" and point + scoring.offset < 0:
        message = f"{kpi.code}: no square root of {field} {point:g} with offset {scoring.offset:g}"
        yield Finding((*location, field), "scoring.root_of_negative", message)


def _stored(location: Location, kpi: Kpi, scoring: Scoring) -> Iterator[Finding]:
    at = (*location, "comparison")
    if scoring.comparison == "this_cycle":
        if scoring.parameters is not None:
            message = f"{kpi.code}: stored parameters have an effect only with comparison: stored"
            yield Finding((*location, "parameters"), "scoring.unused_field", message)
        return
    if scoring.normalisation in ("goalposts", "steps", "identity"):
        message = f"{kpi.code}: {scoring.normalisation} compares with nothing; leave comparison out"
        yield Finding(at, "scoring.unused_field", message)
    if scoring.normalisation == "rank" or scoring.transform == "winsorise":
        message = f"{kpi.code}: rank and winsorise are only possible within this cycle"
        yield Finding(at, "scoring.comparison_refused", message)


def _steps(location: Location, kpi: Kpi, steps: tuple[Step, ...], higher: bool) -> Iterator[Finding]:
    starts = [step.from_ for step in steps]
    if len(set(starts)) < len(starts):
        yield Finding(location, "scoring.duplicate_step", f"{kpi.code}: several steps begin at the same value")
    points = [step.points for step in sorted(steps, key=lambda step: step.from_, reverse=not higher)]
    if points != sorted(points):
        message = f"{kpi.code}: a better value earns fewer points"
        yield Finding(location, "scoring.steps_not_rising", message)
