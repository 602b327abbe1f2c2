"""What the routes get in hand."""

from collections.abc import Callable
from dataclasses import dataclass, field

from access_policy import Viewer
from answer_intake.rulebook import Rulebooks
from service_kit.audit.keys import AuditKeys
from service_kit.auth import Authenticator
from service_kit.clock import Clock
from service_kit.turns import Turns
from submission_svc.application.ports.evidence import EvidenceParts
from submission_svc.application.ports.work import Reader, UnitOfWork
from submission_svc.application.pushing.projecting import Projector
from submission_svc.application.queries.completeness import Completeness


@dataclass(frozen=True)
class Dependencies:
    """What bootstrap built for the routes. The loader's rights exist in the embedded mode only."""

    unit_of_work: Callable[[], UnitOfWork]
    reader: Reader
    authenticator: Authenticator[Viewer]
    clock: Clock
    rulebooks: Rulebooks
    completeness: Completeness
    is_embedded: bool
    projector: Projector
    is_mail_sent: bool
    audit_keys: AuditKeys
    evidence: EvidenceParts
    turns: Turns = field(default_factory=Turns)
