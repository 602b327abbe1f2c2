"""Who sees what: the member's choice of a level for each KPI, and what the choice comes to."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from access_policy import LEVELS, MOST_CLOSED
from framework_spec.document import Framework
from reporting_svc.application.my_submission.asking import RefusedError
from reporting_svc.application.my_submission.disclosing import choose, chosen
from reporting_svc.application.my_submission.readers import Disclosure
from reporting_svc.application.my_submission.standing import own_cycle
from reporting_svc.application.queries.catalogue import framework_version
from reporting_svc.entrypoints.pages.frame import Deps
from reporting_svc.entrypoints.pages.my_submission.forms import Form, read_form
from reporting_svc.entrypoints.pages.my_submission.member import (
    PRIVATE,
    SUBMIT,
    CycleCode,
    Own,
    Submitting,
    back,
    told_on_the_page,
)
from reporting_svc.entrypoints.pages.route import PageRoute

router = APIRouter(route_class=PageRoute, include_in_schema=False)
CLOSED = Disclosure(default=MOST_CLOSED, kpis={})
FIELD, LONGEST_FIELD, LONGEST_TAG = "kpi.", 80, 100


@router.api_route("/my-submission/{cycle}/disclosure", methods=["GET", "HEAD"])
def get_disclosure(cycle: CycleCode, member: Own, deps: Deps) -> Response:
    """The choice, KPI by KPI."""
    found = own_cycle(member.service, member.caller, cycle, member.population)
    present, tag = chosen(member.service, member.caller, cycle)
    with deps.reader.connect() as connection:
        framework = framework_version(connection, found.framework, found.framework_version)
    return member.frame.page(
        "my_disclosure.html",
        cache=PRIVATE,
        cycle=found,
        chosen=present or CLOSED,
        tag=tag,
        kpis=[(kpi.code, kpi.name) for kpi in framework.kpis()] if framework else [],
        choices=LEVELS,
        may_submit=member.may(SUBMIT),
    )


@router.post("/my-submission/{cycle}/disclosure")
async def post_disclosure(cycle: CycleCode, member: Submitting, request: Request) -> Response:
    """Keep the choice as a whole, unless somebody has changed it meanwhile."""
    form = await read_form(request)
    default = form.text("default", LONGEST_FIELD)
    if default not in LEVELS:
        return back(cycle, "disclosure", refused="no_level")
    choice, tag = Disclosure(default=default, kpis=_kpis(form)), form.text("tag", LONGEST_TAG)
    try:
        await run_in_threadpool(choose, member.service, member.caller, cycle, choice, tag or None)
    except RefusedError as error:
        return told_on_the_page(cycle, error, "disclosure")
    return back(cycle, "disclosure", done="disclosure")


def levels_of(disclosure: Disclosure | None, framework: Framework | None) -> list[dict[str, Any]]:
    """Each level with the KPIs that have it, and whether it is that of all not named; nothing without a choice."""
    if disclosure is None:
        return []
    codes = [kpi.code for kpi in framework.kpis()] if framework else sorted(disclosure.kpis)
    by_level = {
        level: [code for code in codes if disclosure.kpis.get(code, disclosure.default) == level] for level in LEVELS
    }
    return [
        {"level": level, "codes": found, "is_default": level == disclosure.default, "is_all": len(found) == len(codes)}
        for level, found in by_level.items()
    ]


def _kpis(form: Form) -> dict[str, str]:
    named = [name[:LONGEST_FIELD] for name in form.fields if name.startswith(FIELD)]
    said = {name.removeprefix(FIELD): form.text(name, LONGEST_FIELD) for name in named}
    return {code: level for code, level in said.items() if level in LEVELS}
