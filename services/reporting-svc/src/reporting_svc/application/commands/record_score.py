"""Take over scores and say outside what each level may see of them."""

from reporting_svc.application.commands.record_cycle import meet_cycle
from reporting_svc.application.facts import Cycle, CycleCount, Retraction, ScoreCard
from reporting_svc.application.outside.announce import announce_card, announce_count, announce_retraction
from reporting_svc.application.ports import UnitOfWork


def record_card(cycle: Cycle, card: ScoreCard, uow: UnitOfWork) -> None:
    """Keep a card and announce it."""
    if meet_cycle(cycle, uow) and uow.cards.keep(card):
        announce_card(card, uow.outside)


def record_retraction(cycle: Cycle, retraction: Retraction, uow: UnitOfWork) -> None:
    """Drop a card and take back what was announced of it."""
    if meet_cycle(cycle, uow) and uow.cards.retract(retraction):
        announce_retraction(retraction, uow.outside)


def record_count(cycle: Cycle, count: CycleCount, uow: UnitOfWork) -> None:
    """Keep how many a cycle has scored."""
    if meet_cycle(cycle, uow) and uow.cycles.set_count(count):
        announce_count(count, uow.catalogue.regions(cycle.population, count.counted_at.date()), uow.outside)
