"""What a push would do to a content, without writing anything: for dry runs."""

from collections.abc import Mapping
from dataclasses import dataclass

from answer_intake.taken import NONE, Taken
from submission_svc.domain.content import Answer, Claim, Content, Written


@dataclass
class _Held:
    """A content by its keys, that is changed as a push would change it."""

    answers: dict[tuple[str, int], Answer]
    claims: dict[str, Claim]
    written: Written = Written()  # noqa: RUF009 - frozen

    @classmethod
    def of(cls, content: Content) -> "_Held":
        answers = {(each.input, each.year): each for each in content.answers}
        return cls(answers, {each.kpi: each for each in content.claims})

    def put(self, answer: Answer) -> None:
        """Give an answer."""
        key = answer.input, answer.year
        present = self.answers.get(key)
        if present != answer:
            self.answers[key] = answer
            self.written += Written(updated=1) if present else Written(created=1)

    def put_claim(self, claim: Claim) -> None:
        """Make a claim; what the secretariat said of another one is forgotten."""
        present = self.claims.get(claim.kpi)
        if present is None or (present.state, present.reason) != (claim.state, claim.reason):
            self.claims[claim.kpi] = claim
            self.written += Written(updated=1) if present else Written(created=1)

    def drop(self, key: tuple[str, int]) -> None:
        """Delete an answer, if it is there."""
        if self.answers.pop(key, None) is not None:
            self.written += Written(removed=1)

    def drop_claim(self, kpi: str) -> None:
        """Take a claim back, if it is there."""
        if self.claims.pop(kpi, None) is not None:
            self.written += Written(removed=1)

    def content(self) -> Content:
        """The content as it would be."""
        answers = tuple(self.answers[key] for key in sorted(self.answers))
        return Content(answers, tuple(self.claims[kpi] for kpi in sorted(self.claims)))


@dataclass(frozen=True)
class Foreseen:
    """What would be of each administration."""

    written: Mapping[str, Written]
    contents: Mapping[str, Content]


def foresee(taken: Taken, contents: Mapping[str, Content]) -> Foreseen:
    """What would be; `contents` are those of today, of all administrations that the file is about."""
    held = {administration: _Held.of(content) for administration, content in contents.items()}
    for (administration, code, year), entry in taken.answers.items():
        _, state, value, comment, status, reason, period = entry
        held[administration].put(Answer(code, year, state, value, comment, status, reason, period))
    for administration, code, year in taken.deleted:
        held[administration].drop((code, year))
    for (administration, kpi), (_, claimed, why) in taken.claims.items():
        if claimed == NONE:
            held[administration].drop_claim(kpi)
        else:
            held[administration].put_claim(Claim(kpi, claimed, why))
    return Foreseen(
        {administration: each.written for administration, each in held.items()},
        {administration: each.content() for administration, each in held.items()},
    )
