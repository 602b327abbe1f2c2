"""Take over published frameworks and registers."""

from typing import Any

from framework_spec.canonical import canonical_bytes
from reporting_svc.application.facts import Register
from reporting_svc.application.ports import UnitOfWork


def record_framework(code: str, version: str, digest: str, document: dict[str, Any], uow: UnitOfWork) -> None:
    """Keep a framework version: names, tree, bands and label come from its document."""
    uow.catalogue.keep_framework(code, version, digest, canonical_bytes(document).decode())


def record_register(register: Register, uow: UnitOfWork) -> None:
    """Replace the register of a population unless a newer one is known."""
    uow.catalogue.keep_register(register)
