"""Uploads: sending a filled-in file, how far it is, and the report of it. Each upload is a job of submission-svc."""

import asyncio
import time
from typing import Literal
from uuid import UUID, uuid4

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from reporting_svc.application.my_submission.asking import RefusedError
from reporting_svc.application.my_submission.doing import cancel_upload, send_file
from reporting_svc.application.my_submission.standing import findings, standing, upload
from reporting_svc.application.queries.catalogue import framework_version
from reporting_svc.entrypoints.pages.frame import Deps
from reporting_svc.entrypoints.pages.languages import catalogue
from reporting_svc.entrypoints.pages.my_submission.forms import read_form
from reporting_svc.entrypoints.pages.my_submission.member import (
    PRIVATE,
    PUSH,
    ROOT,
    CycleCode,
    Member,
    Own,
    Pushing,
    back,
    onward,
    told_on_the_page,
)
from reporting_svc.entrypoints.pages.my_submission.overview import name_of, names_of
from reporting_svc.entrypoints.pages.route import PageRoute

router = APIRouter(route_class=PageRoute, include_in_schema=False)
PATIENCE_SECONDS, PAUSE_SECONDS = 3.0, 0.15  # most files are done by then, which saves a slow line a page
MOST_PLACES, MOST_GROUPS, MOST_NOTES = 20, 12, 10
KEY_LENGTH = 64


@router.post("/my-submission/{cycle}/upload")
async def post_upload(cycle: CycleCode, member: Pushing, request: Request) -> Response:
    """Take a file, hand it on, and go to its report."""
    form = await read_form(request)
    if not form.file:
        return back(cycle, "upload", refused="no_file" if form.file is None else "empty_file")
    key, takes_good = form.text("key", KEY_LENGTH) or uuid4().hex, form.text("good", 3) == "yes"
    try:
        job = await run_in_threadpool(
            send_file, member.service, member.caller, cycle, form.file, key, takes_good=takes_good
        )
    except RefusedError as error:
        return told_on_the_page(cycle, error, "upload")
    await _wait_a_little(member, cycle, job)
    return onward(_address(cycle, job))


@router.api_route("/my-submission/{cycle}/uploads/{job}", methods=["GET", "HEAD"])
def get_upload(cycle: CycleCode, job: UUID, member: Own, deps: Deps) -> Response:
    """How far an upload is; when it has ended, what was saved or what is wrong."""
    found = standing(member.service, member.caller, cycle, member.population)
    read = upload(member.service, member.caller, cycle, job)
    with deps.reader.connect() as connection:
        framework = framework_version(connection, found.cycle.framework, found.cycle.framework_version)
    key = f"my.refused.{read.outcome.code}" if read.outcome else ""
    return member.frame.page(
        "my_upload.html",
        cache=PRIVATE,
        name=name_of(member, deps),
        names=names_of(framework),
        found=found,
        cycle=found.cycle,
        job=read,
        outcome=read.outcome,
        wrong=findings(member.service, member.caller, cycle, read),
        refusal=key if key in catalogue() else None,
        address=_address(cycle, job),
        form_key=uuid4().hex,
        may_push=member.may(PUSH),
        most={"places": MOST_PLACES, "groups": MOST_GROUPS, "notes": MOST_NOTES},
    )


@router.post("/my-submission/{cycle}/uploads/{job}/cancel")
def post_cancel(cycle: CycleCode, job: UUID, member: Pushing) -> Response:
    """Stop an upload before it saves anything; where it has ended already, its report says how."""
    try:
        cancel_upload(member.service, member.caller, cycle, job)
    except RefusedError as error:
        told_on_the_page(cycle, error)
    return onward(_address(cycle, job))


@router.api_route("/my-submission/{cycle}/uploads/{job}/cancel", methods=["GET", "HEAD"])
def get_after_cancel(cycle: CycleCode, job: UUID, _: Own) -> Response:
    """Who comes here by his browser's history is led to the upload."""
    return onward(_address(cycle, job))


@router.api_route("/my-submission/{cycle}/{step}", methods=["GET", "HEAD"])
def get_step(
    cycle: CycleCode, step: Literal["upload", "reasons", "submit", "withdraw", "revise", "uploads"], _: Own
) -> Response:
    """Forms are sent there; who comes by his browser's history is led to the page of the cycle."""
    return onward(f"{ROOT}/{cycle}#{step}")


def _address(cycle: str, job: UUID) -> str:
    return f"{ROOT}/{cycle}/uploads/{job}"


async def _wait_a_little(member: Member, cycle: str, job: UUID) -> None:
    """Small files are done in no time; the page then shows the report at once."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (await run_in_threadpool(upload, member.service, member.caller, cycle, job)).is_open:
        if time.monotonic() > deadline:
            return
        await asyncio.sleep(PAUSE_SECONDS)
