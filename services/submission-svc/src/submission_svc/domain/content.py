"""What a submission holds: answers by input and calendar year, and claims that a KPI has none."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass, replace
from typing import Literal

AnswerStateName = Literal["number", "missing"]
ClaimStateName = Literal["not_applicable", "opted_out"]
CLAIM_STATES: tuple[ClaimStateName, ...] = ("not_applicable", "opted_out")
DecisionName = Literal["confirmed", "refused"]
REMOVED: Literal["none"] = "none"  # what a push says of a claim that is to go
ClaimRowName = ClaimStateName | Literal["none"]


@dataclass(frozen=True, slots=True)
class Answer:
    """The figure of one input for one calendar year; `value` is None exactly when the state is missing.

    `status` is the observation status (E, P or B; None is normal), `reason` says why the figure is right although a
    rule warns, `period` is an ISO 8601 interval where a fiscal year differs from the calendar year.
    """

    input: str
    year: int
    state: AnswerStateName
    value: float | None
    comment: str | None = None
    status: str | None = None
    reason: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What the secretariat says of a claim, and why."""

    decision: DecisionName
    reason: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """The member's word that a KPI does not apply, or that it will not answer it, with the reason.

    `decision` is what the secretariat says of a claim that a KPI does not apply; None while it has said nothing.
    """

    kpi: str
    state: ClaimStateName
    reason: str
    decision: DecisionName | None = None
    decision_reason: str | None = None

    @property
    def awaits_decision(self) -> bool:
        """Whether the secretariat has still to say whether the KPI applies."""
        return self.state == "not_applicable" and self.decision is None


@dataclass(frozen=True)
class Content:
    """All answers (by input and year) and claims (by KPI) of a submission."""

    answers: tuple[Answer, ...] = ()
    claims: tuple[Claim, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to submit."""
        return not self.answers and not self.claims

    @property
    def standing_claims(self) -> tuple[Claim, ...]:
        """The claims that count: all but those that the secretariat has refused."""
        return tuple(each for each in self.claims if each.decision != "refused")

    def decided(self, decisions: Mapping[str, Decision]) -> "Content":
        """The same content with claims decided on, by KPI."""
        claims = tuple(
            each
            if (said := decisions.get(each.kpi)) is None
            else replace(each, decision=said.decision, decision_reason=said.reason)
            for each in self.claims
        )
        return replace(self, claims=claims)

    def digest(self) -> str:
        """What the audit trail keeps instead of values."""
        plain = {
            "answers": [astuple(each) for each in self.answers],
            "claims": [astuple(each) for each in self.claims],
        }
        return "sha256:" + hashlib.sha256(json.dumps(plain, separators=(",", ":")).encode()).hexdigest()


@dataclass(frozen=True)
class Written:
    """What saving answers and claims did to one submission."""

    created: int = 0
    updated: int = 0
    removed: int = 0

    @property
    def changed(self) -> int:
        """How many answers and claims are other than before."""
        return self.created + self.updated + self.removed

    def __add__(self, other: "Written") -> "Written":
        return Written(self.created + other.created, self.updated + other.updated, self.removed + other.removed)
