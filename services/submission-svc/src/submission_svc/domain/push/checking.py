"""Checks a push against the framework: good rows go through a tight loop, all others through `RowCheck`."""

from collections.abc import Collection

from service_kit.errors import Finding, Kind, ProblemError
from submission_svc.domain.push.row_check import RowCheck
from submission_svc.domain.push.rows import Table
from submission_svc.domain.push.rulebook import Rulebook
from submission_svc.domain.push.taken import Taken

# All errors come in one answer; this bound is for files that are wrong throughout, far above any member's submission.
MOST_FINDINGS = 20_000


def check(table: Table, rulebook: Rulebook, *, member: str | None, members: Collection[str] = ()) -> Taken:
    """What the push says, once nothing is wrong with it.

    Args:
        table: the push as it was read.
        rulebook: what may be pushed.
        member: the administration that the push is of; None when each row names one of `members`.
        members: the administrations that rows may name.

    Raises:
        ProblemError: `answers.invalid` (422) with everything that is wrong, in the order of the rows.
    """
    taken = Taken()
    slow = RowCheck(table, rulebook, taken, member=member, members=members)
    rules, answers = rulebook.rules, taken.answers
    for row in table.rows:
        number, administration, code, year, value, state, reason, comment = row
        if member is not None:
            administration = member
        if (
            (type(value) is float or type(value) is int)
            and type(code) is str
            and type(year) is int
            and (state is None or state == "" or state == "number")
            and (reason is None or reason == "")
            and (comment is None or comment == "")
            and type(administration) is str
            and (member is not None or administration in members)
        ):
            rule = rules.get((code, year))
            if rule is not None and rule[0] <= value <= rule[1] and (not rule[2] or value == int(value)):
                key = (administration, code, year)
                if key not in answers:
                    answers[key] = (number, "number", float(value), None)
                    continue
        slow.take(row)
    _refuse(table)
    return taken


def _refuse(table: Table) -> None:
    findings = sorted(table.findings, key=lambda finding: finding.row or 0)
    if not findings:
        if table.received:
            return
        findings = [Finding("answers.empty", "There is not a single row in the body.", hint="Send at least one.")]
    rows = len({finding.row for finding in findings})
    places = f"{len(findings)} errors in {rows} row{'s' if rows > 1 else ''}" if len(findings) > 1 else "1 error"
    listed = tuple(findings[:MOST_FINDINGS])
    see = "See errors." if len(listed) == len(findings) else f"The first {MOST_FINDINGS:,} are in errors."
    raise ProblemError(
        "answers.invalid", Kind.INVALID, f"{places}; nothing was saved. {see}", findings=listed, found=len(findings)
    )
