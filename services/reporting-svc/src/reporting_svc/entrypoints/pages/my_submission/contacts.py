"""Who is told by e-mail that a submission was returned or accepted, or that its deadline is near."""

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from reporting_svc.application.my_submission.asking import RefusedError
from reporting_svc.application.my_submission.contacts import Contact, contacts_of, keep_contacts
from reporting_svc.application.my_submission.standing import own_cycle
from reporting_svc.entrypoints.pages.my_submission.forms import Form, read_form
from reporting_svc.entrypoints.pages.my_submission.member import PRIVATE, CycleCode, Member, Person, Speaking, back
from reporting_svc.entrypoints.pages.my_submission.overview import told
from reporting_svc.entrypoints.pages.route import PageRoute
from service_kit.errors import Kind
from service_kit.languages import LANGUAGES

router = APIRouter(route_class=PageRoute, include_in_schema=False)
MOST_CONTACTS, EMPTY_LINES, LONGEST_FIELD = 20, 2, 254
NOT_TAKEN = (Kind.INVALID, Kind.MALFORMED)


@router.api_route("/my-submission/{cycle}/contacts", methods=["GET", "HEAD"])
def get_contacts(cycle: CycleCode, member: Person, done: str = "") -> Response:
    """The contacts, and empty lines for more."""
    return _page(cycle, member, contacts_of(member.service, member.caller, cycle).contacts, told(done, ""))


@router.post("/my-submission/{cycle}/contacts")
async def post_contacts(cycle: CycleCode, member: Speaking, request: Request) -> Response:
    """Keep the contacts as they stand in the form; lines that were emptied are taken out."""
    contacts = _filled_in(await read_form(request))
    try:
        await run_in_threadpool(keep_contacts, member.service, member.caller, cycle, contacts)
    except RefusedError as error:
        if error.kind not in NOT_TAKEN:
            raise
        refused = ("refused", "my.refused.contacts")
        return await run_in_threadpool(_page, cycle, member, contacts, refused, status=422)
    return back(cycle, page="contacts", done="contacts")


def _page(
    cycle: str, member: Member, contacts: list[Contact], words: tuple[str, str] | None, status: int = 200
) -> Response:
    """The form with these lines: what was typed is never lost, also when it is not taken."""
    empty = min(EMPTY_LINES, MOST_CONTACTS - len(contacts))
    blank = Contact(email="", name="", language=member.frame.say.language)
    return member.frame.page(
        "my_contacts.html",
        status=status,
        cache=PRIVATE,
        cycle=own_cycle(member.service, member.caller, cycle, member.population),
        contacts=[*contacts, *[blank] * empty],
        is_mail_sent=contacts_of(member.service, member.caller, cycle).is_mail_sent,
        told=words,
    )


def _filled_in(form: Form) -> list[Contact]:
    lines = (_line(form, place) for place in range(MOST_CONTACTS))
    return [each for each in lines if each.email or each.name]


def _line(form: Form, place: int) -> Contact:
    said = {name: form.text(f"{name}.{place}", LONGEST_FIELD) for name in ("email", "name", "language")}
    if said["language"] not in LANGUAGES:
        said["language"] = LANGUAGES[0]
    return Contact(**said)
