"""Load what ships with the product, once: what an operator has changed since is left alone."""

from collections.abc import Sequence

import structlog

from framework_svc.application.commands.publish_framework import PublishFramework, publish_framework
from framework_svc.application.commands.register_population import RegisterPopulation, register_population
from framework_svc.application.ports import UnitOfWork
from framework_svc.domain.population import Population
from service_kit.clock import Clock
from service_kit.errors import ProblemError

ACTOR = "framework-svc"
log = structlog.get_logger()


def load_what_ships(uow: UnitOfWork, clock: Clock, population: Population, frameworks: Sequence[bytes]) -> None:
    """Register the population unless it is there; publish the frameworks that are not published yet.

    A published version never changes, so a shipped document that differs from it is reported and left out.
    """
    with uow:
        is_known = uow.populations.find(population.code) is not None
    if not is_known:
        register_population(RegisterPopulation(population, None, ACTOR), uow, clock)
    for source in frameworks:
        try:
            publish_framework(PublishFramework(source, ACTOR), uow, clock)
        except ProblemError as error:
            if error.code != "framework.version_published":
                raise
            log.warning("shipped_framework_differs", reason=error.detail)
