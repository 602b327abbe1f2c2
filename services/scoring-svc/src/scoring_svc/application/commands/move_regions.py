"""A register changed after scores were made: cards move to the new regions, and scores stay as they were made."""

from scoring_svc.application.commands.score_submissions import apply_changes, score_submissions, scorer_of
from scoring_svc.application.ports import UnitOfWork
from scoring_svc.domain.changes import Changes
from scoring_svc.domain.cycle import Cycle


def move_regions(cycle: Cycle, uow: UnitOfWork) -> None:
    """Give stored cards the regions of the register; where regions enter into scores, score again instead."""
    scorer = scorer_of(cycle, uow)
    if scorer is None:
        return
    if scorer.depends_on_region:
        score_submissions(cycle, None, uow)
        return
    moved = uow.cards.with_other_regions(cycle.code, scorer.regions)
    apply_changes(cycle, Changes(changed=moved, moved=[], gone=[]), uow)
