"""What a file says once it is checked: each figure, deletion and claim once, with the row that it came from."""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

AnswerState = Literal["number", "missing"]
ClaimState = Literal["not_applicable", "opted_out", "none"]
NONE: Literal["none"] = "none"  # takes a claim back; of an input: deletes its answer
AnswerKey = tuple[str, str, int]  # administration, input, calendar year
ClaimKey = tuple[str, str]  # administration, KPI
ClaimEntry = tuple[int, ClaimState, str]  # row, state, reason; none takes a claim back


class AnswerEntry(NamedTuple):
    """What one row says of one figure.

    `value` is None exactly when the state is missing; `status` is E, P or B (None: a normal value); `reason` is why a
    warning about the figure is all right; `period` the fiscal year, as 2023-07-01/2024-06-30, when it is not the
    calendar year.
    """

    row: int
    state: AnswerState
    value: float | None
    comment: str | None = None
    status: str | None = None
    reason: str | None = None
    period: str | None = None


@dataclass
class Taken:
    """The checked content of a file. Plain tuples, because there may be a hundred thousand of them."""

    answers: dict[AnswerKey, AnswerEntry] = field(default_factory=dict)
    deleted: dict[AnswerKey, int] = field(default_factory=dict)
    claims: dict[ClaimKey, ClaimEntry] = field(default_factory=dict)

    def administrations(self) -> list[str]:
        """Whom the file is about, by code."""
        return sorted({key[0] for said in (self.answers, self.deleted, self.claims) for key in said})

    @property
    def made_claims(self) -> dict[ClaimKey, ClaimEntry]:
        """The claims that are to be kept."""
        return {key: entry for key, entry in self.claims.items() if entry[1] != NONE}

    @property
    def removed_claims(self) -> list[ClaimKey]:
        """The claims that are to go, if they are there."""
        return [key for key, entry in self.claims.items() if entry[1] == NONE]

    @property
    def count(self) -> int:
        """How many different things are said."""
        return len(self.answers) + len(self.deleted) + len(self.claims)
