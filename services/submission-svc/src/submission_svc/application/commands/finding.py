"""Finds what commands work on, locked as they need it."""

from collections.abc import Collection
from datetime import date, datetime

from submission_svc.application.ports.work import UnitOfWork
from submission_svc.application.refusals import administration_not_found, cycle_not_found, submission_not_found
from submission_svc.domain.cycle import Cycle
from submission_svc.domain.submission import Submission


def require_cycle(uow: UnitOfWork, code: str) -> Cycle:
    """The cycle, held open for this transaction.

    Raises:
        ProblemError: `cycle.not_found` (404).
    """
    cycle = uow.cycles.find(code)
    if cycle is None:
        raise cycle_not_found(code)
    return cycle


def require_administration(uow: UnitOfWork, cycle: Cycle, administration: str) -> None:
    """Refuse codes that the register of the cycle does not have.

    Raises:
        ProblemError: `administration.not_found` (404).
    """
    if not uow.populations.has(cycle, administration):
        raise administration_not_found(cycle.population, administration)


def require_window(uow: UnitOfWork, cycle: Cycle, administrations: Collection[str], today: date) -> None:
    """Refuse to go on unless the cycle takes submissions of each of the administrations today.

    Raises:
        ProblemError: `cycle.closed` or `cycle.not_open` (409).
    """
    extensions = uow.extensions.of_cycle(cycle.code)
    for each in sorted(administrations) or [""]:  # nobody is named: the deadline of everybody holds
        extension = extensions.get(each)
        cycle.require_writable(today, None if extension is None else extension.until)


def require_submission(uow: UnitOfWork, cycle: Cycle, administration: str) -> Submission:
    """The submission, locked for this transaction.

    Raises:
        ProblemError: `submission.not_found` (404).
    """
    found = uow.submissions.lock(cycle.code, [administration])
    if not found:
        raise submission_not_found(administration)
    return found[administration]


def begin_submission(uow: UnitOfWork, cycle: Cycle, administration: str, at: datetime) -> Submission:
    """A draft begun now, locked for this transaction; or the submission that somebody else has begun just before.

    Raises:
        ProblemError: `administration.not_found` (404), `cycle.closed`, `cycle.not_open` (409).
    """
    require_administration(uow, cycle, administration)
    require_window(uow, cycle, [administration], at.date())
    uow.submissions.start(cycle.code, [administration], at)
    return require_submission(uow, cycle, administration)
