"""Contacts over HTTP: whom an administration wants to be told by e-mail. For itself and the secretariat alone."""

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from service_kit.problems import responses
from submission_svc.application.commands.set_contacts import SetContacts, set_contacts
from submission_svc.application.queries.contacts import read_contacts
from submission_svc.domain.contact import Contact, MailLanguage
from submission_svc.entrypoints.http.dependencies import AdministrationCode, ContactKeeper, CycleCode, Deps
from submission_svc.entrypoints.http.schemas import Strict

router = APIRouter(prefix="/api/v1/cycles/{cycle}/contacts/{administration}", tags=["contacts"])
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"


def _unencoded(text: str) -> str:
    if "=?" in text:  # begins an encoded word (RFC 2047), which can hold line breaks and so other headers of a mail
        raise ValueError("=? cannot be kept: write it as it is read")
    return text


def _on_one_line(text: str) -> str:
    if not text.isprintable():
        raise ValueError("line breaks and control characters cannot be kept; type the name again")
    return _unencoded(text)


Email = Annotated[
    str,
    StringConstraints(max_length=254, pattern=rf"^{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})+$"),
    AfterValidator(_unencoded),
]
PersonName = Annotated[
    str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True), AfterValidator(_on_one_line)
]


class ContactBody(Strict):
    """A person to be told."""

    email: Email
    name: PersonName
    language: MailLanguage = "en"


class ContactsBody(Strict):
    """All contacts of an administration in a cycle; an empty list takes all out."""

    contacts: Annotated[list[ContactBody], Field(max_length=20)]


class ContactRead(BaseModel):
    """A person to be told, with how many mails wait and were given up."""

    email: str
    name: str
    language: MailLanguage
    waiting: int
    given_up: int
    last_error: str | None = Field(description="Why a mail was given up last, as the mail server said it")


class ContactsRead(BaseModel):
    """The contacts by address. Without a mail server nothing is sent: mails wait, and lapse after two weeks."""

    contacts: list[ContactRead]
    is_mail_sent: bool = Field(description="Whether this installation has a mail server")


@router.get("", response_model=ContactsRead, responses=responses(401, 403, 404))
def get_contacts(cycle: CycleCode, administration: AdministrationCode, viewer: ContactKeeper, deps: Deps) -> Any:
    """Who is told by e-mail when a submission is returned or accepted, and when its deadline is near."""
    with deps.reader.connect() as connection:
        contacts = read_contacts(connection, viewer, cycle, administration)
    return {"contacts": contacts, "is_mail_sent": deps.is_mail_sent}


@router.put("", response_model=ContactsRead, responses=responses(401, 403, 404, 422))
def put_contacts(
    cycle: CycleCode, administration: AdministrationCode, body: ContactsBody, viewer: ContactKeeper, deps: Deps
) -> Any:
    """Make these the contacts, and no others. Mails that wait for who is taken out are dropped."""
    contacts = tuple(Contact(each.email, each.name, each.language) for each in body.contacts)
    set_contacts(SetContacts(cycle, administration, contacts, viewer.subject), deps.unit_of_work())
    return get_contacts(cycle, administration, viewer, deps)
