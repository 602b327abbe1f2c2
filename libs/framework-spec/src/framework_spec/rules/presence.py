"""What is absent: answers without which a KPI has no value, and evidence for what was answered."""

import math
from collections.abc import Iterator

import numpy as np

from framework_spec.formulas import parse_formula
from framework_spec.rules.answers import Answers
from framework_spec.rules.pack import RulePack

References = tuple[tuple[str, int], ...]
Absent = tuple[tuple[str, ...], tuple[str, ...], References]


def missing_answers(
    inputs: tuple[str, ...], kpis: tuple[str, ...], answers: Answers, pack: RulePack
) -> Iterator[Absent]:
    """Name each of the inputs without a figure, and each of the KPIs that lacks one and is not excused by a claim."""
    for code in inputs:
        if not _is_given(answers, code, 0):
            yield (code,), pack.kpis_by_input.get(code, ()), ((code, 0),)
    for code in kpis:
        kpi = pack.kpis_by_code.get(code)
        if kpi is None or answers.claims.get(code) in kpi.claims:
            continue
        missing = _missing_inputs(kpi.formula, answers)
        if missing or code in answers.claims:
            yield tuple(dict.fromkeys(name for name, _ in missing)), (code,), missing


def missing_evidence(
    inputs: tuple[str, ...], kpis: tuple[str, ...], answers: Answers, pack: RulePack
) -> Iterator[Absent]:
    """Name each of the inputs and KPIs that was answered, and not claimed away, without evidence."""
    for code in inputs:
        if _is_given(answers, code, 0) and code not in answers.evidence:
            yield (code,), pack.kpis_by_input.get(code, ()), ((code, 0),)
    for code in kpis:
        kpi = pack.kpis_by_code.get(code)
        if kpi is None or code in answers.claims or code in answers.evidence:
            continue
        references = parse_formula(kpi.formula).ordered_references if kpi.formula else ()
        if any(_is_given(answers, name, offset) for name, offset in references):
            yield (), (code,), references


def _missing_inputs(formula: str | None, answers: Answers) -> References:
    """Give the absent figures of a KPI; none when its formula gets along without them (coalesce)."""
    if formula is None:
        return ()
    parsed = parse_formula(formula)
    missing = tuple(ref for ref in parsed.ordered_references if not _is_given(answers, *ref))
    if not missing:
        return ()
    year = answers.reporting_year
    figures = {ref: answers.figures.get((ref[0], year + ref[1])) for ref in parsed.ordered_references}
    lookup = {ref: np.array([math.nan if value is None else value]) for ref, value in figures.items()}
    reason = parsed.evaluate(lookup, 1).reasons[0]
    return missing if reason is not None and reason.startswith("missing_input") else ()


def _is_given(answers: Answers, code: str, offset: int) -> bool:
    value = answers.figures.get((code, answers.reporting_year + offset))
    return value is not None and not math.isnan(value)
