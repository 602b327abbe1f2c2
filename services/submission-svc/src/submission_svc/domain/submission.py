"""A submission: what one administration reports in one cycle, and how far it has come."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID, uuid4

from service_kit.errors import Kind, ProblemError
from submission_svc.domain.content import Content
from submission_svc.domain.disclosure import Disclosure
from submission_svc.domain.status_refusals import IN_FRENCH, locked, wrong_status

Status = Literal["draft", "submitted", "returned", "accepted", "withdrawn"]
ANY_STATE = "*"
LOCKED: frozenset[str] = frozenset({"submitted", "accepted"})
BEFORE: dict[Status, frozenset[str]] = {
    "submitted": frozenset({"draft", "returned", "withdrawn"}),
    "accepted": frozenset({"submitted"}),
    "returned": frozenset({"submitted", "accepted"}),
    "withdrawn": frozenset({"submitted", "accepted"}),
}


@dataclass(frozen=True)
class Submission:
    """A submission without its content.

    `revision` grows with every change that others are told about, `changes` with every change at all: also of a draft.
    `in_force_at` is the moment of the accepted content that counts; a revision is prepared while it stays in force.
    """

    id: UUID
    cycle: str
    administration: str
    status: Status
    revision: int
    disclosure: Disclosure
    started_at: datetime
    changed_at: datetime
    return_reason: str | None = None
    submitted_at: datetime | None = None
    accepted_at: datetime | None = None
    changes: int = 0
    in_force_at: datetime | None = None
    is_late: bool = False

    @classmethod
    def start(cls, cycle: str, administration: str, at: datetime) -> "Submission":
        """The draft that a first push, or a first choice of disclosure, begins."""
        return cls(uuid4(), cycle, administration, "draft", 0, Disclosure(), at, at)

    @property
    def tag(self) -> str:
        """Names this state of the submission, content included."""
        return state_tag(self.revision, self.changes)

    def require_unchanged(self, expected: frozenset[str] | None) -> None:
        """Refuse to go on unless this state is one of those that the caller has read; None asks for nothing.

        Raises:
            ProblemError: `submission.changed` (412).
        """
        if expected is None or ANY_STATE in expected or self.tag in expected:
            return
        raise ProblemError(
            "submission.changed",
            Kind.PRECONDITION_FAILED,
            f"The submission of {self.administration} has changed since you read it: it is now {self.status}, "
            f"revision {self.revision}. Nothing was changed. Read it again; if you still want the change, repeat it "
            f'with If-Match: "{self.tag}".',
            french=f"La soumission de {self.administration} a changé depuis votre lecture : son état est maintenant "
            f"« {IN_FRENCH[self.status]} », révision {self.revision}. Rien n'a été modifié. Relisez-la ; si vous "
            f'voulez toujours la modification, répétez-la avec If-Match: "{self.tag}".',
            headers={"etag": f'"{self.tag}"'},
            submission_status=self.status,
            revision=self.revision,
            tag=self.tag,
        )

    @property
    def is_locked(self) -> bool:
        """Whether its answers stand fast because somebody relies on them."""
        return self.status in LOCKED

    def require_editable(self) -> None:
        """Refuse to change answers that are submitted or accepted.

        Raises:
            ProblemError: `submission.locked` (409).
        """
        if self.is_locked:
            raise locked([self.administration], self.status)

    def submit(self, content: Content, at: datetime) -> "Submission":
        """Hand it in.

        Raises:
            ProblemError: `submission.wrong_status` (409), `submission.empty` (409).
        """
        self._require(before="submitted")
        if content.is_empty:
            raise ProblemError(
                "submission.empty",
                Kind.CONFLICT,
                "There is nothing to submit yet. Push answers or claims first.",
                french="Il n'y a encore rien à soumettre. Envoyez d'abord des réponses ou des KPI écartés.",
            )
        return self._become("submitted", at, submitted_at=at, accepted_at=None, return_reason=None)

    def accept(self, at: datetime) -> "Submission":
        """Note that it is complete enough; this approves no performance.

        Raises:
            ProblemError: `submission.wrong_status` (409).
        """
        self._require(before="accepted")
        return self._become("accepted", at, accepted_at=at, in_force_at=at)

    def return_to_member(self, reason: str, at: datetime) -> "Submission":
        """Give it back to the member with what is to be mended; what was accepted before a revision stays in force.

        Raises:
            ProblemError: `submission.wrong_status` (409).
        """
        self._require(before="returned")
        in_force = None if self.status == "accepted" else self.in_force_at
        return self._become("returned", at, return_reason=reason, accepted_at=None, in_force_at=in_force)

    def revise(self, at: datetime) -> "Submission":
        """Open an accepted one for changes; what was accepted stays in force until a revision is accepted.

        Nobody else is told, so its revision stays.

        Raises:
            ProblemError: `submission.wrong_status` (409).
        """
        if self.status != "accepted":
            raise wrong_status(self.status, "revised", {"accepted"})
        return replace(self, status="draft", changes=self.changes + 1, changed_at=self.next_moment(at))

    def withdraw(self, at: datetime) -> "Submission":
        """Take it back whole, also what is in force while a revision is prepared.

        Raises:
            ProblemError: `submission.wrong_status` (409).
        """
        if self.in_force_at is None:
            self._require(before="withdrawn")
        return self._become("withdrawn", at, accepted_at=None, in_force_at=None)

    def disclose(self, disclosure: Disclosure, at: datetime) -> "Submission":
        """Change who may see what; others must hear of it only once the submission is theirs to use."""
        is_told = self.is_locked or self.in_force_at is not None
        revision = self.revision + 1 if is_told else self.revision
        moment = self.next_moment(at)
        return replace(self, disclosure=disclosure, revision=revision, changes=self.changes + 1, changed_at=moment)

    def decide_claims(self, at: datetime, *, is_told: bool) -> "Submission":
        """Note that claims were decided on; others must hear of it where it changes what counts for them.

        Raises:
            ProblemError: `submission.wrong_status` (409).
        """
        if not self.is_locked:
            raise ProblemError(
                "submission.wrong_status",
                Kind.CONFLICT,
                f"Claims are decided on while a submission is submitted or accepted; this one is {self.status}.",
                french="On statue sur les KPI écartés tant qu'une soumission est soumise ou acceptée ; l'état de "
                f"celle-ci est « {IN_FRENCH[self.status]} ».",
                submission_status=self.status,
            )
        moment = self.next_moment(at)
        in_force = moment if self.status == "accepted" else self.in_force_at
        revision = self.revision + 1 if is_told else self.revision
        return replace(self, revision=revision, changes=self.changes + 1, changed_at=moment, in_force_at=in_force)

    def next_moment(self, now: datetime) -> datetime:
        """The moment of the next change: now, but later than the last one, whatever the clocks say."""
        return max(now, self.changed_at + timedelta(microseconds=1)) if self.changes else now

    def _require(self, before: Status) -> None:
        allowed = BEFORE[before]
        if self.status not in allowed:
            raise wrong_status(self.status, before, allowed)

    def _become(self, status: Status, now: datetime, **changes: datetime | str | None) -> "Submission":
        at = self.next_moment(now)
        moved = replace(self, status=status, revision=self.revision + 1, changes=self.changes + 1, changed_at=at)
        dated = {name: at if value is now else value for name, value in changes.items()}
        return replace(moved, **dated)  # type: ignore[arg-type]  # the callers above name fields with their types


def require_state(submission: Submission | None, expected: frozenset[str] | None) -> None:
    """Refuse to go on unless the submission, begun or not, is in one of the states that the caller has read.

    Raises:
        ProblemError: `submission.changed` (412).
    """
    if submission is not None:
        submission.require_unchanged(expected)
    elif expected is not None:
        raise ProblemError(
            "submission.changed",
            Kind.PRECONDITION_FAILED,
            "There is no submission yet, so it is in none of the states that If-Match names. Push without If-Match.",
            french="Il n'y a pas encore de soumission : elle n'est dans aucun des états que nomme If-Match. Envoyez "
            "sans If-Match.",
        )


def state_tag(revision: int, changes: int) -> str:
    """What names a state of a submission: revision alone does not tell one draft from the next."""
    return f"{revision}.{changes}"
