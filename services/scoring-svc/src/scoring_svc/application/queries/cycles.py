"""The cycle as reads show it, and its framework."""

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, text

from framework_spec.document import Framework
from scoring_svc.application.ports import Dependencies


@dataclass(frozen=True)
class CycleRow:
    """A cycle and its status."""

    code: str
    framework: str
    framework_version: str
    framework_digest: str
    population: str
    reporting_year: int
    is_rehearsal: bool
    status: str

    def as_dict(self) -> dict[str, Any]:
        """The cycle as JSON."""
        return asdict(self)


def framework_of(connection: Connection, cycle: CycleRow, deps: Dependencies) -> Framework | None:
    """The framework version of a cycle, or None while it has not arrived."""
    known = deps.frameworks.get(cycle.framework_digest)
    if known is not None:
        return known
    wanted = text("select document from framework where digest = :digest")
    document = connection.execute(wanted, {"digest": cycle.framework_digest}).scalar_one_or_none()
    if document is None:
        return None
    return deps.frameworks.put(cycle.framework_digest, Framework.model_validate(document))
