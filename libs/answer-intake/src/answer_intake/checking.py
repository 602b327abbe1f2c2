"""Checks a file against the rulebook: good rows go through a tight loop, all others through `RowCheck`."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from answer_intake.findings import OF_THE_WHOLE, Finding
from answer_intake.row_check import RowCheck
from answer_intake.rows import Row, Table
from answer_intake.rulebook import Rulebook
from answer_intake.scoping import Scope
from answer_intake.taken import AnswerEntry, Taken

_EMPTY = (None, "")
_PLAIN = (None, "", "number")
ROWS_A_BATCH = 5_000


def _nobody(rows: int) -> None:
    """Nobody follows."""


@dataclass(frozen=True)
class Checked:
    """What a file says in its good rows, everything that is wrong with the others, and what is worth knowing."""

    taken: Taken
    findings: list[Finding]
    notes: list[Finding]


def check(
    table: Table,
    rulebook: Rulebook,
    *,
    member: str | None,
    members: Collection[str] = (),
    scope: Scope | None = None,
    advance: Callable[[int], None] = _nobody,
) -> Checked:
    """Judge every row; the findings are all there are, in the order of the sheets and rows. Nothing is raised.

    Nothing is taken from rows with errors, from rows that disagree, and from files whose heading has errors.

    Args:
        table: the file as it was read.
        rulebook: what may be said.
        member: the administration that the file is of; None when each row names one of `members`.
        members: the administrations that rows may name.
        scope: what the file stands for; rows outside of it are errors.
        advance: is told from time to time how many rows are done, and may raise to end it there.
    """
    taken = Taken()
    is_whole_spoiled = any(finding.row is None or finding.code in OF_THE_WHOLE for finding in table.findings)
    slow = RowCheck(table, rulebook, taken, member=member, members=members)
    for start in range(0, len(table.rows), ROWS_A_BATCH):
        advance(start)
        _take(table.rows[start : start + ROWS_A_BATCH], rulebook, slow, taken, member, members)
    advance(len(table.rows))
    slow.finish()
    if scope is not None:
        scope.drop_outside(taken, table)
    findings = sorted(table.findings, key=table.place)
    if not findings and not table.received:
        findings = [Finding("answers.empty")]
    return Checked(Taken() if is_whole_spoiled else taken, findings, sorted(table.notes, key=table.place))


def _take(
    rows: Iterable[Row],
    rulebook: Rulebook,
    slow: RowCheck,
    taken: Taken,
    member: str | None,
    members: Collection[str],
) -> None:
    rules, answers = rulebook.rules, taken.answers
    spoiled = slow.spoiled
    for row in rows:
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
                is_spoiled = spoiled and (type(number), number) in spoiled
                if key not in answers and key not in taken.deleted and not is_spoiled:
                    answers[key] = AnswerEntry(number, "number", float(value))
                    continue
        slow.take(row)
