"""Files that stand for answers: the list, adding one, taking one away, fetching one."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from framework_spec.document import Framework
from reporting_svc.application.my_submission.asking import RefusedError
from reporting_svc.application.my_submission.evidence import FileContent, add_file, evidence_of, fetch, take_away
from reporting_svc.application.my_submission.standing import standing
from reporting_svc.application.queries.catalogue import framework_version
from reporting_svc.entrypoints.pages.frame import Deps
from reporting_svc.entrypoints.pages.my_submission.forms import read_form
from reporting_svc.entrypoints.pages.my_submission.member import (
    PRIVATE,
    PUSH,
    CycleCode,
    Own,
    Pushing,
    back,
    told_on_the_page,
)
from reporting_svc.entrypoints.pages.my_submission.overview import names_of, told
from reporting_svc.entrypoints.pages.route import PageRoute

router = APIRouter(route_class=PageRoute, include_in_schema=False)
PAGE, LONGEST_CODE = "evidence", 64


@router.api_route("/my-submission/{cycle}/evidence", methods=["GET", "HEAD"])
def get_evidence(
    cycle: CycleCode, member: Own, deps: Deps, done: str = "", refused: str = "", about: str = ""
) -> Response:
    """The files that there are, and a form to add one; `about` was chosen for a file that was refused."""
    found = standing(member.service, member.caller, cycle, member.population)
    with deps.reader.connect() as connection:
        framework = framework_version(connection, found.cycle.framework, found.cycle.framework_version)
    return member.frame.page(
        "my_evidence.html",
        cache=PRIVATE,
        cycle=found.cycle,
        files=evidence_of(member.service, member.caller, cycle),
        choices=_choices(framework),
        names=names_of(framework),
        about=about,
        told=told(done, refused),
        may_change=found.may_upload and member.may(PUSH),
    )


@router.post("/my-submission/{cycle}/evidence")
async def post_evidence(cycle: CycleCode, member: Pushing, request: Request) -> Response:
    """Add a file to the draft."""
    form = await read_form(request)
    about = form.text("about", LONGEST_CODE)
    if not form.file or not about:
        refused = "no_evidence" if form.file is None or not about else "empty_evidence"
        return back(cycle, page=PAGE, refused=refused, about=about)
    file = FileContent(form.file_name, form.file)
    try:
        added = await run_in_threadpool(add_file, member.service, member.caller, cycle, about, file)
    except RefusedError as error:
        return told_on_the_page(cycle, error, page=PAGE, about=about)
    return back(cycle, page=PAGE, done="evidence" if added.is_new else "evidence_again")


@router.api_route("/my-submission/{cycle}/evidence/{evidence}", methods=["GET", "HEAD"])
def get_file(cycle: CycleCode, evidence: UUID, member: Own) -> Response:
    """The file, to be saved and never shown."""
    file = fetch(member.service, member.caller, cycle, evidence)
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}",
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; sandbox",
        "cache-control": PRIVATE,
    }
    return Response(file.content, media_type="application/octet-stream", headers=headers)


@router.post("/my-submission/{cycle}/evidence/{evidence}")
def post_taken_away(cycle: CycleCode, evidence: UUID, member: Pushing) -> Response:
    """Take a file away from the draft."""
    try:
        take_away(member.service, member.caller, cycle, evidence)
    except RefusedError as error:
        return told_on_the_page(cycle, error, page=PAGE)
    return back(cycle, page=PAGE, done="evidence_away")


def _choices(framework: Framework | None) -> list[tuple[str, list[tuple[str, Any]]]]:
    """What a file can stand for, in two groups: (key of the group's words, codes with their names)."""
    return [("my.evidence.inputs", _inputs(framework)), ("my.evidence.kpis", _kpis(framework))]


def _inputs(framework: Framework | None) -> list[tuple[str, Any]]:
    return [(code, each.name) for code, each in framework.inputs_by_code.items()] if framework else []


def _kpis(framework: Framework | None) -> list[tuple[str, Any]]:
    return [(kpi.code, kpi.name) for kpi in framework.kpis()] if framework else []
