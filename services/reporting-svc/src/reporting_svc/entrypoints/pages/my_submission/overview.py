"""Where I stand: the cycles in which my administration may report, and the page of one of them, step by step."""

from uuid import uuid4

from fastapi import APIRouter, Response

from reporting_svc.application.my_submission.readers import OneWarning, Warnings
from reporting_svc.application.my_submission.standing import my_cycles, standing
from reporting_svc.application.queries.catalogue import administration_name, framework_version
from reporting_svc.entrypoints.pages.frame import Deps
from reporting_svc.entrypoints.pages.languages import catalogue
from reporting_svc.entrypoints.pages.my_submission.disclosure import levels_of
from reporting_svc.entrypoints.pages.my_submission.member import PRIVATE, PUSH, SUBMIT, CycleCode, Member, Own
from reporting_svc.entrypoints.pages.route import PageRoute

router = APIRouter(route_class=PageRoute, include_in_schema=False)
MOST_WARNINGS = 25  # on one page, so that it stays small on a slow line
REASONS = ("confirmed", "correction", "methodology_change", "source_change", "exceptional_event", "other")


@router.api_route("/my-submission", methods=["GET", "HEAD"])
def get_my_cycles(member: Own, deps: Deps) -> Response:
    """The cycles in which the administration may report."""
    cycles = my_cycles(member.service, member.caller, member.population)
    return member.frame.page("my_cycles.html", cache=PRIVATE, name=name_of(member, deps), cycles=cycles)


@router.api_route("/my-submission/{cycle}", methods=["GET", "HEAD"])
def get_my_submission(
    cycle: CycleCode, member: Own, deps: Deps, done: str = "", refused: str = "", change: str = ""
) -> Response:
    """One cycle: where the administration stands, and each step to a submission."""
    found = standing(member.service, member.caller, cycle, member.population)
    with deps.reader.connect() as connection:
        framework = framework_version(connection, found.cycle.framework, found.cycle.framework_version)
    return member.frame.page(
        "my_cycle.html",
        cache=PRIVATE,
        name=name_of(member, deps),
        found=found,
        cycle=found.cycle,
        framework=framework,
        told=told(done, refused),
        form_key=uuid4().hex,
        warnings=_shown(found.warnings, change),
        reasons=REASONS,
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


def _shown(warnings: Warnings | None, change: str) -> dict[str, list[OneWarning]]:
    """Warnings to answer now, how many wait behind them, and those that have a reason."""
    items = warnings.items if warnings else []
    asked = [each for each in items if each.reason is None or each.id == change]
    return {
        "asked": asked[:MOST_WARNINGS],
        "waiting": asked[MOST_WARNINGS:],
        "answered": [each for each in items if each not in asked],
    }
