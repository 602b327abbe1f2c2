"""A submission as scoring knows it: what one administration answered, claimed and disclosed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from scoring_engine.data import AdministrationInputs

ACCEPTED = "accepted"
SUBMITTED = "submitted"


@dataclass(frozen=True)
class Submission:
    """The state of a submission at one revision.

    `answers` are `{"input", "year", "value", "period"}`, `claims` `{"kpi", "state"}`, `disclosure` is `{"default",
    "kpis"}`. The period is there where a figure is of a fiscal year; what was kept before periods were told has none.
    `in_force` are the answers and claims that were accepted and still count while a revision of them is on its way.
    """

    id: str
    cycle: str
    administration: str
    status: str
    revision: int
    answers: list[dict[str, Any]]
    claims: list[dict[str, Any]]
    disclosure: dict[str, Any]
    in_force: dict[str, Any] | None = None

    def as_accepted(self) -> "Submission | None":
        """The submission with the content that counts for others, or None while nothing does."""
        if self.status == ACCEPTED:
            return self
        if self.in_force is None:
            return None
        return replace(self, answers=self.in_force["answers"], claims=self.in_force["claims"])

    def inputs(self, group: str | None) -> AdministrationInputs:
        """What the engine needs of it; an answer without a value is missing, never zero."""
        given = [answer for answer in self.answers if answer["value"] is not None]
        return AdministrationInputs(
            answers={(answer["input"], answer["year"]): float(answer["value"]) for answer in given},
            claims={claim["kpi"]: claim["state"] for claim in self.claims},
            group=group,
            fiscal=frozenset((answer["input"], answer["year"]) for answer in given if answer.get("period")),
        )


def newest(submissions: Iterable[Submission]) -> list[Submission]:
    """Each submission at the highest of the revisions given."""
    kept: dict[str, Submission] = {}
    for submission in submissions:
        present = kept.get(submission.id)
        if present is None or present.revision < submission.revision:
            kept[submission.id] = submission
    return list(kept.values())


def in_force(submissions: Iterable[Submission]) -> dict[str, Submission]:
    """What counts for others, by administration; should there be several submissions, always the same one."""
    ordered = sorted(submissions, key=lambda each: (each.revision, each.id))
    return {each.administration: found for each in ordered if (found := each.as_accepted()) is not None}


def by_administration(submissions: Iterable[Submission], status: str) -> dict[str, Submission]:
    """The submission with that status of each administration; should there be several, always the same one."""
    ordered = sorted(submissions, key=lambda each: (each.revision, each.id))
    return {each.administration: each for each in ordered if each.status == status}
