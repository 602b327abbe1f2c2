"""Publish a framework version from its document."""

from dataclasses import dataclass

from framework_spec.document import Framework
from framework_spec.reading import FrameworkRejectedError, read_framework
from framework_svc.application.commands.drafts import rejection
from framework_svc.application.ports import UnitOfWork
from framework_svc.domain.framework_version import FrameworkVersion
from service_kit.clock import Clock
from service_kit.errors import Kind, ProblemError


@dataclass(frozen=True)
class PublishFramework:
    """Publish this document (YAML or JSON) as the version that it names."""

    source: bytes
    actor: str


@dataclass(frozen=True)
class Published:
    """The version, and whether this call made it."""

    version: FrameworkVersion
    is_new: bool


def publish_framework(command: PublishFramework, uow: UnitOfWork, clock: Clock) -> Published:
    """Publish the document; the same document again changes nothing.

    Raises:
        ProblemError: `framework.rejected` (422) with every fault and its line; `framework.unknown_population` (422);
            `framework.version_published` (409).
    """
    document = _read(command.source)
    with uow:
        published = publish_document(document, command.actor, uow, clock)
        uow.commit()
    return published


def publish_document(
    document: Framework, actor: str, uow: UnitOfWork, clock: Clock, before: str | None = None
) -> Published:
    """Publish within the running transaction; `before` is the tag of the draft that it was, if it was one.

    Raises:
        ProblemError: `framework.unknown_population` (422); `framework.version_published` (409).
    """
    # The register's row is locked first: of two that publish the same version at once, the second finds it there.
    if uow.populations.find(document.population) is None:
        raise ProblemError(
            "framework.unknown_population",
            Kind.INVALID,
            f"There is no population {document.population}. Load its register first.",
        )
    present = uow.frameworks.find(document.code, document.version)
    if present is not None and present.is_same_as(document):
        return Published(present, is_new=False)
    version = FrameworkVersion.publish(document, clock(), actor)
    uow.frameworks.add(version)
    entry = {"before": before, "after": version.digest, "digest": version.digest}
    uow.audit.record(actor, "framework.published", f"{document.code}@{document.version}", entry)
    uow.publish(version.event())
    return Published(version, is_new=True)


def _read(source: bytes) -> Framework:
    try:
        return read_framework(source)
    except FrameworkRejectedError as error:
        raise rejection(error) from None
