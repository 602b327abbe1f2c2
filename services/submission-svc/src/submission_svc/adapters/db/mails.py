"""Contacts and mails on the connection of the running transaction."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, text, update

from submission_svc.adapters.db.mail_tables import contact, mail
from submission_svc.domain.contact import Contact
from submission_svc.domain.mail import MOST_ATTEMPTS, OF_USE, Mail, MailKind, next_attempt

# There may be no row yet that could be locked.
_ALONE = text("select pg_advisory_xact_lock(hashtextextended('contact/' || :cycle || '/' || :administration, 0))")
REMINDERS = ((7, 2), (1, 0))  # written at most so many days before the last day, and at least so many
_ADD = text(
    "insert into mail (cycle, administration, kind, occasion, email, name, language, detail,"
    " created_at, expires_at, next_at)"
    " select cycle, administration, :kind, :occasion, email, name, language, cast(:detail as json),"
    " :at, :expires_at, :at from contact"
    " where cycle = :cycle and administration = :administration order by email on conflict do nothing"
)
_REMIND = text(
    "insert into mail (cycle, administration, kind, occasion, email, name, language, detail,"
    " created_at, expires_at, next_at)"
    " select k.cycle, k.administration, 'deadline', 'deadline/' || last.day || '/' || :most, k.email, k.name,"
    " k.language, json_build_object('deadline', last.day), :at, (last.day + 1)::timestamp at time zone 'UTC', :at"
    " from contact k join cycle c on c.code = k.cycle"
    " left join extension e on e.cycle = k.cycle and e.administration = k.administration"
    " left join submission s on s.cycle = k.cycle and s.administration = k.administration"
    " cross join lateral (select greatest(c.closes_on, e.until) as day) last"
    " where c.status = 'open' and c.opens_on <= :today"
    " and last.day - cast(:today as date) between :least and :most"
    " and coalesce(s.status, 'draft') not in ('submitted', 'accepted')"
    " and (s.in_force_at is null or s.status = 'returned')"
    " order by k.cycle, k.administration, k.email on conflict do nothing"
)
_GIVE_UP = text(
    "update mail set parked_at = :at, error = case when expires_at <= :at then 'It was of no use any more.'"
    " else coalesce(error, 'It was tried too often.') end"
    " where sent_at is null and parked_at is null and (expires_at <= :at or (attempts >= :most and next_at <= :at))"
)
_DUE = "sent_at is null and parked_at is null and next_at <= :at and expires_at > :at"
_IS_DUE = text(f"select exists (select from mail where {_DUE})")  # noqa: S608 - constant text
_TAKE = text(
    f"select id, attempts from mail where {_DUE} and attempts < :most"  # noqa: S608 - constant text
    " order by next_at, id limit 1 for update skip locked"
)
_READ = text(
    "select m.id, m.kind, m.email, m.name, m.language, m.detail, m.attempts, m.cycle, c.name as cycle_name,"
    " c.is_rehearsal, m.administration, a.name as own_name, a.names from mail m join cycle c on c.code = m.cycle"
    " left join administration a on a.population = c.population and a.code = m.administration where m.id = :id"
)


class SqlContacts:
    """Contacts in PostgreSQL."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lock(self, cycle: str, administration: str) -> None:
        """Let nobody else change the contacts of the administration in the cycle while this transaction runs."""
        self._connection.execute(_ALONE, {"cycle": cycle, "administration": administration})

    def of(self, cycle: str, administration: str) -> list[Contact]:
        """The contacts of an administration in a cycle, by address."""
        wanted = select(contact.c.email, contact.c.name, contact.c.language).where(
            contact.c.cycle == cycle, contact.c.administration == administration
        )
        return [Contact(*row) for row in self._connection.execute(wanted.order_by(contact.c.email))]

    def replace(self, cycle: str, administration: str, contacts: Sequence[Contact]) -> None:
        """Keep these and no others."""
        whose = {"cycle": cycle, "administration": administration}
        gone = delete(contact).where(contact.c.cycle == cycle, contact.c.administration == administration)
        self._connection.execute(gone)
        if contacts:
            self._connection.execute(insert(contact), [{**whose, **vars(each)} for each in contacts])


class SqlMails:
    """Mails in PostgreSQL."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self, cycle: str, administration: str, kind: MailKind, occasion: str, detail: Mapping[str, Any], at: datetime
    ) -> None:
        """Write to each contact of the administration; nobody is written to twice on the same occasion."""
        row = {"cycle": cycle, "administration": administration, "kind": kind, "occasion": occasion, "at": at}
        self._connection.execute(_ADD, {**row, "detail": json.dumps(dict(detail)), "expires_at": at + OF_USE})

    def add_reminders(self, today: date, at: datetime) -> int:
        """Write to all whose deadline is near and who have not submitted, once for each number of days; how many."""
        times = [{"today": today, "at": at, "most": most, "least": least} for most, least in REMINDERS]
        return sum(self._connection.execute(_REMIND, each).rowcount for each in times)

    def give_up_on(self, cycle: str, administration: str, addresses: Sequence[str]) -> None:
        """Forget what has not gone out to these addresses yet."""
        whose = (mail.c.cycle == cycle, mail.c.administration == administration, mail.c.email.in_(addresses))
        self._connection.execute(delete(mail).where(*whose, mail.c.sent_at.is_(None)))

    def give_up(self, at: datetime) -> None:
        """Park what nobody has a use for any more, and what has been tried often enough."""
        self._connection.execute(_GIVE_UP, {"at": at, "most": MOST_ATTEMPTS})

    def is_any_due(self, at: datetime) -> bool:
        """Whether a mail waits to be sent now."""
        return bool(self._connection.execute(_IS_DUE, {"at": at}).scalar_one())

    def take(self, at: datetime) -> Mail | None:
        """The next mail that is due, its attempt counted; for its next attempt it has to wait."""
        row = self._connection.execute(_TAKE, {"at": at, "most": MOST_ATTEMPTS}).one_or_none()
        if row is None:
            return None
        attempts = row.attempts + 1
        counted = update(mail).where(mail.c.id == row.id)
        self._connection.execute(counted.values(attempts=attempts, next_at=next_attempt(attempts, at)))
        return _mail(dict(self._connection.execute(_READ, {"id": row.id}).mappings().one()))

    def note_sent(self, number: int, at: datetime) -> None:
        """It has gone out."""
        self._connection.execute(update(mail).where(mail.c.id == number).values(sent_at=at, error=None))

    def note_failure(self, number: int, error: str, parked_at: datetime | None) -> None:
        """It has not; it is given up where `parked_at` is a moment."""
        self._connection.execute(update(mail).where(mail.c.id == number).values(error=error, parked_at=parked_at))


def _mail(row: dict[str, Any]) -> Mail:
    own_name, names = row.pop("own_name"), row.pop("names")
    known = {"en": own_name, **(names or {})} if own_name else {}
    return Mail(**row, administration_name=known)
