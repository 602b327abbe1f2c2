"""A mail about a submission: to whom, about what, and when it is tried again. It never holds a value."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from submission_svc.domain.contact import MailLanguage
from submission_svc.domain.cycle import WindowState

MailKind = Literal["returned", "accepted", "deadline"]
MOST_ATTEMPTS = 10
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
OF_USE = timedelta(days=14)


@dataclass(frozen=True)
class Mail:
    """A mail that is due, with what its text is made of; `attempts` counts this one too."""

    id: int
    kind: MailKind
    email: str
    name: str
    language: MailLanguage
    detail: Mapping[str, Any]  # window, deadline
    attempts: int
    cycle: str
    cycle_name: Mapping[str, str]
    is_rehearsal: bool
    administration: str
    administration_name: Mapping[str, str]

    @property
    def is_last_attempt(self) -> bool:
        """Whether it is given up when this attempt fails."""
        return self.attempts >= MOST_ATTEMPTS

    @property
    def window(self) -> WindowState:
        """Where the cycle stood for the administration when this became due."""
        window: WindowState = self.detail.get("window", "open" if "deadline" in self.detail else "ended")
        return window


@dataclass(frozen=True)
class Letter:
    """A mail as it is sent."""

    id: int
    email: str
    name: str
    language: MailLanguage
    subject: str
    body: str


def next_attempt(attempts: int, now: datetime) -> datetime:
    """When to try again after this many attempts: each wait is twice as long, up to a limit."""
    doubled: timedelta = FIRST_WAIT * (1 << min(attempts - 1, 12))
    return now + min(LONGEST_WAIT, doubled)
