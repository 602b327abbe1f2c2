"""The topic `framework`: published versions and registers, with the fields used here only."""

from typing import Any

from scoring_svc.application.commands.take_batch import Batch, ChangedRegister, PublishedFramework
from scoring_svc.entrypoints.consumers.tolerant import Tolerant
from service_kit.envelope import Envelope


class FrameworkPublished(Tolerant):
    """A framework version."""

    digest: str
    document: dict[str, Any]


class RegisteredAdministration(Tolerant):
    """An administration in a register."""

    code: str
    region: str | None = None


class RegisterChanged(Tolerant):
    """A register as a whole."""

    population: str
    administrations: list[RegisteredAdministration]


def read_framework_published(event: Envelope, batch: Batch) -> None:
    """Add a version to the batch."""
    data = FrameworkPublished.model_validate(event.data)
    batch.frameworks.append(PublishedFramework(data.digest, data.document))


def read_register_changed(event: Envelope, batch: Batch) -> None:
    """Add a register to the batch."""
    data = RegisterChanged.model_validate(event.data)
    regions = {each.code: each.region for each in data.administrations}
    batch.registers.append(ChangedRegister(data.population, regions, event.time))
