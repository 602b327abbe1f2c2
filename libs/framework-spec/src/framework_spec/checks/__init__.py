"""Checks on the meaning of a framework that has the right shape; all of them always run."""

from framework_spec.checks.advice import advice_findings
from framework_spec.checks.aggregation import aggregation_findings
from framework_spec.checks.formulas import formula_findings
from framework_spec.checks.inputs import input_findings
from framework_spec.checks.located import located_nodes
from framework_spec.checks.reach import reach_findings
from framework_spec.checks.rules import rule_findings
from framework_spec.checks.scoring import scoring_findings
from framework_spec.checks.structure import structure_findings
from framework_spec.document import Framework
from framework_spec.problems import Finding

__all__ = ["check"]


def check(framework: Framework) -> list[Finding]:
    """Find everything wrong with the meaning of a framework, for its purpose; without an error it may be published."""
    nodes = located_nodes(framework)
    findings = [
        *structure_findings(framework, nodes),
        *input_findings(framework, nodes),
        *formula_findings(framework, nodes),
        *scoring_findings(framework, nodes),
        *reach_findings(framework, nodes),
        *aggregation_findings(framework, nodes),
        *rule_findings(framework),
        *advice_findings(framework, nodes),
    ]
    return sorted(set(findings), key=lambda finding: (finding.code, finding.message, repr(finding.location)))
