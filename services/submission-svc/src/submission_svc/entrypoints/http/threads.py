"""Threads of review over HTTP: what the secretariat and a member say to each other, KPI by KPI."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field, StringConstraints, model_validator

from access_policy import Role, Viewer
from service_kit.problems import responses
from submission_svc.application.commands.comment_on_thread import CommentOnThread, comment_on_thread
from submission_svc.application.commands.open_thread import OpenThread, open_thread
from submission_svc.application.commands.settle_thread import SettleThread, settle_thread
from submission_svc.application.commands.thread_work import Speaking
from submission_svc.application.dependencies import Dependencies
from submission_svc.application.queries.threads import list_threads, read_thread
from submission_svc.domain.thread import About, Party, ThreadStatus
from submission_svc.entrypoints.http.dependencies import (
    AdministrationCode,
    CycleCode,
    Deps,
    SubmissionReader,
)
from submission_svc.entrypoints.http.review_dependencies import Reviewing
from submission_svc.entrypoints.http.schemas import PlainText, Strict

router = APIRouter(prefix="/api/v1/cycles/{cycle}/submissions/{administration}/threads", tags=["threads"])
ThreadId = Annotated[UUID, Path(description="Id of the thread")]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9][A-Za-z0-9_.-]{0,63}$")]
WRITE = responses(401, 403, 404, 409, 422)


class AboutBody(Strict):
    """What a thread is about: a KPI or an input, by its code, or the whole submission."""

    kind: About
    code: Code | None = None

    @model_validator(mode="after")
    def _has_code(self) -> "AboutBody":
        if (self.code is None) != (self.kind == "submission"):
            raise ValueError("a thread about a KPI or an input has its code, one about the submission has none")
        return self


class ThreadCreate(Strict):
    """A thread to open, with its first comment."""

    about: AboutBody
    text: PlainText


class CommentCreate(Strict):
    """A comment to add."""

    text: PlainText


class AboutRead(BaseModel):
    """What a thread is about."""

    kind: About
    code: str | None


class CommentRead(BaseModel):
    """A comment, and which side made it."""

    by: Party
    at: datetime
    text: str


class ThreadRead(BaseModel):
    """A thread; its comments are the oldest first."""

    id: UUID
    about: AboutRead
    status: ThreadStatus
    opened_at: datetime
    resolved_at: datetime | None
    resolved_by: Party | None
    comments: list[CommentRead]


class ThreadList(BaseModel):
    """Threads, the oldest first."""

    open: int = Field(description="How many are not resolved")
    items: list[ThreadRead]


@router.get("", response_model=ThreadList, responses=responses(401, 403, 404))
def get_threads(cycle: CycleCode, administration: AdministrationCode, viewer: SubmissionReader, deps: Deps) -> Any:
    """All threads of the submission. They stay, whatever becomes of it."""
    with deps.reader.connect() as connection:
        items = [_shown(each) for each in list_threads(connection, viewer, cycle, administration)]
    return {"open": sum(each["status"] == "open" for each in items), "items": items}


@router.post("", status_code=201, response_model=ThreadRead, responses=WRITE)
def post_thread(
    cycle: CycleCode, administration: AdministrationCode, body: ThreadCreate, viewer: Reviewing, deps: Deps
) -> Any:
    """Open a thread about a KPI, an input or the whole submission, at any time."""
    said = _speaking(cycle, administration, viewer)
    command = OpenThread(**vars(said), kind=body.about.kind, code=body.about.code, text=body.text)
    thread = open_thread(command, deps.unit_of_work(), deps.rulebooks, deps.clock)
    return _read(said, viewer, thread.id, deps)


@router.post("/{thread}/comments", status_code=201, response_model=ThreadRead, responses=WRITE)
def post_comment(
    cycle: CycleCode,
    administration: AdministrationCode,
    thread: ThreadId,
    body: CommentCreate,
    viewer: Reviewing,
    deps: Deps,
) -> Any:
    """Comment on an open thread."""
    said = _speaking(cycle, administration, viewer)
    comment_on_thread(CommentOnThread(**vars(said), thread=thread, text=body.text), deps.unit_of_work(), deps.clock)
    return _read(said, viewer, thread, deps)


@router.post("/{thread}/{settling}", response_model=ThreadRead, responses=WRITE)
def post_settling(
    cycle: CycleCode,
    administration: AdministrationCode,
    thread: ThreadId,
    settling: Annotated[Literal["resolve", "reopen"], Path(description="What is done with the thread")],
    viewer: Reviewing,
    deps: Deps,
) -> Any:
    """Resolve a thread, or reopen it. Doing it again changes nothing."""
    said = _speaking(cycle, administration, viewer)
    command = SettleThread(**vars(said), thread=thread, is_resolved=settling == "resolve")
    settle_thread(command, deps.unit_of_work(), deps.clock)
    return _read(said, viewer, thread, deps)


def _speaking(cycle: str, administration: str, viewer: Viewer) -> Speaking:
    party: Party = "secretariat" if viewer.has_role(Role.SECRETARIAT) else "member"
    return Speaking(cycle, administration, viewer.subject, party)


def _read(said: Speaking, viewer: Viewer, thread: UUID, deps: Dependencies) -> dict[str, Any]:
    with deps.reader.connect() as connection:
        return _shown(read_thread(connection, viewer, said.cycle, said.administration, thread))


def _shown(thread: dict[str, Any]) -> dict[str, Any]:
    return {**thread, "about": {"kind": thread["kind"], "code": thread["code"]}}
