"""Contacts: whom an administration wants to be told about its submission, in which language."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from service_kit.errors import Finding, Kind, ProblemError

MailLanguage = Literal["en", "fr"]


@dataclass(frozen=True, order=True)
class Contact:
    """A person and an address."""

    email: str
    name: str
    language: MailLanguage


def require_different(contacts: Sequence[Contact]) -> None:
    """Refuse a list that names an address twice; capital letters make no other address.

    Raises:
        ProblemError: `contacts.repeated` (422).
    """
    times = Counter(contact.email.lower() for contact in contacts)
    findings = tuple(
        Finding(
            "contacts.repeated_address",
            f"The address {contact.email} is there twice.",
            pointer=f"/contacts/{place}",
            french=f"L'adresse {contact.email} figure deux fois.",
        )
        for place, contact in enumerate(contacts)
        if times[contact.email.lower()] > 1
    )
    if findings:
        raise ProblemError(
            "contacts.repeated",
            Kind.INVALID,
            "An address is there more than once; nothing was saved. Give each address once.",
            french="Une adresse figure plusieurs fois ; rien n'a été enregistré. Donnez chaque adresse une seule fois.",
            findings=findings,
        )
