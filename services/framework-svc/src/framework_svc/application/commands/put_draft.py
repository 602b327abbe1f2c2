"""Send a draft as a whole: begin it, or replace what one has read."""

from dataclasses import dataclass

from framework_svc.application.commands.drafts import (
    Saved,
    Tags,
    read_draft,
    require_read,
    save_change,
    save_new,
)
from framework_svc.application.ports import UnitOfWork
from framework_svc.domain.draft import FrameworkDraft
from service_kit.clock import Clock
from service_kit.errors import Kind, ProblemError


@dataclass(frozen=True)
class PutDraft:
    """Make this the draft of the version; `expected` are the tags of the states that the caller has read."""

    code: str
    version: str
    source: bytes
    expected: Tags
    actor: str


def put_draft(command: PutDraft, uow: UnitOfWork, clock: Clock) -> Saved:
    """Begin or replace the draft; what is missing or wrong for publication is no fault yet.

    Raises:
        ProblemError: `framework.rejected` or `framework.another_name` (422), `framework.draft_unread` (428),
            `framework.draft_changed` (412), `framework.version_published` or `framework.draft_exists` (409).
    """
    content = read_draft(command.source)
    with uow:
        present = uow.drafts.find(command.code, command.version)
        if present is not None:
            require_read(uow, present, command.expected)
            saved = save_change(uow, present, present.changed(content, clock(), command.actor), "draft.replaced")
        elif command.expected:
            detail = f"There is no draft of version {command.version} of {command.code} any more: published or deleted."
            raise ProblemError("framework.draft_changed", Kind.PRECONDITION_FAILED, detail)
        else:
            draft = FrameworkDraft.begin(command.code, command.version, content, clock(), command.actor)
            saved = save_new(uow, draft, "draft.begun")
        uow.commit()
    return saved
