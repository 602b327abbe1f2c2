"""What is asked for, in the order of the framework: headings of nodes, and below them the figures of each KPI."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from answer_intake.rulebook import Rulebook
from framework_spec.document import Framework, Input, Kpi
from framework_spec.formulas import parse_formula
from framework_spec.texts import text


class Heading(NamedTuple):
    """A line that says what follows; `depth` is 0 for dimensions, and `elsewhere` tells that all was asked before."""

    text: str
    depth: int
    is_kpi: bool
    elsewhere: bool = False


class Wanted(NamedTuple):
    """One figure: an input and a calendar year."""

    item: Input
    year: int


def wanted(framework: Framework, rulebook: Rulebook, language: str, rest: str) -> Iterator[Heading | Wanted]:
    """Headings and figures; an input of several KPIs is asked for with the first, those of none below `rest`."""
    depths = {framework.root.code: -1}
    asked: set[str] = set()
    inputs = framework.inputs_by_code
    for node, parent in framework.nodes():
        if parent is None:
            continue
        depth = depths[node.code] = depths[parent.code] + 1
        name = text(node.name, language) or node.code
        if not isinstance(node, Kpi):
            yield Heading(name, depth, is_kpi=False)
            continue
        used = dict.fromkeys(code for code, _ in parse_formula(node.formula).ordered_references) if node.formula else {}
        new = [code for code in used if code not in asked and code in inputs]
        yield Heading(f"{node.code}: {name}", depth, is_kpi=True, elsewhere=not new)
        yield from _figures(new, inputs, rulebook)
        asked.update(new)
    others = [code for code in inputs if code not in asked]
    if others:
        yield Heading(rest, 0, is_kpi=False)
        yield from _figures(others, inputs, rulebook)


def _figures(codes: list[str], inputs: Mapping[str, Input], rulebook: Rulebook) -> Iterator[Wanted]:
    for code in codes:
        for year in rulebook.years[code]:
            yield Wanted(inputs[code], year)
