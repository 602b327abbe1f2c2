"""Change one part of a draft that one has read."""

from dataclasses import dataclass

from framework_spec.drafts import UnknownPartError
from framework_svc.application.commands.drafts import Saved, Tags, draft_to_change, save_change
from framework_svc.application.ports import UnitOfWork
from framework_svc.domain.edits import Edit
from service_kit.clock import Clock
from service_kit.errors import Kind, ProblemError


@dataclass(frozen=True)
class EditDraft:
    """Make this edit in the draft of the version."""

    code: str
    version: str
    edit: Edit
    expected: Tags
    actor: str


def edit_draft(command: EditDraft, uow: UnitOfWork, clock: Clock) -> Saved:
    """Make the edit; the same edit again changes nothing.

    Raises:
        ProblemError: `framework.draft_not_found` (404), `framework.draft_unread` (428), `framework.draft_changed`
            (412), `framework.edit_refused` (422) when the draft has nothing that the edit could be made at.
    """
    with uow:
        draft = draft_to_change(uow, command.code, command.version, command.expected)
        try:
            content = command.edit.apply(draft.content)
        except UnknownPartError as error:
            raise ProblemError("framework.edit_refused", Kind.INVALID, f"It cannot be done: {error}.") from None
        saved = save_change(uow, draft, draft.changed(content, clock(), command.actor), "draft.edited")
        uow.commit()
    return saved
