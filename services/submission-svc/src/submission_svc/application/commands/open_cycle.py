"""Open a cycle."""

import difflib
from dataclasses import dataclass
from datetime import date
from typing import Any

from service_kit.errors import Finding, Kind, ProblemError
from submission_svc.application.commands.finding import require_cycle
from submission_svc.application.ports.work import UnitOfWork
from submission_svc.domain.copies import FrameworkCopy
from submission_svc.domain.cycle import Cycle, LatePolicy, refusal, window_findings
from submission_svc.domain.events import CycleOpened, cycle_event


@dataclass(frozen=True)
class OpenCycle:
    """Open a cycle of this framework version and reporting year."""

    code: str
    name: dict[str, str]
    framework: str
    framework_version: str
    reporting_year: int
    opens_on: date
    closes_on: date
    is_rehearsal: bool
    actor: str
    late_policy: LatePolicy = "refused"


@dataclass(frozen=True)
class Opened:
    """The cycle, and whether this call made it."""

    cycle: Cycle
    is_new: bool


def open_cycle(command: OpenCycle, uow: UnitOfWork) -> Opened:
    """Open the cycle; the same cycle again changes nothing. What is wrong with framework and window is told at once.

    Raises:
        ProblemError: `cycle.window_invalid`, `cycle.unknown_framework`, `cycle.not_for_scoring`,
            `cycle.unknown_population` (422), `cycle.exists` or `cycle.framework_retired` (409).
    """
    with uow:
        framework = _framework(command, uow)
        asked = _cycle(command, framework)
        if not uow.cycles.add(asked):
            present = require_cycle(uow, asked.code)
            present.require_same_plan(asked)
            return Opened(present, is_new=False)
        _require_in_use(framework, uow)
        detail: dict[str, Any] = {"framework_digest": asked.framework_digest, "is_rehearsal": asked.is_rehearsal}
        detail |= {"late_policy": asked.late_policy, "closes_on": asked.closes_on.isoformat()}
        uow.audit.record(command.actor, "cycle.opened", asked.code, detail)
        uow.publish(cycle_event(CycleOpened, asked))
        uow.commit()
    return Opened(asked, is_new=True)


def _framework(command: OpenCycle, uow: UnitOfWork) -> FrameworkCopy:
    framework = uow.frameworks.find(command.framework, command.framework_version)
    window = window_findings(command.opens_on, command.closes_on)
    if framework is None:
        raise refusal((*_unknown(command, uow), *window))
    if wrong := (*_unfit(framework, uow), *window):
        raise refusal(wrong)
    return framework


def _unknown(command: OpenCycle, uow: UnitOfWork) -> tuple[Finding, ...]:
    """There is no such version here: which code or version may be meant instead."""
    known = uow.frameworks.usable()
    versions = [version for code, version in known if code == command.framework]
    message = f"There is no version {command.framework_version} of {command.framework} here."
    if versions:
        hint, pointer = f"Did you mean version {' or '.join(versions)}?", "/framework_version"
    else:
        near = difflib.get_close_matches(command.framework, sorted({code for code, _ in known}), n=1)
        hint, pointer = f"Did you mean {near[0]}?" if near else "", "/framework"
    hint = f"{hint} If it has just been published, try again in a moment.".strip()
    return (Finding("cycle.unknown_framework", message, pointer=pointer, hint=hint),)


def _unfit(framework: FrameworkCopy, uow: UnitOfWork) -> tuple[Finding, ...]:
    """Why no cycle can be opened with a version that is known."""
    if framework.purpose != "scoring":
        message = (
            f"The version {framework.version} of {framework.code} is a {framework.purpose}: it names KPIs but cannot "
            "be scored, so it has no cycles."
        )
        return (Finding("cycle.not_for_scoring", message, pointer="/framework"),)
    if not uow.populations.exists(framework.population):
        message = f"The register of the population {framework.population} is not known here yet."
        return (Finding("cycle.unknown_population", message, pointer="/framework", hint="Try again in a moment."),)
    return ()


def _require_in_use(framework: FrameworkCopy, uow: UnitOfWork) -> None:
    """A cycle that was opened before goes on; a new one needs a version that is not retired."""
    if framework.retired_at is None:
        return
    newest = uow.frameworks.newest(framework.code)
    instead = f"The newest published version is {newest.version}." if newest else "No other version is published."
    raise ProblemError(
        "cycle.framework_retired",
        Kind.CONFLICT,
        f"Version {framework.version} of {framework.code} was retired on {framework.retired_at.date()}: no new cycle "
        f"can be opened with it. {instead}",
        newest_version=newest.version if newest else None,
    )


def _cycle(command: OpenCycle, framework: FrameworkCopy) -> Cycle:
    return Cycle(
        code=command.code,
        name=command.name,
        framework=framework.code,
        framework_version=framework.version,
        framework_digest=framework.digest,
        population=framework.population,
        reporting_year=command.reporting_year,
        opens_on=command.opens_on,
        closes_on=command.closes_on,
        is_rehearsal=command.is_rehearsal,
        late_policy=command.late_policy,
    )
