"""Reads and sets who may see what of a member's submission, and shows what that comes to."""

from reporting_svc.application.my_submission.asking import (
    Call,
    Caller,
    RefusedError,
    SubmissionApi,
    asked,
    understood,
)
from reporting_svc.application.my_submission.readers import Disclosure
from reporting_svc.application.my_submission.seen_readers import Seen
from reporting_svc.application.my_submission.standing import submission_path
from service_kit.errors import Kind


def chosen(service: SubmissionApi, caller: Caller, cycle: str) -> tuple[Disclosure | None, str | None]:
    """The present choice, and the tag of the state that it was read in; neither before a submission is begun.

    Raises:
        RefusedError: it may not be read.
        ServiceAwayError: submission-svc does not answer.
    """
    try:
        answer = asked(service, Call("GET", f"{submission_path(cycle, caller)}/disclosure"), caller)
    except RefusedError as error:
        if error.kind is Kind.NOT_FOUND:
            return None, None
        raise
    return understood(answer, Disclosure), answer.tag


def as_seen_by(service: SubmissionApi, caller: Caller, cycle: str, role: str) -> Seen | None:
    """What a role would see, were the submission accepted as it is now; None before one is begun.

    Raises:
        RefusedError: it may not be read.
        ServiceAwayError: submission-svc does not answer.
    """
    call = Call("GET", f"{submission_path(cycle, caller)}/as-seen-by", {"role": role})
    try:
        return understood(asked(service, call, caller), Seen)
    except RefusedError as error:
        if error.kind is Kind.NOT_FOUND:
            return None
        raise


def choose(service: SubmissionApi, caller: Caller, cycle: str, choice: Disclosure, tag: str | None) -> None:
    """Set the choice as a whole; with a tag, only where nothing has changed since it was read.

    Raises:
        RefusedError: something has changed (`submission.changed`), or it is not taken.
        ServiceAwayError: submission-svc does not answer; choosing the same again does no harm.
    """
    headers = {"if-match": tag} if tag else {}
    path = f"{submission_path(cycle, caller)}/disclosure"
    asked(service, Call("PUT", path, document=choice.model_dump(), headers=headers), caller)
