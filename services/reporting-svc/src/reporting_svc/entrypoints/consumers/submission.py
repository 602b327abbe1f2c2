"""The topic `submission`: cycles, and how far administrations have come. Answers are never read here."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from reporting_svc.application.commands.record_cycle import record_stage
from reporting_svc.application.commands.record_participation import record_participation
from reporting_svc.application.facts import CycleStage, Participation
from reporting_svc.application.ports import UnitOfWork
from reporting_svc.entrypoints.consumers.readers import CycleReader, Reader
from service_kit.envelope import Envelope


class CycleEvent(Reader):
    """`cycle.opened.v1` and `cycle.closed.v1`."""

    cycle: CycleReader
    name: dict[str, str] | None = None
    opens_on: date | None = None
    closes_on: date | None = None
    status: str


class SubmissionReader(Reader):
    """A submission without its answers."""

    administration: str
    revision: int
    status: str
    changed_at: datetime
    in_force: dict[str, object] | None = None

    @property
    def standing(self) -> str:
        """How far it is for others: accepted also while a revision of what was accepted is on its way."""
        return "accepted" if self.in_force is not None else self.status


class SubmissionEvent(Reader):
    """`submission.*.v1`, `disclosure.changed.v1` and `claim.decided.v1`."""

    cycle: CycleReader
    submission: SubmissionReader


def _stage(event: Envelope, uow: UnitOfWork) -> None:
    read = CycleEvent.model_validate(event.data)
    stage = CycleStage(read.status, read.opens_on, read.closes_on, event.time)
    cycle = read.cycle.fact()
    record_stage(replace(cycle, name=cycle.name or read.name), stage, uow)


def _submission(event: Envelope, uow: UnitOfWork) -> None:
    read = SubmissionEvent.model_validate(event.data)
    state = read.submission
    participation = Participation(
        read.cycle.code, state.administration, state.revision, state.standing, state.changed_at
    )
    record_participation(read.cycle.fact(), participation, uow)


ACTIONS: dict[str, Callable[[Envelope, UnitOfWork], None]] = {
    "cycle.opened.v1": _stage,
    "cycle.closed.v1": _stage,
    "submission.submitted.v1": _submission,
    "submission.accepted.v1": _submission,
    "submission.returned.v1": _submission,
    "submission.withdrawn.v1": _submission,
    "disclosure.changed.v1": _submission,
    "claim.decided.v1": _submission,
}
