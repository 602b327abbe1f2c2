"""Checks a file against the rulebook: good rows go through a tight loop, all others through `RowCheck`."""

from collections.abc import Collection
from dataclasses import dataclass

from answer_intake.findings import Finding
from answer_intake.row_check import RowCheck
from answer_intake.rows import Table
from answer_intake.rulebook import Rulebook
from answer_intake.taken import AnswerEntry, Taken

_EMPTY = (None, "")
_PLAIN = (None, "", "number")


@dataclass(frozen=True)
class Checked:
    """What a file says in its good rows, everything that is wrong with the others, and what is worth knowing."""

    taken: Taken
    findings: list[Finding]
    notes: list[Finding]


def check(table: Table, rulebook: Rulebook, *, member: str | None, members: Collection[str] = ()) -> Checked:
    """Judge every row; the findings are all there are, in the order of the rows. Nothing is raised.

    Args:
        table: the file as it was read.
        rulebook: what may be said.
        member: the administration that the file is of; None when each row names one of `members`.
        members: the administrations that rows may name.
    """
    taken = Taken()
    slow = RowCheck(table, rulebook, taken, member=member, members=members)
    rules, answers = rulebook.rules, taken.answers
    for row in table.rows:
        number, administration, code, year, value, state, reason, comment, status, period = row
        if member is not None:
            administration = member
        if (
            (type(value) is float or type(value) is int)
            and type(code) is str
            and type(year) is int
            and state in _PLAIN
            and reason in _EMPTY
            and comment in _EMPTY
            and status in _EMPTY
            and period in _EMPTY
            and type(administration) is str
            and (member is not None or administration in members)
        ):
            rule = rules.get((code, year))
            if rule is not None and rule[0] <= value <= rule[1] and (not rule[2] or value == int(value)):
                key = (administration, code, year)
                if key not in answers and key not in taken.deleted:
                    answers[key] = AnswerEntry(number, "number", float(value))
                    continue
        slow.take(row)
    slow.finish()
    findings = sorted(table.findings, key=_place)
    if not findings and not table.received:
        findings = [Finding("answers.empty")]
    return Checked(taken, findings, sorted(table.notes, key=_place))


def _place(finding: Finding) -> int:
    return finding.row or 0
