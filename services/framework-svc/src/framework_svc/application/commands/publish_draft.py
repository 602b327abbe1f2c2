"""Publish a draft that one has read: it becomes a version that never changes, and is no draft any more."""

from dataclasses import dataclass

from framework_spec.problems import FrameworkRejectedError
from framework_svc.application.commands.drafts import Tags, draft_to_change, record, rejection
from framework_svc.application.commands.publish_framework import Published, publish_document
from framework_svc.application.ports import UnitOfWork
from framework_svc.domain.draft import sentences
from service_kit.clock import Clock


@dataclass(frozen=True)
class PublishDraft:
    """Publish the draft of the version."""

    code: str
    version: str
    expected: Tags
    actor: str


def publish_draft(command: PublishDraft, uow: UnitOfWork, clock: Clock) -> Published:
    """Publish the draft.

    Raises:
        ProblemError: as for publishing a document, and `framework.draft_not_found` (404), `framework.draft_unread`
            (428), `framework.draft_changed` (412).
    """
    with uow:
        draft = draft_to_change(uow, command.code, command.version, command.expected)
        try:
            document = draft.content.framework()
        except FrameworkRejectedError as error:
            raise rejection(error) from None
        published = publish_document(document, command.actor, uow, clock, before=draft.tag)
        uow.drafts.remove(draft)
        if not published.is_new:  # the very same document was published beside it, so nothing told of the draft's end
            record(uow, command.actor, "draft.deleted", draft, None, sentences(None, None))
        uow.commit()
    return published
