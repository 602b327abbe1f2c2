"""Take a batch of what others published: keep the copies, then score every cycle that is affected, once."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from scoring_svc.application.commands.move_regions import move_regions
from scoring_svc.application.commands.score_submissions import announce_if_complete, score_submissions
from scoring_svc.application.ports import UnitOfWork
from scoring_svc.domain.cycle import Cycle, StatusChange
from scoring_svc.domain.submission import Submission, newest


@dataclass(frozen=True)
class PublishedFramework:
    """A framework version and its document."""

    digest: str
    document: Mapping[str, Any]


@dataclass(frozen=True)
class ChangedRegister:
    """A register as a whole: administration -> region."""

    population: str
    regions: Mapping[str, str | None]
    at: datetime


@dataclass
class Batch:
    """What one poll brought, by what it is about, each in the order in which it came."""

    frameworks: list[PublishedFramework] = field(default_factory=list)
    registers: list[ChangedRegister] = field(default_factory=list)
    statuses: list[StatusChange] = field(default_factory=list)
    submissions: list[tuple[Cycle, Submission]] = field(default_factory=list)


def take_batch(batch: Batch, uow: UnitOfWork) -> None:
    """Bring the batch to effect in the running transaction. Cards follow from what is kept, not from the order.

    A submission whose framework or register has not come yet is kept, and scored when both are here.
    """
    arrived = _keep_sources(batch, uow)
    cycles = {
        cycle.code: cycle
        for cycle in (*(change.cycle for change in batch.statuses), *(each for each, _ in batch.submissions), *arrived)
    }
    locked = uow.cycles.lock(cycles.values())
    for change in batch.statuses:
        uow.cycles.set_status(change)
    touched = _keep_submissions(batch, uow)
    moved = {cycle.code for cycle in arrived}
    for cycle in locked:
        _bring_up_to_date(cycle, touched[cycle.code], cycle.code in moved, uow)


def _keep_sources(batch: Batch, uow: UnitOfWork) -> list[Cycle]:
    """Keep frameworks and registers; the cycles that one of them is news to."""
    uow.cycles.lock_sources(changing=bool(batch.frameworks or batch.registers))
    digests = [each.digest for each in batch.frameworks if uow.frameworks.add(each.digest, each.document)]
    populations = [
        each.population for each in batch.registers if uow.registers.save(each.population, each.regions, each.at)
    ]
    return uow.cycles.scored_by(digests, populations) if digests or populations else []


def _keep_submissions(batch: Batch, uow: UnitOfWork) -> dict[str, set[str]]:
    """Keep submissions; the administrations of those that were news, by cycle."""
    touched: dict[str, set[str]] = defaultdict(set)
    for submission in uow.submissions.keep(newest(submission for _, submission in batch.submissions)):
        touched[submission.cycle].add(submission.administration)
    return touched


def _bring_up_to_date(cycle: Cycle, touched: set[str], has_news: bool, uow: UnitOfWork) -> None:
    was_scored = uow.cycles.state(cycle.code).last_run_id is not None
    if has_news and was_scored:
        move_regions(cycle, uow)
    if has_news and not was_scored:
        score_submissions(cycle, None, uow)
    elif touched:
        score_submissions(cycle, touched, uow)
    announce_if_complete(cycle, uow)
