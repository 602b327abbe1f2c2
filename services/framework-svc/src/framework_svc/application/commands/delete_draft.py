"""Delete a draft that one has read."""

from dataclasses import dataclass

from framework_svc.application.commands.drafts import Tags, draft_to_change, record
from framework_svc.application.ports import UnitOfWork
from framework_svc.domain.draft import sentences


@dataclass(frozen=True)
class DeleteDraft:
    """Delete the draft of the version."""

    code: str
    version: str
    expected: Tags
    actor: str


def delete_draft(command: DeleteDraft, uow: UnitOfWork) -> None:
    """Delete the draft; the audit trail keeps what was done with it.

    Raises:
        ProblemError: `framework.draft_not_found` (404), `framework.draft_unread` (428),
            `framework.draft_changed` (412).
    """
    with uow:
        draft = draft_to_change(uow, command.code, command.version, command.expected)
        uow.drafts.remove(draft)
        record(uow, command.actor, "draft.deleted", draft, None, sentences(None, None))
        uow.commit()
