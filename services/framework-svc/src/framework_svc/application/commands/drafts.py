"""What all changes of drafts share: nobody overwrites what he has not read, and every change is written down."""

from dataclasses import dataclass

from framework_spec.drafts import Draft
from framework_spec.problems import FrameworkRejectedError
from framework_svc.application.ports import UnitOfWork
from framework_svc.domain.draft import MAXIMUM_SENTENCES, FrameworkDraft, no_draft, sentences
from service_kit.errors import Finding, Kind, ProblemError

Tags = frozenset[str] | None


@dataclass(frozen=True)
class Saved:
    """A draft as it is now, whether this call made it, and what the call changed, in sentences."""

    draft: FrameworkDraft
    is_new: bool
    changes: dict[str, list[str]]


def read_draft(source: bytes) -> Draft:
    """The content of a draft or of a part of one; only the text itself can be wrong.

    Raises:
        ProblemError: `framework.rejected` (422) with every fault and its line.
    """
    try:
        return Draft.read(source)
    except FrameworkRejectedError as error:
        raise rejection(error) from None


def rejection(error: FrameworkRejectedError) -> ProblemError:
    """All that is wrong with a document, as one refusal."""
    findings = tuple(
        Finding(problem.code, problem.message, pointer=problem.path or None, line=problem.line)
        for problem in error.problems
    )
    count = f"{len(findings)} fault{'' if len(findings) == 1 else 's'}"
    detail = f"The document has {count}; nothing was saved."
    return ProblemError("framework.rejected", Kind.INVALID, detail, findings=findings)


def draft_to_change(uow: UnitOfWork, code: str, version: str, expected: Tags) -> FrameworkDraft:
    """The draft, locked, when the caller has read its present state.

    Raises:
        ProblemError: `framework.draft_not_found` (404), `framework.draft_unread` (428),
            `framework.draft_changed` (412).
    """
    draft = uow.drafts.find(code, version)
    if draft is None:
        raise no_draft(code, version, is_published=uow.frameworks.find(code, version) is not None)
    require_read(uow, draft, expected)
    return draft


def require_read(uow: UnitOfWork, draft: FrameworkDraft, expected: Tags) -> None:
    """Refuse who has not read the present state, and tell him what changed since the state that he has read.

    Raises:
        ProblemError: `framework.draft_unread` (428), `framework.draft_changed` (412).
    """
    if expected is None:
        detail = "The draft exists. Read it, and send its ETag as If-Match with the change."
        raise ProblemError("framework.draft_unread", Kind.PRECONDITION_REQUIRED, detail)
    if draft.is_read_as(expected):
        return
    findings = tuple(
        Finding(
            "framework.changed_meanwhile", sentence, hint=f"{entry.actor}, {entry.at.isoformat(timespec='seconds')}"
        )
        for entry in uow.audit.since(draft.subject, expected, "draft.")
        for sentence in entry.detail.get("changes", {}).get("en", ())
    )
    what = "See errors for what changed." if findings else "What you name is no earlier state of this draft."
    raise ProblemError(
        "framework.draft_changed",
        Kind.PRECONDITION_FAILED,
        f"{draft.changed_by} changed the draft at {draft.changed_at.isoformat(timespec='seconds')}. {what} "
        "Nothing was saved; read it again and repeat your change.",
        findings=findings[:MAXIMUM_SENTENCES],
        headers={"etag": f'"{draft.tag}"'},
    )


def save_change(uow: UnitOfWork, before: FrameworkDraft, after: FrameworkDraft, action: str) -> Saved:
    """Keep the draft and the audit entry about the change; nothing when there is none."""
    if after.tag == before.tag:
        return Saved(before, False, sentences(None, None))
    changes = sentences(before.content, after.content)
    uow.drafts.save(after)
    record(uow, after.changed_by, action, before, after, changes)
    return Saved(after, False, changes)


def save_new(uow: UnitOfWork, draft: FrameworkDraft, action: str) -> Saved:
    """Keep a new draft with its audit entry.

    Raises:
        ProblemError: `framework.draft_exists` (409) when somebody was faster.
    """
    if uow.frameworks.find(draft.code, draft.version) is not None:
        detail = f"Version {draft.version} of {draft.code} is published and never changes. Draft another version."
        raise ProblemError("framework.version_published", Kind.CONFLICT, detail)
    if not uow.drafts.add(draft):
        detail = f"There is a draft of version {draft.version} of {draft.code} already. Read it and change that."
        raise ProblemError("framework.draft_exists", Kind.CONFLICT, detail)
    changes = sentences(None, None)
    record(uow, draft.created_by, action, None, draft, changes)
    return Saved(draft, True, changes)


def record(
    uow: UnitOfWork,
    actor: str,
    action: str,
    before: FrameworkDraft | None,
    after: FrameworkDraft | None,
    changes: dict[str, list[str]],
) -> None:
    """Write down who changed a draft from which state to which, and what that was in words."""
    for known in (after, before):
        if known is not None:
            tags = {"before": before.tag if before else None, "after": after.tag if after else None}
            uow.audit.record(actor, action, known.subject, {**tags, "changes": changes})
            return
