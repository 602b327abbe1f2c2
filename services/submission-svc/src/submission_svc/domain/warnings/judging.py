"""Judges a whole content: the rules that block it, the rules that only watch, and the warnings with their reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from answer_intake.violations import violations
from framework_spec.rules import Answers, RulePack, Violation
from submission_svc.domain.content import Content
from submission_svc.domain.warnings.found import Accepted
from submission_svc.domain.warnings.of_rules import warnings_of_rules
from submission_svc.domain.warnings.outliers import outliers
from submission_svc.domain.warnings.reasons import Explained, Given, explained
from submission_svc.domain.warnings.revisions import revisions


@dataclass(frozen=True)
class Facts:
    """What a content is judged by: accepted answers of all cycles, reasons given, codes with evidence."""

    accepted: Sequence[Accepted] = ()
    given: Sequence[Given] = ()
    evidence: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Judgement:
    """What there is to say of a content: the rules it breaks, and what asks for a reason."""

    broken: tuple[Violation, ...]
    warnings: tuple[Explained, ...]

    @property
    def blocking(self) -> tuple[Violation, ...]:
        """What must be mended before submitting."""
        return tuple(each for each in self.broken if each.blocks)

    @property
    def shadow(self) -> int:
        """How many violations there are of rules that are only counted so far."""
        return sum(each.shadow for each in self.broken)

    @property
    def unexplained(self) -> tuple[Explained, ...]:
        """The warnings that still ask for a reason."""
        return tuple(each for each in self.warnings if each.reason is None)


def judge(
    content: Content, submission: UUID, facts: Facts, pack: RulePack, reporting_year: int, on: date, language: str
) -> Judgement:
    """Judge a content on a day, with texts in a language."""
    figures = {(each.input, each.year): each.value for each in content.answers}
    claims = {claim.kpi: claim.state for claim in content.standing_claims}
    broken = violations(pack, Answers(reporting_year, figures, claims, facts.evidence), on, language)
    warnings = [
        *warnings_of_rules(broken, pack),
        *outliers(content, facts.accepted, pack, language),
        *revisions(content, facts.accepted, pack, language),
    ]
    return Judgement(
        broken=tuple(broken),
        warnings=tuple(explained(warnings, facts.given, submission, content)),
    )
