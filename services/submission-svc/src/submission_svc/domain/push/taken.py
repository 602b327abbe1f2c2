"""What a push says once it is checked: each figure and claim once, with the row that it came from."""

from dataclasses import dataclass, field

from service_kit.errors import Finding
from submission_svc.domain.content import REMOVED, AnswerStateName, ClaimRowName

AnswerKey = tuple[str, str, int]  # administration, input, calendar year
AnswerEntry = tuple[int, AnswerStateName, float | None, str | None]  # row, state, value, comment
ClaimKey = tuple[str, str]  # administration, KPI
ClaimEntry = tuple[int, ClaimRowName, str]  # row, state, reason; "none" takes a claim back


@dataclass
class Taken:
    """The checked content of a push. Plain tuples, because there may be a hundred thousand of them."""

    answers: dict[AnswerKey, AnswerEntry] = field(default_factory=dict)
    claims: dict[ClaimKey, ClaimEntry] = field(default_factory=dict)
    notes: list[Finding] = field(default_factory=list)

    def administrations(self) -> list[str]:
        """Whom the push is about, by code."""
        return sorted({key[0] for key in self.answers} | {key[0] for key in self.claims})

    @property
    def made_claims(self) -> dict[ClaimKey, ClaimEntry]:
        """The claims that are to be kept."""
        return {key: entry for key, entry in self.claims.items() if entry[1] != REMOVED}

    @property
    def removed_claims(self) -> list[ClaimKey]:
        """The claims that are to go, if they are there."""
        return [key for key, entry in self.claims.items() if entry[1] == REMOVED]

    @property
    def count(self) -> int:
        """How many different figures and claims there are."""
        return len(self.answers) + len(self.claims)
