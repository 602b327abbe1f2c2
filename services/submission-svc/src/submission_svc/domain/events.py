"""The events of submission-svc: one class each, from which the payload and its JSON Schema both come."""

from datetime import date, datetime
from typing import Any, ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from access_policy import Level
from service_kit.envelope import NewEvent
from submission_svc.domain.content import ClaimStateName, Content
from submission_svc.domain.cycle import Cycle, CycleStatus
from submission_svc.domain.submission import Status, Submission

TOPIC = "submission"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)


class CycleState(_Part):
    """The cycle, as every event of this service carries it."""

    code: str
    framework: str
    framework_version: str
    framework_digest: str
    population: str
    reporting_year: int
    is_rehearsal: bool


class AnswerState(_Part):
    """One answer; `value` is null where the administration said that it has no figure."""

    input: str
    year: int = Field(description="calendar year")
    value: float | None
    period: str | None = Field(
        default=None, description="ISO 8601 interval where the figure is of a fiscal year that is not the calendar year"
    )


class ClaimState(_Part):
    """One claim about a KPI."""

    kpi: str
    state: ClaimStateName
    reason: str


class DisclosureState(_Part):
    """Who may see what: the level of each KPI named, and of all others."""

    default: Level
    kpis: dict[str, Level]


class InForceState(_Part):
    """What was accepted and stays in force while a revision of it is on its way."""

    answers: list[AnswerState]
    claims: list[ClaimState]


class SubmissionState(_Part):
    """The whole submission, so that a consumer needs no question back. Refused claims are not in it."""

    id: UUID
    administration: str
    revision: int = Field(description="grows with every event about this submission; an older one is to be ignored")
    status: Status
    answers: list[AnswerState]
    claims: list[ClaimState]
    disclosure: DisclosureState
    changed_at: datetime
    in_force: InForceState | None = Field(
        default=None,
        description="what counts for others until this is accepted; null where nothing does, and where it is accepted",
    )


class _Event(_Part):
    TYPE: ClassVar[str]


class CycleEvent(_Event):
    """What both events of a cycle say."""

    cycle: CycleState
    name: dict[str, str] = Field(description="by language")
    opens_on: date
    closes_on: date
    status: CycleStatus


class CycleOpened(CycleEvent):
    """A cycle takes submissions within its window: it has opened, or was closed and is open again."""

    TYPE = "cycle.opened.v1"
    status: Literal["open"]


class CycleClosed(CycleEvent):
    """A cycle takes no more submissions."""

    TYPE = "cycle.closed.v1"
    status: Literal["closed"]


class SubmissionEvent(_Event):
    """What all events of a submission say."""

    cycle: CycleState
    submission: SubmissionState


class SubmissionSubmitted(SubmissionEvent):
    """A member handed its submission in."""

    TYPE = "submission.submitted.v1"


class SubmissionAccepted(SubmissionEvent):
    """The secretariat accepted a submission: from now on it is scored for others."""

    TYPE = "submission.accepted.v1"


class SubmissionReturned(SubmissionEvent):
    """The secretariat gave a submission back to the member."""

    TYPE = "submission.returned.v1"


class SubmissionWithdrawn(SubmissionEvent):
    """A member took its submission back."""

    TYPE = "submission.withdrawn.v1"


class DisclosureChanged(SubmissionEvent):
    """A member changed who may see what of a submitted or accepted submission."""

    TYPE = "disclosure.changed.v1"


class ClaimDecided(SubmissionEvent):
    """The secretariat refused a claim of a submitted or accepted submission, or took its refusal back."""

    TYPE = "claim.decided.v1"


EVENTS: tuple[type[CycleEvent] | type[SubmissionEvent], ...] = (
    CycleOpened,
    CycleClosed,
    SubmissionSubmitted,
    SubmissionAccepted,
    SubmissionReturned,
    SubmissionWithdrawn,
    DisclosureChanged,
    ClaimDecided,
)


def cycle_event(kind: type[CycleEvent], cycle: Cycle) -> NewEvent:
    """The event that tells of a change of a cycle."""
    data: dict[str, Any] = {
        "cycle": _cycle_state(cycle),
        "name": cycle.name,
        "opens_on": cycle.opens_on,
        "closes_on": cycle.closes_on,
        "status": cycle.status,
    }
    return _new_event(kind.model_validate(data), key=f"cycle/{cycle.code}")


def submission_event(
    kind: type[SubmissionEvent],
    cycle: Cycle,
    submission: Submission,
    content: Content,
    in_force: Content | None = None,
) -> NewEvent:
    """The event that tells of a change of a submission, with its whole state.

    `content` is what others may hear of it, `in_force` the accepted content that counts while it is not accepted. What
    a member prepares is its own until it is handed in: others are not even told that there is a draft of a revision.
    """
    is_revised = submission.status == "draft" and in_force is not None
    status = "accepted" if is_revised else submission.status
    state = SubmissionState(
        id=submission.id,
        administration=submission.administration,
        revision=submission.revision,
        status=status,
        answers=_answer_states(content),
        claims=_claim_states(content),
        disclosure=DisclosureState(default=submission.disclosure.default, kpis=dict(submission.disclosure.kpis)),
        changed_at=submission.changed_at,
        in_force=_in_force_state(in_force) if status != "accepted" else None,
    )
    return _new_event(kind(cycle=_cycle_state(cycle), submission=state), key=str(submission.id))


def _answer_states(content: Content) -> list[AnswerState]:
    return [
        AnswerState(input=each.input, year=each.year, value=each.value, period=each.period) for each in content.answers
    ]


def _claim_states(content: Content) -> list[ClaimState]:
    return [ClaimState(kpi=each.kpi, state=each.state, reason=each.reason) for each in content.standing_claims]


def _in_force_state(content: Content | None) -> InForceState | None:
    if content is None:
        return None
    return InForceState(answers=_answer_states(content), claims=_claim_states(content))


def _cycle_state(cycle: Cycle) -> CycleState:
    return CycleState(
        code=cycle.code,
        framework=cycle.framework,
        framework_version=cycle.framework_version,
        framework_digest=cycle.framework_digest,
        population=cycle.population,
        reporting_year=cycle.reporting_year,
        is_rehearsal=cycle.is_rehearsal,
    )


def _new_event(event: _Event, key: str) -> NewEvent:
    return NewEvent(topic=TOPIC, key=key, type=event.TYPE, data=event.model_dump(mode="json"))
