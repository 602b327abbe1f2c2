"""What a score was made from, as a digest: same digest and same engine version, same score."""

from typing import Any

from framework_spec.canonical import sha256_of
from framework_spec.document import AggregateNode, Framework
from scoring_engine.data import CycleInputs


def input_digests(framework: Framework, inputs: CycleInputs) -> dict[str, str]:
    """Give the digest of every administration's inputs; it covers all of them when scores depend on one another."""
    rows = {administration: _row(inputs, administration) for administration in inputs.administrations}
    compared = sha256_of(rows) if uses_comparison(framework) else None
    framework_digest = framework.digest()
    return {
        administration: sha256_of(
            {"framework": framework_digest, "year": inputs.reporting_year, "inputs": row, "comparison": compared}
        )
        for administration, row in rows.items()
    }


def uses_comparison(framework: Framework) -> bool:
    """Whether the score of one administration can depend on the figures of another."""
    sampled = any(
        kpi.scoring is not None and kpi.scoring.needs_sample for kpi in framework.kpis() if not kpi.is_context
    )
    nodes = (node for node, _ in framework.nodes() if isinstance(node, AggregateNode))
    return sampled or any(node.missing == "group_mean" for node in nodes)


def _row(inputs: CycleInputs, administration: str) -> dict[str, Any]:
    given = inputs.of[administration]
    years = [(code, inputs.reporting_year + offset) for code, offset in inputs.references]
    answers = [[code, year, float(given.answers[code, year])] for code, year in years if (code, year) in given.answers]
    return {
        "administration": administration,
        "answers": answers,
        "claims": dict(sorted(given.claims.items())),
        "group": given.group,
    }
