"""Take over scores and say outside what each level may see of them."""

from reporting_svc.application.facts import CycleCount, Retraction, ScoreCard
from reporting_svc.application.outside.announce import announce_card, announce_count, announce_retraction
from reporting_svc.application.ports import UnitOfWork


def record_card(card: ScoreCard, uow: UnitOfWork) -> None:
    """Keep a card; announce it once its cycle is known to be one that is reported."""
    uow.outside.lock()
    cycle = uow.cycles.find(card.cycle)
    if cycle is not None and cycle.is_rehearsal:
        return
    if uow.cards.keep(card) and cycle is not None:
        announce_card(card, uow.outside)


def record_retraction(retraction: Retraction, uow: UnitOfWork) -> None:
    """Drop a card and take back what was announced of it."""
    uow.outside.lock()
    cycle = uow.cycles.find(retraction.cycle)
    if cycle is not None and cycle.is_rehearsal:
        return
    region = uow.cards.region_of(retraction.cycle, retraction.administration)
    if uow.cards.retract(retraction) and cycle is not None:
        announce_retraction(retraction, region, uow.outside)


def record_count(count: CycleCount, uow: UnitOfWork) -> None:
    """Keep how many a cycle has scored."""
    uow.outside.lock()
    cycle = uow.cycles.find(count.cycle)
    if cycle is not None and cycle.is_rehearsal:
        return
    uow.cycles.set_count(count)
    if cycle is not None:
        announce_count(count, uow.outside)
