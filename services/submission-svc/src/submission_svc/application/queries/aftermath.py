"""Reads what the secretariat is told after it has decided: threads that are open still, and who can mend."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, text

from submission_svc.domain.cycle import Cycle
from submission_svc.domain.submission import Submission

_OPEN_THREADS = text("select count(*) from thread where submission = :submission and status = 'open'")
_CYCLE = text("select * from cycle where code = :cycle")
_UNTIL = text("select until from extension where cycle = :cycle and administration = :administration")


@dataclass(frozen=True)
class Mending:
    """Whether the member can change and submit its submission today, and if not, what the secretariat can do."""

    can_be_mended: bool
    what_to_do: str | None


def count_open_threads(connection: Connection, submission: Submission) -> int:
    """The threads of review that are not resolved."""
    return int(connection.execute(_OPEN_THREADS, {"submission": submission.id}).scalar_one())


def read_mending(connection: Connection, submission: Submission, today: date) -> Mending:
    """Whether the window of the member is open, its extension included."""
    wanted = {"cycle": submission.cycle, "administration": submission.administration}
    cycle = Cycle(**connection.execute(_CYCLE, wanted).mappings().one())
    state = cycle.state(today, connection.execute(_UNTIL, wanted).scalar_one_or_none())
    if state in ("open", "late"):
        return Mending(True, None)
    return Mending(False, _what_to_do(cycle, submission.administration))


def _what_to_do(cycle: Cycle, administration: str) -> str:
    cannot = f"{administration} cannot change and submit it:"
    if cycle.status == "closed":
        return f"{cannot} the cycle {cycle.code} is closed. Reopen it (POST .../reopen)."
    return (
        f"{cannot} the cycle {cycle.code} takes submissions from {cycle.opens_on} to {cycle.closes_on} (UTC). Extend "
        f"its deadline (PUT .../extensions/{administration}), or reopen the cycle with a later last day."
    )
