"""The topic `submission`: cycles opened and closed, and the states of submissions, with the fields used here only."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from access_policy import MOST_CLOSED, Level
from scoring_svc.application.commands.take_batch import Batch
from scoring_svc.domain.cycle import Cycle, StatusChange
from scoring_svc.domain.submission import Submission
from scoring_svc.entrypoints.consumers.tolerant import Tolerant
from service_kit.envelope import Envelope

LevelRead = Annotated[Level, BeforeValidator(Level.stored)]  # of an event made under another list, too


class CycleRead(Tolerant):
    """The cycle that an event speaks of."""

    code: str
    framework: str
    framework_version: str
    framework_digest: str
    population: str
    reporting_year: int
    is_rehearsal: bool


class AnswerRead(Tolerant):
    """The value of one input for one calendar year; without a value it is missing, `period` is a fiscal year."""

    input: str
    year: int
    value: float | None = Field(default=None, allow_inf_nan=False)
    period: str | None = None


class ClaimRead(Tolerant):
    """A KPI that is claimed not to apply, or was opted out of."""

    kpi: str
    state: Literal["not_applicable", "opted_out"]


class DisclosureRead(Tolerant):
    """The member's choice per KPI; the most closed level where nothing was chosen."""

    default: LevelRead = MOST_CLOSED
    kpis: dict[str, LevelRead] = Field(default_factory=dict)


class InForceRead(Tolerant):
    """What was accepted and still counts while a revision of it is on its way."""

    answers: list[AnswerRead]
    claims: list[ClaimRead]


class SubmissionRead(Tolerant):
    """The state of a submission at one revision."""

    id: str
    administration: str
    status: str
    revision: int
    answers: list[AnswerRead]
    claims: list[ClaimRead]
    disclosure: DisclosureRead
    in_force: InForceRead | None = None


class CycleEvent(Tolerant):
    """Data of `cycle.*`."""

    cycle: CycleRead
    status: str


class SubmissionEvent(Tolerant):
    """Data of `submission.*`, `disclosure.changed` and `claim.decided`: always the whole state."""

    cycle: CycleRead
    submission: SubmissionRead


def read_cycle_status(event: Envelope, batch: Batch) -> None:
    """Add an opened or closed cycle to the batch."""
    data = CycleEvent.model_validate(event.data)
    batch.statuses.append(StatusChange(Cycle(**data.cycle.model_dump()), data.status, event.time))


def read_submission_state(event: Envelope, batch: Batch) -> None:
    """Add the state of a submission to the batch."""
    data = SubmissionEvent.model_validate(event.data)
    submission = Submission(cycle=data.cycle.code, **data.submission.model_dump())
    batch.submissions.append((Cycle(**data.cycle.model_dump()), submission))
