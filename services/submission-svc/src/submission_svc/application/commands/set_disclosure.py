"""Set disclosure: a member chooses who may see what, at any time."""

from dataclasses import dataclass

from answer_intake.rulebook import Rulebooks
from service_kit.clock import Clock
from submission_svc.application.commands.changing import ChangeOfSubmission, change
from submission_svc.application.commands.finding import begin_submission, require_submission
from submission_svc.application.commands.judging import rulebook_of
from submission_svc.application.ports.work import UnitOfWork
from submission_svc.domain.content import Content
from submission_svc.domain.cycle import Cycle
from submission_svc.domain.disclosure import Disclosure
from submission_svc.domain.events import DisclosureChanged
from submission_svc.domain.submission import Submission


@dataclass(frozen=True)
class SetDisclosure(ChangeOfSubmission):
    """Make this the disclosure of the submission."""

    disclosure: Disclosure


def set_disclosure(command: SetDisclosure, uow: UnitOfWork, rulebooks: Rulebooks, clock: Clock) -> Submission:
    """Set it, also after the cycle has closed; the same choice again changes nothing.

    Where there is no submission yet, it begins the draft, as a first push does; not so for who expects a certain state.

    Raises:
        ProblemError: `disclosure.unknown_kpis` (422) with all of them; `administration.not_found` (404),
            `cycle.closed`, `cycle.not_open` (409) where a draft would have to begin.
    """
    begun: list[Submission] = []

    def find(_: UnitOfWork, cycle: Cycle, administration: str) -> Submission:
        present = uow.submissions.lock(cycle.code, [administration])
        if present or command.expected is not None:
            return require_submission(uow, cycle, administration)
        begun.append(begin_submission(uow, cycle, administration, clock()))
        return begun[0]

    def decide(cycle: Cycle, submission: Submission, _: Content) -> Submission:
        command.disclosure.check(rulebook_of(uow, rulebooks, cycle).claims)
        if command.disclosure == submission.disclosure and submission not in begun:
            return submission
        return submission.disclose(command.disclosure, clock())

    return change(command, uow, decide, DisclosureChanged, find)
