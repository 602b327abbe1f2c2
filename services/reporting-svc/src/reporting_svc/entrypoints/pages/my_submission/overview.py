"""Where I stand: the cycles in which my administration may report, and the page of one of them, step by step."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import uuid4

from fastapi import APIRouter, Response

from framework_spec.document import Framework
from reporting_svc.application.my_submission.readers import OneWarning, Warnings
from reporting_svc.application.my_submission.standing import Standing, my_cycles, standing
from reporting_svc.application.queries.catalogue import administration_name, framework_version
from reporting_svc.entrypoints.pages.frame import Deps
from reporting_svc.entrypoints.pages.languages import catalogue
from reporting_svc.entrypoints.pages.my_submission.disclosure import levels_of
from reporting_svc.entrypoints.pages.my_submission.member import PRIVATE, PUSH, SUBMIT, CycleCode, Member, Own
from reporting_svc.entrypoints.pages.route import PageRoute

router = APIRouter(route_class=PageRoute, include_in_schema=False)
MOST_WARNINGS = 25  # on one page, so that it stays small on a slow line
REASONS = ("confirmed", "correction", "methodology_change", "source_change", "exceptional_event", "other")
STEPS = ("upload", "reasons", "disclosure", "submit")  # where something can be told


class Typed(NamedTuple):
    """A reason that was begun and cannot be kept as it is."""

    code: str
    text: str


@router.api_route("/my-submission", methods=["GET", "HEAD"])
def get_my_cycles(member: Own, deps: Deps) -> Response:
    """The cycles in which the administration may report."""
    cycles = my_cycles(member.service, member.caller, member.population)
    return member.frame.page("my_cycles.html", cache=PRIVATE, name=name_of(member, deps), cycles=cycles)


@router.api_route("/my-submission/{cycle}", methods=["GET", "HEAD"])
def get_my_submission(
    cycle: CycleCode, member: Own, deps: Deps, done: str = "", refused: str = "", at: str = "", change: str = ""
) -> Response:
    """One cycle: where the administration stands, and each step to a submission."""
    return cycle_page(cycle, member, deps, told(done, refused), at, change)


def cycle_page(
    cycle: str,
    member: Member,
    deps: Deps,
    words: tuple[str, str] | None,
    at: str = "",
    change: str = "",
    typed: Mapping[str, Typed] | None = None,
) -> Response:
    """The page of a cycle, with what is told at a step; what was typed and not kept is never lost."""
    found = standing(member.service, member.caller, cycle, member.population)
    with deps.reader.connect() as connection:
        framework = framework_version(connection, found.cycle.framework, found.cycle.framework_version)
    return member.frame.page(
        "my_cycle.html",
        status=422 if typed else 200,
        cache=PRIVATE,
        name=name_of(member, deps),
        found=found,
        cycle=found.cycle,
        framework=framework,
        told=words,
        told_at=at if _is_shown(at, found) else "",
        form_key=uuid4().hex,
        warnings=_shown(found.warnings, {change, *(typed or ())}),
        typed=typed or {},
        reasons=REASONS,
        names=names_of(framework),
        administration=member.caller.administration,
        levels=levels_of(found.submission.disclosure if found.submission else None, framework),
        may_write=member.is_person,
        may_push=member.may(PUSH),
        may_submit=member.may(SUBMIT),
    )


def name_of(member: Member, deps: Deps) -> str:
    """The name of the member's administration."""
    with deps.reader.connect() as connection:
        return administration_name(connection, member.population, member.caller.administration)


def told(done: str, refused: str) -> tuple[str, str] | None:
    """What the step before came to: (kind, key of its words); only words of ours are ever shown."""
    for kind, said in (("done", done), ("refused", refused)):
        if said:
            key = f"my.{kind}.{said}"
            return (kind, key) if key in catalogue() else ((kind, "my.refused.else") if kind == "refused" else None)
    return None


def names_of(framework: Framework | None) -> dict[str, Any]:
    """The names of all KPIs and inputs by code."""
    if framework is None:
        return {}
    return {kpi.code: kpi.name for kpi in framework.kpis()} | {
        code: each.name for code, each in framework.inputs_by_code.items()
    }


def _is_shown(place: str, found: Standing) -> bool:
    """Whether the page has this place; threads are there only while they are open."""
    return place in STEPS or (place == "threads" and bool(found.threads))


def _shown(warnings: Warnings | None, changing: set[str]) -> dict[str, list[OneWarning]]:
    """Warnings to answer now, how many wait behind them, and those that have a reason."""
    items = warnings.items if warnings else []
    asked = [each for each in items if each.reason is None or each.id in changing]
    return {
        "asked": asked[:MOST_WARNINGS],
        "waiting": asked[MOST_WARNINGS:],
        "answered": [each for each in items if each not in asked],
    }
