"""Checks on aggregations: that no mean meets a value it has no answer for, and that grades stay grades."""

import math
from collections.abc import Iterator

from framework_spec.checks.located import LocatedNodes
from framework_spec.document import AggregateNode, Aggregation, Framework, Kpi, Scale
from framework_spec.problems import Finding, Location

GRADES = ("D", "D+", "C", "C+", "B", "B+", "A")
GRADE_POINTS = frozenset({1.0, 2.0, 3.0, 4.0})
ORDINAL = ("ordinal_m1", "ordinal_m2")


def aggregation_findings(framework: Framework, nodes: LocatedNodes) -> list[Finding]:
    """Check the aggregation of every node above the KPIs."""
    found: list[Finding] = []
    for location, node in nodes:
        if isinstance(node, AggregateNode):
            at = (*location, "aggregation")
            found.extend(_parameters(at, node))
            found.extend(_ordinal(at, node, framework.scale))
            found.extend(_below_zero(at, node, framework))
    return found


def _parameters(location: Location, node: AggregateNode) -> Iterator[Finding]:
    rule = node.aggregation
    if (rule.method == "power") != (rule.exponent is not None) or rule.exponent == 0:
        message = f"{node.code}: a power mean needs an exponent other than 0, and only a power mean takes one"
        yield Finding(location, "aggregation.exponent", message)
    if rule.floor is not None and rule.method not in ("geometric", "harmonic", "power"):
        yield Finding(location, "aggregation.unused_floor", f"{node.code}: a floor has no effect with {rule.method}")
    if rule.floor is not None and rule.floor <= 0:
        yield Finding(location, "aggregation.floor_not_positive", f"{node.code}: a floor must be above zero")
    if rule.conversion is not None and rule.method not in ORDINAL:
        message = f"{node.code}: a conversion of grades has no effect with {rule.method}"
        yield Finding(location, "aggregation.unused_conversion", message)


def _ordinal(location: Location, node: AggregateNode, scale: Scale) -> Iterator[Finding]:
    children = [child for child in node.children if not (isinstance(child, Kpi) and child.is_context)]
    if node.aggregation.method not in ORDINAL:
        for child in children:
            if isinstance(child, AggregateNode) and _is_unconverted(child.aggregation):
                message = f"{node.code}: the grades of {child.code} need a declared conversion before they are averaged"
                yield Finding(location, "aggregation.grades_unconverted", message)
        return
    if node.aggregation.method == "ordinal_m2" and len(children) > 4:
        yield Finding(location, "aggregation.too_many_grades", f"{node.code}: the M2 table takes at most 4 grades")
    for child in children:
        if not _gives_grades(child, scale):
            message = f"{node.code}: {child.code} gives no grades; score it by identity or in steps of 1, 2, 3, 4"
            yield Finding(location, "aggregation.not_grades", message)
    yield from _conversion(location, node)


def _conversion(location: Location, node: AggregateNode) -> Iterator[Finding]:
    table = node.aggregation.conversion
    if table is None:
        return
    points = [table.get(grade, math.nan) for grade in GRADES]
    if set(table) != set(GRADES) or points != sorted(points):
        message = f"{node.code}: a conversion gives rising points to all of {', '.join(GRADES)}"
        yield Finding((*location, "conversion"), "aggregation.conversion", message)


def _is_unconverted(rule: Aggregation) -> bool:
    return rule.method in ORDINAL and rule.conversion is None


def _gives_grades(child: AggregateNode | Kpi, scale: Scale) -> bool:
    if isinstance(child, AggregateNode):
        return False
    if child.scoring is None or child.scoring.normalisation == "identity":
        return True
    if child.scoring.normalisation != "steps":
        return False
    base = scale.lower if child.scoring.lower is None else child.scoring.lower
    return GRADE_POINTS.issuperset({base, *(step.points for step in child.scoring.steps or ())})


def _below_zero(location: Location, node: AggregateNode, framework: Framework) -> Iterator[Finding]:
    rule = node.aggregation
    if rule.method not in ("geometric", "harmonic", "power") or rule.floor is not None:
        return
    lowest = min((lowest_score(child, framework) for child in _counted(node)), default=math.inf)
    zero_is_fine = rule.method == "power" and (rule.exponent or 0) > 0
    if lowest < 0 or (lowest == 0 and not zero_is_fine):
        message = f"{node.code}: children can score {lowest:g}, for which a {rule.method} mean needs a declared floor"
        yield Finding(location, "aggregation.zero_without_floor", message)


def _counted(node: AggregateNode) -> list[AggregateNode | Kpi]:
    scored = (child for child in node.children if not (isinstance(child, Kpi) and child.is_context))
    return [child for child in scored if child.exact_weight > 0]


def lowest_score(node: AggregateNode | Kpi, framework: Framework) -> float:
    """Give a number below which the score of a node can never fall."""
    if isinstance(node, Kpi):
        return _lowest_of_kpi(node, framework)
    rule = node.aggregation
    if rule.method in ORDINAL:
        return min((rule.conversion or {"D": 1.0}).values(), default=1.0)
    lowest = min((lowest_score(child, framework) for child in _counted(node)), default=math.inf)
    return lowest if rule.floor is None else max(lowest, rule.floor)


def _lowest_of_kpi(kpi: Kpi, framework: Framework) -> float:
    scoring, scale = kpi.scoring, framework.scale
    if scoring is None:
        return math.inf
    is_cut = scoring.effective_cut in ("both", "lower")
    match scoring.normalisation:
        case "steps":
            base = scale.lower if scoring.lower is None else scoring.lower
            return min(base, *(step.points for step in scoring.steps or ()), base)
        case "identity":
            if is_cut and scoring.lower is not None:
                return scoring.lower
            return _declared_minimum(kpi, framework)
        case "rank" | "percentile_rank":
            return scale.lower
        case _:
            return scale.lower if is_cut else -math.inf


def _declared_minimum(kpi: Kpi, framework: Framework) -> float:
    """A formula that is one input only inherits the input's declared minimum."""
    declared = framework.inputs_by_code.get((kpi.formula or "").strip())
    return -math.inf if declared is None or declared.minimum is None else declared.minimum
