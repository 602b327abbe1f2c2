"""Marks the faulty cells of the workbook that a job was sent with."""

from collections.abc import Callable

from answer_intake.findings import UnreadableError
from answer_intake.workbook.marked import mark
from submission_svc.domain.job import TakenJob, ToMark


def marked(job: TakenJob, to_mark: ToMark, advance: Callable[[int], None]) -> bytes | None:
    """The workbook with its faulty cells marked; None where it cannot be read. What `advance` raises ends it."""
    try:
        return mark(job.body, to_mark.findings, job.request.options["language"], advance)
    except UnreadableError:
        return None
