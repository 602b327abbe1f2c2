"""Checks on inputs and their calendar: currencies, years asked for, and fiscal years."""

import re
from collections import Counter
from collections.abc import Iterator

from framework_spec.checks.located import LocatedNodes
from framework_spec.codes import RESERVED_INPUT_CODES
from framework_spec.document import Breakdown, Framework, Kpi
from framework_spec.formulas.units import NATIONAL
from framework_spec.parts import Input
from framework_spec.periods import fiscal_inputs
from framework_spec.problems import Finding, Location

_CURRENCY = re.compile(r"^[A-Z]{3}$")


def input_findings(framework: Framework, nodes: LocatedNodes) -> list[Finding]:
    """Check every input, and whether KPIs can live with the years they are given for."""
    found = [
        finding
        for place, item in enumerate(framework.inputs)
        for finding in (*_input(("inputs", place), item), *_currency(("inputs", place), item))
    ]
    for location, node in nodes:
        if isinstance(node, Kpi):
            found.extend(_fiscal(location, node, framework))
            found.extend(_breakdowns(location, node))
    return found


def _input(location: Location, item: Input) -> Iterator[Finding]:
    if item.code in RESERVED_INPUT_CODES:
        message = f"{item.code!r} means the reporting year in formulas"
        yield Finding((*location, "code"), "input.reserved_code", message)
    if item.minimum is not None and item.maximum is not None and item.minimum > item.maximum:
        message = f"{item.code}: the minimum is above the maximum"
        yield Finding((*location, "minimum"), "input.empty_range", message)
    if len(set(item.years)) < len(item.years):
        yield Finding((*location, "years"), "input.duplicate_year", f"{item.code}: a year stands here twice")


def _currency(location: Location, item: Input) -> Iterator[Finding]:
    if item.currency is None:
        return
    at = (*location, "currency")
    if item.unit != "currency":
        message = f"{item.code}: a currency belongs to the unit 'currency' only"
        yield Finding(at, "input.currency_without_amount", message)
    if item.currency != NATIONAL and not _CURRENCY.match(item.currency):
        message = f"{item.code}: a currency is a code of three capital letters like USD, or 'national'"
        yield Finding(at, "input.currency_code", message)


def _fiscal(location: Location, kpi: Kpi, framework: Framework) -> Iterator[Finding]:
    if kpi.fiscal_year == "refused" and (codes := fiscal_inputs(framework, kpi)):
        message = f"{kpi.code}: fiscal years are refused here, but allowed for {', '.join(codes)}"
        advice = "such figures will leave this KPI without a value"
        yield Finding((*location, "fiscal_year"), "kpi.fiscal_year", f"{message}; {advice}", "warning")


def _breakdowns(location: Location, kpi: Kpi) -> Iterator[Finding]:
    codes = [part.code if isinstance(part, Breakdown) else part for part in kpi.breakdowns]
    times = Counter(codes)
    for place, code in enumerate(codes):
        if times[code] > 1:
            at = (*location, "breakdowns", place)
            yield Finding(at, "kpi.duplicate_breakdown", f"{kpi.code}: the breakdown {code!r} stands here twice")
