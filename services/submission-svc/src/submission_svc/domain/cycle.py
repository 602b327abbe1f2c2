"""A cycle: one framework version, one reporting year, and the window in which submissions come in."""

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Literal

from service_kit.errors import Finding, Kind, ProblemError

CycleStatus = Literal["open", "closed"]
LatePolicy = Literal["refused", "accepted_late"]
WindowState = Literal["not_open_yet", "open", "late", "ended", "closed"]
OF_THE_FRAMEWORK = ("framework_digest", "population")  # follow from the framework version: nobody sends them


@dataclass(frozen=True)
class Cycle:
    """A cycle. The framework version and its digest are fixed when it opens; a rehearsal is never reported.

    `late_policy` says what becomes of a submission after the last day: refused, or taken and marked while the cycle is
    open. `planned_closes_on` is the last day as it was planned at first, where reopening has moved it. `close_reason`
    says why it is closed.
    """

    code: str
    name: dict[str, str]
    framework: str
    framework_version: str
    framework_digest: str
    population: str
    reporting_year: int
    opens_on: date
    closes_on: date
    is_rehearsal: bool
    status: CycleStatus = "open"
    late_policy: LatePolicy = "refused"
    planned_closes_on: date | None = None
    close_reason: str | None = None

    def check(self) -> None:
        """Refuse a window that ends before it begins.

        Raises:
            ProblemError: `cycle.window_invalid` (422).
        """
        if wrong := window_findings(self.opens_on, self.closes_on):
            raise refusal(wrong)

    def require_same_plan(self, asked: "Cycle") -> None:
        """Accept that the very same cycle is opened again, whatever has happened to it since.

        Raises:
            ProblemError: `cycle.exists` (409) when anything differs.
        """
        closes_on = self.planned_closes_on or self.closes_on
        planned = replace(self, status="open", closes_on=closes_on, planned_closes_on=None, close_reason=None)
        differing = [each.name for each in fields(Cycle) if getattr(planned, each.name) != getattr(asked, each.name)]
        if not differing:
            return
        told = [f"`{name}` ({_shown(planned, name)})" for name in differing if name not in OF_THE_FRAMEWORK]
        raise ProblemError(
            "cycle.exists",
            Kind.CONFLICT,
            f"There is a cycle {self.code} already, planned with another {', '.join(told) or 'framework'}. Choose "
            "another code, or send what it was opened with.",
            differing=differing,
        )

    def deadline(self, extended_until: date | None = None) -> date:
        """The last day on which a submission is in time; an extension only ever makes it later."""
        return max(self.closes_on, extended_until or self.closes_on)

    def state(self, today: date, extended_until: date | None = None) -> WindowState:
        """Where the cycle stands for a member: its window alone ends it, the secretariat closes it."""
        if self.status == "closed":
            return "closed"
        if today < self.opens_on:
            return "not_open_yet"
        if today <= self.deadline(extended_until):
            return "open"
        return "late" if self.late_policy == "accepted_late" else "ended"

    def require_writable(self, today: date, extended_until: date | None = None) -> None:
        """Refuse what may only be done while the cycle takes submissions of the member.

        Raises:
            ProblemError: `cycle.closed` (409) or `cycle.not_open` (409).
        """
        if self.status == "closed":
            raise ProblemError(
                "cycle.closed",
                Kind.CONFLICT,
                f"The cycle {self.code} is closed; it takes no more submissions.",
                french=f"Le cycle {self.code} est clos ; il n'accepte plus de soumissions.",
            )
        if self.state(today, extended_until) in ("open", "late"):
            return
        closes_on = self.deadline(extended_until)
        raise ProblemError(
            "cycle.not_open",
            Kind.CONFLICT,
            f"The cycle {self.code} takes submissions from {self.opens_on} to {closes_on} (UTC); "
            f"today is {today}. The secretariat can extend the deadline of a member.",
            french=f"Le cycle {self.code} accepte les soumissions du {self.opens_on} au {closes_on} (UTC) ; nous "
            f"sommes le {today}. Le secrétariat peut prolonger le délai d'un membre.",
            opens_on=self.opens_on.isoformat(),
            closes_on=closes_on.isoformat(),
        )

    def close(self, reason: str) -> "Cycle":
        """The cycle, closed for this reason; one that is closed for it already stays as it is.

        Raises:
            ProblemError: `cycle.is_closed` (409) when it is closed for another reason.
        """
        if self.status == "open":
            return replace(self, status="closed", close_reason=reason)
        if self.close_reason == reason:
            return self
        raise ProblemError(
            "cycle.is_closed",
            Kind.CONFLICT,
            f"The cycle {self.code} is closed already, with another reason or none: nothing was changed, and yours was "
            "not recorded. To close it with yours, reopen it first (POST .../reopen).",
        )

    def needs_no_reopening(self, closes_on: date | None, today: date) -> bool:
        """Whether it is open as asked already: nobody has closed it, and nothing is to be moved.

        Raises:
            ProblemError: `cycle.is_open` (409) when another last day is asked for before the last day has passed.
        """
        if self.status == "closed" or self.state(today) == "ended":
            return False
        if closes_on in (None, self.closes_on):
            return True
        if today > self.closes_on:
            return False
        raise ProblemError(
            "cycle.is_open",
            Kind.CONFLICT,
            f"The cycle {self.code} is open until {self.closes_on}: there is nothing to reopen. Extend the deadline "
            "of single members, or close it first.",
        )

    def reopen(self, closes_on: date | None, today: date) -> "Cycle":
        """The cycle that is closed or past its last day, open again, until the same last day or another one.

        Raises:
            ProblemError: `cycle.window_passed` or `cycle.window_invalid` (422).
        """
        last = closes_on or self.closes_on
        moved_from = self.planned_closes_on or self.closes_on
        planned = moved_from if last != moved_from else None
        moved = replace(self, status="open", closes_on=last, planned_closes_on=planned, close_reason=None)
        moved.check()
        if last < today and (closes_on or self.late_policy == "refused"):
            raise ProblemError(
                "cycle.window_passed",
                Kind.INVALID,
                f"The last day would be {last}, and today is {today}: nothing could be submitted. "
                "Give a later `closes_on`.",
                closes_on=last.isoformat(),
            )
        return moved


def window_findings(opens_on: date, closes_on: date) -> tuple[Finding, ...]:
    """What is wrong with a window: it ends before it begins, or nothing."""
    if closes_on >= opens_on:
        return ()
    message = f"The cycle would close on {closes_on}, before it opens on {opens_on}."
    return (Finding("cycle.window_invalid", message, pointer="/closes_on", hint="Exchange the dates."),)


def refusal(findings: tuple[Finding, ...]) -> ProblemError:
    """The refusal (422) of a cycle for all that is wrong with it at once, under the code of the first finding."""
    told = " ".join(f"{each.message} {each.hint}" if each.hint else each.message for each in findings)
    return ProblemError(findings[0].code, Kind.INVALID, told, findings=findings)


def _shown(cycle: Cycle, name: str) -> str:
    value = getattr(cycle, name)
    return "; ".join(f"{language}: {words}" for language, words in value.items()) if name == "name" else str(value)
