"""What telling contacts needs from outside: contacts and mails in the database, and a post office."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Any, Protocol

from submission_svc.domain.contact import Contact
from submission_svc.domain.mail import Letter, Mail, MailKind


class PostOfficeAwayError(Exception):
    """The mail server cannot be reached, or does not let us in; no single mail is to blame."""


class NotTakenError(Exception):
    """The mail was not taken this time; `is_session_lost` when nothing else can be sent in this session."""

    def __init__(self, reason: str, *, is_session_lost: bool = False) -> None:
        super().__init__(reason)
        self.is_session_lost = is_session_lost


class AddressRefusedError(Exception):
    """The mail server says that it will never deliver to this address."""


class Session(Protocol):
    """A connection to the mail server."""

    def send(self, letter: Letter) -> None:
        """Hand a letter over.

        Raises:
            NotTakenError: it may be tried again.
            AddressRefusedError: that is of no use.
        """


class PostOffice(Protocol):
    """The mail server."""

    def session(self) -> AbstractContextManager[Session]:
        """Connect.

        Raises:
            PostOfficeAwayError: on entering, when that is not possible.
        """


class Contacts(Protocol):
    """Whom to tell."""

    def lock(self, cycle: str, administration: str) -> None:
        """Let nobody else change the contacts of the administration in the cycle while this transaction runs."""

    def of(self, cycle: str, administration: str) -> list[Contact]:
        """The contacts of an administration in a cycle, by address."""

    def replace(self, cycle: str, administration: str, contacts: Sequence[Contact]) -> None:
        """Keep these and no others."""


class Mails(Protocol):
    """Mails that wait, went out or could not be delivered."""

    def add(
        self, cycle: str, administration: str, kind: MailKind, occasion: str, detail: Mapping[str, Any], at: datetime
    ) -> None:
        """Write to each contact of the administration; nobody is written to twice on the same occasion."""

    def add_reminders(self, today: date, at: datetime) -> int:
        """Write to all whose deadline is near and who have not submitted, once for each number of days; how many."""

    def give_up_on(self, cycle: str, administration: str, addresses: Sequence[str]) -> None:
        """Forget what has not gone out to these addresses yet."""

    def give_up(self, at: datetime) -> None:
        """Park what nobody has a use for any more, and what has been tried often enough."""

    def is_any_due(self, at: datetime) -> bool:
        """Whether a mail waits to be sent now."""

    def take(self, at: datetime) -> Mail | None:
        """The next mail that is due, its attempt counted; for its next attempt it has to wait."""

    def note_sent(self, mail: int, at: datetime) -> None:
        """It has gone out."""

    def note_failure(self, mail: int, error: str, parked_at: datetime | None) -> None:
        """It has not; it is given up where `parked_at` is a moment."""
