"""What is done with a submission besides sending files: reasons, answers to threads, submitting and taking back."""

from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from reporting_svc.application.my_submission.asking import RefusedError, read
from reporting_svc.application.my_submission.doing import GivenReason, Move, answer_thread, give_reasons, move
from reporting_svc.application.my_submission.readers import OneWarning, Warnings
from reporting_svc.application.my_submission.standing import submission_path
from reporting_svc.entrypoints.pages.frame import Deps
from reporting_svc.entrypoints.pages.my_submission.forms import Form, read_form
from reporting_svc.entrypoints.pages.my_submission.member import (
    CycleCode,
    Member,
    Own,
    Pushing,
    Speaking,
    Submitting,
    back,
    told_on_the_page,
)
from reporting_svc.entrypoints.pages.my_submission.overview import MOST_WARNINGS, REASONS, Typed, cycle_page
from reporting_svc.entrypoints.pages.route import PageRoute

router = APIRouter(route_class=PageRoute, include_in_schema=False)
LONGEST_ID, LONGEST_TEXT = 200, 2_000


@router.post("/my-submission/{cycle}/reasons")
async def post_reasons(cycle: CycleCode, member: Pushing, request: Request, deps: Deps) -> Response:
    """Keep the reasons that were given; what is not filled in stays open, what is half filled in stays as typed."""
    form = await read_form(request)
    try:
        return await run_in_threadpool(_keep_reasons, cycle, member, form, deps)
    except RefusedError as error:
        return told_on_the_page(cycle, error, "reasons")


@router.post("/my-submission/{cycle}/threads/{thread}")
async def post_answer(cycle: CycleCode, thread: UUID, member: Speaking, request: Request) -> Response:
    """Answer the secretariat."""
    text = (await read_form(request)).text("text", LONGEST_TEXT)
    if not text:
        return back(cycle, "threads", refused="no_text")
    try:
        await run_in_threadpool(answer_thread, member.service, member.caller, cycle, thread, text)
    except RefusedError as error:
        return told_on_the_page(cycle, error, "threads")
    return back(cycle, "threads", done="answered")


@router.api_route("/my-submission/{cycle}/threads/{thread}", methods=["GET", "HEAD"])
def get_after_answer(cycle: CycleCode, thread: UUID, _: Own) -> Response:
    """Who comes here by his browser's history is led to the page of the cycle."""
    return back(cycle, "threads")


@router.post("/my-submission/{cycle}/submit")
async def post_submit(cycle: CycleCode, member: Submitting, request: Request) -> Response:
    """Hand the submission in; the sentence of confirmation must have been ticked."""
    if (await read_form(request)).text("confirmed", 3) != "yes":
        return back(cycle, "submit", refused="not_confirmed")
    return await run_in_threadpool(_moved, cycle, member, "submit")


@router.post("/my-submission/{cycle}/withdraw")
def post_withdraw(cycle: CycleCode, member: Submitting) -> Response:
    """Take the submission back."""
    return _moved(cycle, member, "withdraw")


@router.post("/my-submission/{cycle}/revise")
def post_revise(cycle: CycleCode, member: Submitting) -> Response:
    """Open an accepted submission for changes."""
    return _moved(cycle, member, "revise")


def _moved(cycle: str, member: Member, how: Move) -> Response:
    try:
        move(member.service, member.caller, cycle, how)
    except RefusedError as error:
        return told_on_the_page(cycle, error)
    return back(cycle, done=how)


def _keep_reasons(cycle: str, member: Member, form: Form, deps: Deps) -> Response:
    path = f"{submission_path(cycle, member.caller)}/warnings"
    known = {each.id: each for each in read(member.service, path, member.caller, Warnings).items}
    filled = [_filled(form, place, known) for place in range(MOST_WARNINGS)]
    given = [each for _, each in filled if isinstance(each, GivenReason)]
    typed = {warning: each for warning, each in filled if isinstance(each, Typed)}
    if given:
        give_reasons(member.service, member.caller, cycle, given)
    if typed:
        words = ("refused", "my.refused.reason_incomplete" if given else "my.refused.no_reason_complete")
        return cycle_page(cycle, member, deps, words, "reasons", typed=typed)
    return back(cycle, "reasons", done="reasons") if given else back(cycle, "reasons", refused="no_reason")


def _filled(form: Form, place: int, known: dict[str, OneWarning]) -> tuple[str, GivenReason | Typed | None]:
    """The warning at a place of the form, and what was filled in for it; None for nothing."""
    warning = known.get(form.text(f"id.{place}", LONGEST_ID))
    code, text = form.text(f"code.{place}", 40), form.text(f"text.{place}", LONGEST_TEXT)
    if warning is None:
        return "", None
    earlier = warning.earlier_reason
    if not code and earlier and earlier.code and form.text(f"again.{place}", 3) == "yes":
        return warning.id, GivenReason(warning.id, earlier.code, earlier.text)
    if code in REASONS and (text or code != "other"):
        return warning.id, GivenReason(warning.id, code, text or None)
    return warning.id, Typed(code, text) if text or code in REASONS else None
