"""What a push says once it is checked: each figure and claim once, with the row that it came from."""

from dataclasses import dataclass, field

from service_kit.errors import Finding
from submission_svc.domain.content import AnswerStateName, ClaimStateName

AnswerKey = tuple[str, str, int]  # administration, input, calendar year
AnswerEntry = tuple[int, AnswerStateName, float | None, str | None]  # row, state, value, comment
ClaimKey = tuple[str, str]  # administration, KPI
ClaimEntry = tuple[int, ClaimStateName, str]  # row, state, reason


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
    def count(self) -> int:
        """How many different figures and claims there are."""
        return len(self.answers) + len(self.claims)
