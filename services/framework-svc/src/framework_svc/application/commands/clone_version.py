"""Begin the next version as a draft that is a clone of a published one."""

from dataclasses import dataclass

from framework_spec.drafts import Draft
from framework_svc.application.commands.drafts import Saved, save_new
from framework_svc.application.ports import UnitOfWork
from framework_svc.domain.draft import FrameworkDraft
from service_kit.clock import Clock
from service_kit.errors import Kind, ProblemError


@dataclass(frozen=True)
class CloneVersion:
    """Begin the draft of `new_version` with the content of a published version."""

    code: str
    version: str
    new_version: str
    actor: str


def clone_version(command: CloneVersion, uow: UnitOfWork, clock: Clock) -> Saved:
    """Begin the draft.

    Raises:
        ProblemError: `framework.not_found` (404), `framework.version_published` or `framework.draft_exists` (409).
    """
    with uow:
        source = uow.frameworks.find(command.code, command.version)
        if source is None:
            detail = f"There is no version {command.version} of {command.code}."
            raise ProblemError("framework.not_found", Kind.NOT_FOUND, detail)
        content = Draft.of(source.document, command.new_version)
        draft = FrameworkDraft.begin(command.code, command.new_version, content, clock(), command.actor)
        saved = save_new(uow, draft, "draft.cloned")
        uow.commit()
    return saved
