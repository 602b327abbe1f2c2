"""Judges the content of a submission within a command's transaction."""

from datetime import datetime

from answer_intake.rulebook import Rulebook, Rulebooks
from framework_spec.rules import rule_pack
from submission_svc.application.ports.work import UnitOfWork
from submission_svc.domain.content import Content
from submission_svc.domain.cycle import Cycle
from submission_svc.domain.submission import Submission
from submission_svc.domain.warnings.judging import Judgement, judge


def rulebook_of(uow: UnitOfWork, rulebooks: Rulebooks, cycle: Cycle) -> Rulebook:
    """What the cycle's framework asks for."""
    digest = cycle.framework_digest
    return rulebooks.get(digest, cycle.reporting_year, lambda: rule_pack(uow.frameworks.document(digest)))


def judged(
    uow: UnitOfWork,
    rulebook: Rulebook,
    cycle: Cycle,
    submission: Submission,
    content: Content,
    at: datetime,
    language: str,
) -> Judgement:
    """The content, judged on the day of `at`."""
    facts = uow.warnings.facts(cycle.population, submission.administration, submission.id)
    return judge(content, submission.id, facts, rulebook.pack, cycle.reporting_year, at.date(), language)
