"""What a card was made from, as a digest: same digest and same engine version, same scores and flags."""

from typing import Any

from framework_spec.canonical import sha256_of
from framework_spec.document import AggregateNode, Framework
from scoring_engine.data import CycleInputs


def input_digest(framework: Framework, inputs: CycleInputs, administration: str, comparison: str | None) -> str:
    """Give the digest of what a card was made from; `comparison` is what `comparison_digest` gives."""
    made_from: dict[str, Any] = {
        "framework": framework.digest(),
        "year": inputs.reporting_year,
        "inputs": _row(inputs, administration),
        "comparison": comparison,
    }
    # Only where there are any, so that figures of calendar years keep the digests they have always had.
    if fiscal := inputs.of[administration].fiscal.intersection(_used(inputs)):
        made_from["fiscal"] = sorted(fiscal)
    return sha256_of(made_from)


def comparison_digest(framework: Framework, inputs: CycleInputs) -> str | None:
    """Give the digest over all administrations' inputs when scores depend on one another, else None."""
    if not uses_comparison(framework):
        return None
    return sha256_of([_row(inputs, administration) for administration in inputs.administrations])


def uses_comparison(framework: Framework) -> bool:
    """Whether the score of one administration can depend on the figures of another."""
    sampled = any(
        kpi.scoring is not None and kpi.scoring.needs_sample for kpi in framework.kpis() if not kpi.is_context
    )
    nodes = (node for node, _ in framework.nodes() if isinstance(node, AggregateNode))
    return sampled or any(node.missing == "group_mean" for node in nodes)


def _used(inputs: CycleInputs) -> list[tuple[str, int]]:
    return [(code, inputs.reporting_year + offset) for code, offset in inputs.references]


def _row(inputs: CycleInputs, administration: str) -> dict[str, Any]:
    given = inputs.of[administration]
    answers = [[*used, float(given.answers[used])] for used in _used(inputs) if used in given.answers]
    return {
        "administration": administration,
        "answers": answers,
        "claims": dict(sorted(given.claims.items())),
        "group": given.group,
    }
