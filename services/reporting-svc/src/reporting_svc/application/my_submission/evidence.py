"""Files that stand for a member's answers: which there are, adding one, taking one away, fetching one."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from pydantic import BaseModel

from reporting_svc.application.my_submission.asking import (
    Call,
    Caller,
    RefusedError,
    SubmissionApi,
    asked,
    read,
    understood,
)
from reporting_svc.application.my_submission.standing import submission_path
from service_kit.errors import Kind


class Evidence(BaseModel):
    """A file that stands for the answer of a KPI or an input."""

    id: UUID
    about: str
    name: str
    size: int
    added_at: datetime


class EvidenceList(BaseModel):
    """Files by code and name."""

    items: list[Evidence]


class EvidenceAdded(BaseModel):
    """Whether the file is new, and how it was kept."""

    is_new: bool
    name: str


class FileContent(NamedTuple):
    """A file as it was sent."""

    name: str
    content: bytes


def evidence_of(service: SubmissionApi, caller: Caller, cycle: str) -> Sequence[Evidence]:
    """The files of the member's submission; none before one is begun.

    Raises:
        RefusedError: they may not be read.
        ServiceAwayError: submission-svc does not answer.
    """
    try:
        return read(service, _path(cycle, caller), caller, EvidenceList).items
    except RefusedError as error:
        if error.kind is Kind.NOT_FOUND:
            return ()
        raise


def add_file(service: SubmissionApi, caller: Caller, cycle: str, about: str, file: FileContent) -> EvidenceAdded:
    """Add a file; the same file for the same code again changes nothing.

    Raises:
        RefusedError: it is not taken.
        ServiceAwayError: submission-svc does not answer; sending it again does no harm.
    """
    call = Call(
        "POST",
        _path(cycle, caller),
        {"about": about, "name": file.name},
        body=file.content,
        headers={"content-type": "application/octet-stream"},  # what a file is, its content says
    )
    return understood(asked(service, call, caller), EvidenceAdded)


def take_away(service: SubmissionApi, caller: Caller, cycle: str, evidence: UUID) -> None:
    """Take a file away from the draft. Where it has been done already (a double click), it is done.

    Raises:
        RefusedError: it is not possible now.
        ServiceAwayError: submission-svc does not answer; asking again does no harm.
    """
    try:
        asked(service, Call("DELETE", f"{_path(cycle, caller)}/{evidence}"), caller)
    except RefusedError as error:
        if error.kind is not Kind.NOT_FOUND:
            raise


def fetch(service: SubmissionApi, caller: Caller, cycle: str, evidence: UUID) -> FileContent:
    """A file as it was sent, with its name.

    Raises:
        RefusedError: there is none.
        ServiceAwayError: submission-svc does not answer.
    """
    path = f"{_path(cycle, caller)}/{evidence}"
    name = read(service, path, caller, Evidence).name
    return FileContent(name, asked(service, Call("GET", f"{path}/content"), caller).content)


def _path(cycle: str, caller: Caller) -> str:
    return f"{submission_path(cycle, caller)}/evidence"
