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

__all__ = ["FrameworkRejectedError", "Problem", "publishing_problems", "read_framework", "validate_document"]

MAXIMUM_TOLD = 20_000


def read_framework(text: str | bytes) -> Framework:
    """Read a framework; FrameworkRejectedError carries all errors, in the order of the file."""
    framework, problems = _examined_text(text)
    return _accepted(framework, problems)


def validate_document(document: Any) -> Framework:
    """Check a document that is plain data already; problems have a path but no line."""
    framework, findings = _examined(document)
    return _accepted(framework, [_unplaced(finding) for finding in findings])


def publishing_problems(source: str | bytes | dict[str, Any]) -> tuple[Problem, ...]:
    """Tell all at once what stands between a document and its publication for the purpose that it names.

    The source is YAML or JSON text (problems have lines) or plain data (paths only). Problems with the severity
    "error" keep it from being published, those with "warning" do not. In the order of the file.
    """
    if isinstance(source, str | bytes):
        return tuple(_examined_text(source)[1])
    return tuple(_bounded([_unplaced(finding) for finding in _examined(source)[1]]))


def _accepted(framework: Framework | None, problems: list[Problem]) -> Framework:
    errors = tuple(problem for problem in problems if problem.severity == "error")
    if framework is None or errors:
        raise FrameworkRejectedError(errors)
    return framework


def _examined_text(text: str | bytes) -> tuple[Framework | None, list[Problem]]:
    source = load(text)
    framework, findings = _examined(source.data) if source.data is not None or not source.problems else (None, [])
    problems = [*_text_problems(source), *(_placed(finding, source) for finding in findings)]
    return framework, _bounded(sorted(dict.fromkeys(problems), key=_file_order))


def _examined(data: Any) -> tuple[Framework | None, list[Finding]]:
    if not isinstance(data, dict):
        return None, [Finding((), "document.not_a_mapping", "a framework is a mapping of fields, from spec to root")]
    try:
        framework = Framework.model_validate(data)
    except ValidationError as error:
        shape = shape_findings(error, data)
        return None, [*shape, *findings_of_repaired(data, shape)]
    return framework, check(framework)


def _bounded(problems: list[Problem]) -> list[Problem]:
    """Leave out what nobody would read, warnings before errors; the last problem says how many there are."""
    if len(problems) <= MAXIMUM_TOLD:
        return problems
    told = sorted(problems, key=lambda problem: problem.severity != "error")[:MAXIMUM_TOLD]
    message = f"there are {len(problems):,} problems; only {MAXIMUM_TOLD:,} are told"
    return [*told, Problem("document.too_many_problems", "$", None, None, message, told[0].severity)]


def _text_problems(source: Source) -> list[Problem]:
    return [Problem(code, path_text(location), *place, message) for location, place, code, message in source.problems]


def _placed(finding: Finding, source: Source) -> Problem:
    line, column = source.place(finding.location)
    return Problem(finding.code, path_text(finding.location), line, column, finding.message, finding.severity)


def _unplaced(finding: Finding) -> Problem:
    return Problem(finding.code, path_text(finding.location), None, None, finding.message, finding.severity)


def _file_order(problem: Problem) -> tuple[int, int, str, str]:
    return problem.line or 0, problem.column or 0, problem.path, problem.code
