"""Reading a framework from YAML or JSON: a Framework, or all that is wrong with the text, each with its place."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from framework_spec.checks import check
from framework_spec.document import Framework
from framework_spec.nodes import Source, load
from framework_spec.problems import Finding, FrameworkRejectedError, Problem, path_text
from framework_spec.repair import findings_of_repaired
from framework_spec.shape import shape_findings

__all__ = ["FrameworkRejectedError", "Problem", "read_framework", "validate_document"]


def read_framework(text: str | bytes) -> Framework:
    """Read a framework; FrameworkRejectedError carries all problems, in the order of the file."""
    source = load(text)
    framework, findings = _examined(source.data) if source.data is not None or not source.problems else (None, [])
    problems = [*_text_problems(source), *(_placed(finding, source) for finding in findings)]
    if framework is None or problems:
        raise FrameworkRejectedError(tuple(sorted(dict.fromkeys(problems), key=_file_order)))
    return framework


def validate_document(document: Any) -> Framework:
    """Check a document that is plain data already; problems have a path but no line."""
    framework, findings = _examined(document)
    if framework is None or findings:
        raise FrameworkRejectedError(tuple(_unplaced(finding) for finding in findings))
    return framework


def _examined(data: Any) -> tuple[Framework | None, list[Finding]]:
    if not isinstance(data, dict):
        return None, [Finding((), "document.not_a_mapping", "a framework is a mapping of fields, from spec to root")]
    try:
        framework = Framework.model_validate(data)
    except ValidationError as error:
        shape = shape_findings(error, data)
        return None, [*shape, *findings_of_repaired(data, shape)]
    return framework, check(framework)


def _text_problems(source: Source) -> list[Problem]:
    return [Problem(code, path_text(location), *place, message) for location, place, code, message in source.problems]


def _placed(finding: Finding, source: Source) -> Problem:
    return Problem(finding.code, path_text(finding.location), *source.place(finding.location), finding.message)


def _unplaced(finding: Finding) -> Problem:
    return Problem(finding.code, path_text(finding.location), None, None, finding.message)


def _file_order(problem: Problem) -> tuple[int, int, str, str]:
    return problem.line or 0, problem.column or 0, problem.path, problem.code
