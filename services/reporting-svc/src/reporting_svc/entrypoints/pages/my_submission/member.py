"""Who these pages are for: a contact point or system of an administration, and forms only from our own pages."""

import time
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode, urlsplit

from fastapi import Depends, Path, Request, Response
from fastapi.responses import RedirectResponse

from access_policy import Role
from access_policy.viewer import MEMBER_ROLES
from reporting_svc.application.my_submission.asking import SIGN_IN, Caller, RefusedError, SubmissionApi
from reporting_svc.entrypoints.pages.frame import Deps, Frame, PageFrame
from service_kit.errors import Kind, ProblemError

ROOT = "/my-submission"
PUSH, SUBMIT = "submission:push", "submission:submit"
PATIENCE_SECONDS = 12.0  # for all that one page asks; the gateway has 15
PRIVATE = "no-store"  # on a shared machine nobody finds figures in the browser's cache
CycleCode = Annotated[str, Path(pattern=r"^[a-z][a-z0-9-]{1,63}$")]
_TOLD_ON_THE_PAGE = frozenset(
    {
        Kind.CONFLICT,
        Kind.PRECONDITION_FAILED,
        Kind.INVALID,
        Kind.TOO_MANY,
        Kind.TOO_LARGE,
        Kind.MALFORMED,
        Kind.UNSUPPORTED_MEDIA,
    }
)


@dataclass(frozen=True)
class Member:
    """Somebody who acts for an administration, with what he may do and whom to ask."""

    frame: Frame
    caller: Caller
    service: SubmissionApi

    @property
    def population(self) -> str:
        """The register that the administration is a member of."""
        return self.frame.viewer.population

    @property
    def is_person(self) -> bool:
        """Whether this is a contact point, who may also write to the secretariat."""
        return self.frame.viewer.has_role(Role.CONTACT_POINT)

    def may(self, scope: str) -> bool:
        """Whether he may push or submit: contact points always, systems with the scope."""
        return self.is_person or scope in self.frame.viewer.scopes


def member_of(frame: PageFrame, deps: Deps) -> Member:
    """The member behind a request.

    Raises:
        ProblemError: `my_submission.sign_in` (401), `my_submission.not_a_member` (403).
    """
    viewer = frame.viewer
    if not viewer.roles or viewer.token is None:
        raise ProblemError(SIGN_IN, Kind.UNAUTHENTICATED, "These pages need a sign-in.")
    if not viewer.has_role(*MEMBER_ROLES) or viewer.administration is None:
        raise ProblemError("my_submission.not_a_member", Kind.FORBIDDEN, "These pages are for administrations.")
    waits_until = time.monotonic() + PATIENCE_SECONDS
    caller = Caller(viewer.administration, frame.say.language, viewer.token, waits_until)
    return Member(frame, caller, deps.submissions)


Own = Annotated[Member, Depends(member_of)]


def _sending(member: Own, request: Request) -> Member:
    """A form of our own pages: the cookie comes along with forms of other sites in some browsers, the truth as well."""
    if not _is_from_here(request):
        raise ProblemError("my_submission.from_elsewhere", Kind.FORBIDDEN, "This form was not sent from our pages.")
    return member


Sending = Annotated[Member, Depends(_sending)]


def _pushing(member: Sending) -> Member:
    return _with_scope(member, PUSH)


def _submitting(member: Sending) -> Member:
    return _with_scope(member, SUBMIT)


def _person(member: Own) -> Member:
    if not member.is_person:
        raise ProblemError("my_submission.scope_missing", Kind.FORBIDDEN, "This is for contact points only.")
    return member


Person = Annotated[Member, Depends(_person)]


def _speaking(member: Sending, _: Person) -> Member:
    return member


Speaking = Annotated[Member, Depends(_speaking)]
Pushing = Annotated[Member, Depends(_pushing)]
Submitting = Annotated[Member, Depends(_submitting)]


def back(cycle: str, anchor: str = "", page: str = "", **told: str) -> Response:
    """Send the browser on to the page of the cycle or one below it, so that reloading sends nothing twice.

    What is told with an anchor stands there: a browser that jumps to a step shows nothing of the page's top.
    """
    said = told | ({"at": anchor} if told and anchor else {})
    query = f"?{urlencode(said)}" if said else ""
    return onward(f"{ROOT}/{cycle}{'/' + page if page else ''}{query}{'#' + anchor if anchor else ''}")


def onward(address: str) -> Response:
    """Send the browser on with a GET."""
    return RedirectResponse(address, status_code=303, headers={"cache-control": PRIVATE})


def told_on_the_page(cycle: str, error: RefusedError, anchor: str = "", page: str = "", **kept: str) -> Response:
    """A refusal that the page of the cycle, or one below it, explains; `kept` was filled in and stays so.

    Raises:
        RefusedError: it is one that has a page of its own.
    """
    if error.kind not in _TOLD_ON_THE_PAGE:
        raise error
    return back(cycle, anchor, page, refused=error.code, **kept)


def _with_scope(member: Member, scope: str) -> Member:
    if not member.may(scope):
        raise ProblemError("my_submission.scope_missing", Kind.FORBIDDEN, f"The sign-in lacks the scope {scope}.")
    return member


def _is_from_here(request: Request) -> bool:
    """Browsers say where a form comes from. Who brings a token himself, and no cookie, is no browser's victim."""
    headers = request.headers
    if headers.get("authorization") is not None:
        return True
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    try:
        return urlsplit(headers.get("origin", "")).netloc == headers.get("host")
    except ValueError:
        return False
