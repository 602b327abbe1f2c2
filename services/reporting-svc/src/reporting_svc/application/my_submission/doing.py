"""What a member does on pages: send a file, give reasons, answer a thread, submit, withdraw, revise, fetch files."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from reporting_svc.application.my_submission.asking import (
    Call,
    Caller,
    RefusedError,
    SubmissionApi,
    asked,
    read,
    understood,
)
from reporting_svc.application.my_submission.readers import Submission, ThreadList
from reporting_svc.application.my_submission.standing import submission_path
from reporting_svc.application.my_submission.upload_readers import Queued

Move = Literal["submit", "withdraw", "revise"]
AFTER: Mapping[Move, str] = {"submit": "submitted", "withdraw": "withdrawn", "revise": "draft"}
WRONG_STATUS = "submission.wrong_status"


@dataclass(frozen=True)
class GivenReason:
    """Why a warning is all right."""

    id: str
    code: str
    text: str | None


def send_file(
    service: SubmissionApi, caller: Caller, cycle: str, body: bytes, form_key: str, *, takes_good: bool
) -> UUID:
    """Push a file as a job, whatever its size, so that its report can be looked at again; gives the job.

    The same file from the same form is pushed once, however often the form is sent: `form_key` names the form.

    Raises:
        RefusedError: it is not taken now.
        ServiceAwayError: submission-svc does not answer; whether it has the file is not known.
    """
    query = {"on_error": "take_good" if takes_good else "refuse_all"}
    call = Call(
        "POST",
        f"{submission_path(cycle, caller)}/answers",
        query,
        body=body,
        headers={
            "content-type": "application/octet-stream",  # what a file is, its content says
            "prefer": "respond-async",
            "idempotency-key": _key(form_key, query, body),
        },
    )
    return understood(asked(service, call, caller), Queued).id


def _key(form_key: str, query: Mapping[str, str], body: bytes) -> str:
    """Another file or choice from the same form (after a step back in the browser) is another request."""
    digest = hashlib.sha256(repr(sorted(query.items())).encode() + body).hexdigest()
    return f"page-{form_key}-{digest[:32]}"


def cancel_upload(service: SubmissionApi, caller: Caller, cycle: str, job: UUID) -> None:
    """Ask for an upload to end before it saves anything.

    Raises:
        RefusedError: it has ended already.
        ServiceAwayError: submission-svc does not answer.
    """
    asked(service, Call("POST", f"{submission_path(cycle, caller)}/jobs/{job}/cancel"), caller)


def give_reasons(service: SubmissionApi, caller: Caller, cycle: str, reasons: Sequence[GivenReason]) -> None:
    """Say why warnings are all right.

    Raises:
        RefusedError: they are not taken.
        ServiceAwayError: submission-svc does not answer.
    """
    items = [{"id": each.id, "code": each.code, "text": each.text} for each in reasons]
    call = Call("PUT", f"{submission_path(cycle, caller)}/warnings", document={"reasons": items})
    asked(service, call, caller)


def answer_thread(service: SubmissionApi, caller: Caller, cycle: str, thread: UUID, text: str) -> None:
    """Answer the secretariat. What was said last already (a double click) is not said again.

    Raises:
        RefusedError: the thread is resolved, or there is none.
        ServiceAwayError: submission-svc does not answer; whether it has the comment is not known.
    """
    path = f"{submission_path(cycle, caller)}/threads"
    known = next((each for each in read(service, path, caller, ThreadList).items if each.id == thread), None)
    last = known.comments[-1] if known and known.comments else None
    if last is not None and (last.by, last.text) == ("member", text):
        return
    asked(service, Call("POST", f"{path}/{thread}/comments", document={"text": text}), caller)


def move(service: SubmissionApi, caller: Caller, cycle: str, how: Move) -> None:
    """Submit, withdraw or revise. Where it has been done already (a double click), it is done.

    Raises:
        RefusedError: it is not possible now.
        ServiceAwayError: submission-svc does not answer; asking again does no harm.
    """
    path = submission_path(cycle, caller)
    try:
        asked(service, Call("POST", f"{path}/{how}"), caller)
    except RefusedError as error:
        if error.code != WRONG_STATUS or read(service, path, caller, Submission).status != AFTER[how]:
            raise


def template(service: SubmissionApi, caller: Caller, cycle: str, language: str) -> bytes:
    """The workbook to fill in.

    Raises:
        RefusedError: there is none for the member.
        ServiceAwayError: submission-svc does not answer.
    """
    call = Call("GET", f"{submission_path(cycle, caller)}/template", {"language": language})
    return asked(service, call, caller).content


def upload_errors(service: SubmissionApi, caller: Caller, cycle: str, job: UUID, form: Literal["xlsx", "csv"]) -> bytes:
    """Everything that is wrong with an uploaded file: in the file itself, marked, or as a list.

    Raises:
        RefusedError: it has not ended, or its file is gone.
        ServiceAwayError: submission-svc does not answer.
    """
    path = f"{submission_path(cycle, caller)}/jobs/{job}/errors"
    return asked(service, Call("GET", path, {"format": form}), caller).content
