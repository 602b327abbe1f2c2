"""Calendar and fiscal years: which figures may be of a fiscal year."""

from framework_spec.document import Framework, Kpi
from framework_spec.formulas import FormulaError, parse_formula


def fiscal_inputs(framework: Framework, kpi: Kpi) -> tuple[str, ...]:
    """Name the inputs of a KPI for which a figure of a fiscal year is taken, in the order of the formula."""
    try:
        references = parse_formula(kpi.formula).ordered_references if kpi.formula else ()
    except FormulaError:
        return ()
    codes = dict.fromkeys(code for code, _ in references)
    known = framework.inputs_by_code
    return tuple(code for code in codes if code in known and known[code].fiscal_year == "allowed")
