"""Checks on codes, weights, bands, sources and the tree."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from framework_spec.checks.located import LocatedNodes
from framework_spec.document import AggregateNode, Framework, Kpi
from framework_spec.problems import Finding, Location


def structure_findings(framework: Framework, nodes: LocatedNodes) -> list[Finding]:
    """Check the frame: what stands where, how often, and with which weight."""
    return [
        *_duplicates(((("inputs", place, "code"), item.code) for place, item in enumerate(framework.inputs)), "input"),
        *_duplicates((((*location, "code"), node.code) for location, node in nodes), "node"),
        *_duplicates(((("bands", place, "code"), band.code) for place, band in enumerate(framework.bands)), "band"),
        *_bands(framework),
        *_sources(framework, nodes),
        *(finding for location, node in nodes for finding in _node(framework, location, node)),
    ]


def _duplicates(codes: Iterator[tuple[Location, str]], what: str) -> Iterator[Finding]:
    listed = list(codes)
    times = Counter(code for _, code in listed)
    for location, code in listed:
        if times[code] > 1:
            yield Finding(location, f"{what}.duplicate_code", f"the code {code!r} stands at {times[code]} places")


def _bands(framework: Framework) -> Iterator[Finding]:
    if framework.scale.lower >= framework.scale.upper:
        yield Finding(("scale",), "framework.empty_scale", "the scale must rise from its lower to its upper end")
    starts = Counter(band.from_ for band in framework.bands)
    for place, band in enumerate(framework.bands):
        if starts[band.from_] > 1:
            yield Finding(("bands", place, "from"), "band.duplicate_start", f"several bands begin at {band.from_:g}")


def _sources(framework: Framework, nodes: LocatedNodes) -> Iterator[Finding]:
    used = [(location, item.sources) for location, item in nodes]
    used += [(("inputs", place), item.sources) for place, item in enumerate(framework.inputs)]
    for location, sources in used:
        for place, source in enumerate(sources):
            if source not in framework.sources:
                at = (*location, "sources", place)
                yield Finding(at, "framework.unknown_source", f"the source {source!r} is not among the sources")


def _node(framework: Framework, location: Location, node: AggregateNode | Kpi) -> Iterator[Finding]:
    if node.exact_weight < 0:
        yield Finding((*location, "weight"), "node.negative_weight", f"{node.code}: a weight cannot be negative")
    if framework.purpose == "scoring" and not node.name:
        yield Finding(location, "node.incomplete", f"{node.code}: a scoring framework needs a name for every node")
    if isinstance(node, AggregateNode):
        yield from _aggregate(framework, location, node)


def _aggregate(framework: Framework, location: Location, node: AggregateNode) -> Iterator[Finding]:
    if not node.children and (framework.purpose == "scoring" or location == ("root",)):
        yield Finding(location, "node.empty_parent", f"{node.code} has no children")
    if node.children and all(child.exact_weight == 0 for child in node.children):
        yield Finding(location, "node.all_weights_zero", f"{node.code}: all children have weight zero")
    if not 0 <= node.coverage.exact_threshold <= 1:
        at = (*location, "coverage", "threshold")
        yield Finding(at, "node.threshold_range", f"{node.code}: the threshold is a share between 0 and 1")
    scored = {child.code: child for child in node.children if not (isinstance(child, Kpi) and child.is_context)}
    for place, code in enumerate(node.coverage.required):
        if code not in scored:
            at = (*location, "coverage", "required", place)
            yield Finding(at, "node.unknown_required", f"{node.code}: {code!r} is not one of its scored children")
    yield from _zero_total(location, node, sum((child.exact_weight for child in scored.values()), Fraction(0)))


def _zero_total(location: Location, node: AggregateNode, total: Fraction) -> Iterator[Finding]:
    if node.children and total == 0 and any(child.exact_weight for child in node.children):
        context_only = all(isinstance(child, Kpi) and child.is_context for child in node.children)
        if not context_only:
            yield Finding(location, "node.all_weights_zero", f"{node.code}: all scored children have weight zero")
