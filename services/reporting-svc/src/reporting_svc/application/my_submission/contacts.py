"""Whom a member wants to be told by e-mail, and in which language."""

from collections.abc import Sequence

from pydantic import BaseModel

from reporting_svc.application.my_submission.asking import Call, Caller, SubmissionApi, asked, read


class Contact(BaseModel):
    """A person to be told; `given_up` counts the mails that could not be delivered."""

    email: str
    name: str
    language: str
    given_up: int = 0


class Contacts(BaseModel):
    """All of them, and whether this installation sends mails."""

    contacts: list[Contact]
    is_mail_sent: bool


def contacts_of(service: SubmissionApi, caller: Caller, cycle: str) -> Contacts:
    """Who is told.

    Raises:
        RefusedError: it may not be read.
        ServiceAwayError: submission-svc does not answer.
    """
    return read(service, _path(cycle, caller), caller, Contacts)


def keep_contacts(service: SubmissionApi, caller: Caller, cycle: str, contacts: Sequence[Contact]) -> None:
    """Make these the contacts, and no others.

    Raises:
        RefusedError: they are not taken.
        ServiceAwayError: submission-svc does not answer; keeping the same again does no harm.
    """
    items = [each.model_dump(include={"email", "name", "language"}) for each in contacts]
    asked(service, Call("PUT", _path(cycle, caller), document={"contacts": items}), caller)


def _path(cycle: str, caller: Caller) -> str:
    return f"/{cycle}/contacts/{caller.administration}"
