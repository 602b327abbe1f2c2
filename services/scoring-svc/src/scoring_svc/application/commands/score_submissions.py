"""Score submissions of a cycle and say what changed. Called with the cycle locked, within the batch's transaction."""

from collections.abc import Collection

from scoring_engine import ENGINE_VERSION
from scoring_svc.application.ports import UnitOfWork
from scoring_svc.domain.changes import Changes
from scoring_svc.domain.cycle import CLOSED, Cycle
from scoring_svc.domain.events import cycle_scored, score_retracted, score_updated
from scoring_svc.domain.run import Run
from scoring_svc.domain.score_card import FINAL
from scoring_svc.domain.scoring import Scorer
from scoring_svc.domain.submission import SUBMITTED, by_administration, in_force


def scorer_of(cycle: Cycle, uow: UnitOfWork) -> Scorer | None:
    """What scores the cycle, or None while its framework or its register has not arrived."""
    framework = uow.frameworks.find(cycle.framework_digest)
    regions = uow.registers.regions(cycle.population)
    if framework is None or regions is None:
        return None
    return Scorer(framework, cycle.reporting_year, regions)


def score_submissions(cycle: Cycle, administrations: Collection[str] | None, uow: UnitOfWork) -> None:
    """Score these administrations, or all (None). All are scored too where a score depends on the others' figures."""
    scorer = scorer_of(cycle, uow)
    if scorer is None:
        return
    scope = None if scorer.depends_on_sample else administrations
    found = uow.submissions.scorable(cycle.code, scope)
    accepted, submitted = in_force(found), by_administration(found, SUBMITTED)
    made = [*scorer.finals(accepted), *scorer.previews(submitted, accepted)]
    apply_changes(cycle, Changes.between(uow.cards.stored(cycle.code, scope), made), uow)


def apply_changes(cycle: Cycle, changes: Changes, uow: UnitOfWork) -> None:
    """Write what changed; if final cards did, record the run and publish."""
    updated, retracted = changes.updated, changes.retracted
    run_id = uow.runs.next_id() if updated or retracted else None
    uow.cards.save([card for card in changes.changed if card.kind != FINAL], None)
    uow.cards.save(updated, run_id)
    uow.cards.set_revisions(changes.moved)
    uow.cards.delete(cycle.code, changes.gone)
    if run_id is None:
        return
    totals = uow.cards.totals(cycle.code)
    uow.runs.record(Run.over(run_id, cycle.code, cycle.framework_digest, ENGINE_VERSION, totals))
    uow.cycles.note_run(cycle.code, run_id)
    uow.publish(*(score_updated(cycle, card, run_id) for card in updated))
    statuses = uow.submissions.statuses([card.submission_id for card in retracted])
    for card in retracted:
        reason, revision = statuses[card.submission_id]
        uow.publish(score_retracted(cycle, card.administration, card.region, run_id, revision, reason))


def announce_if_complete(cycle: Cycle, uow: UnitOfWork) -> None:
    """Say that a closed cycle is completely scored, once for each state of its scores."""
    state = uow.cycles.state(cycle.code)
    if state.status != CLOSED or state.last_run_id is None:
        return
    totals = uow.cards.totals(cycle.code)
    if totals.is_complete and totals.digest != state.announced_digest:
        uow.publish(cycle_scored(cycle, state.last_run_id, totals.scored, totals.unscored))
        uow.cycles.note_announced(cycle.code, totals.digest)
