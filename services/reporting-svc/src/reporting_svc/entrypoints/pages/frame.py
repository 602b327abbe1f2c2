"""What surrounds every page: the language, who is looking, the headers, and rendering.

On pages the token may come from the sign-in cookie. A cookie that is not valid any more makes a signed-out visitor with
a note, not an error.
"""

from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from access_policy import MOST_OPEN, PUBLIC_VIEWER, REACH, Level, Relation, Role, Viewer
from access_policy.viewer import MEMBER_ROLES
from reporting_svc.entrypoints.http.dependencies import Deps, dependencies_of
from reporting_svc.entrypoints.pages.assets import address_of
from reporting_svc.entrypoints.pages.languages import COOKIE as LANGUAGE_COOKIE
from reporting_svc.entrypoints.pages.languages import Speech, chosen_language
from service_kit.errors import ProblemError
from service_kit.languages import LANGUAGES

TOKEN_COOKIE = "openpmm_token"  # noqa: S105 - a name, not a secret
YEAR_SECONDS = 31_536_000
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
CACHE = "private, no-cache"
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": CACHE,
    "vary": "Cookie, Authorization, Accept-Language",
}
_ROLES_IN_ORDER = (
    Role.SECRETARIAT,
    Role.CONTACT_POINT,
    Role.SYSTEM,
    Role.REVIEWER,
    Role.REGIONAL_OFFICE,
    Role.INTEGRATOR,
    Role.LOADER,
)


@dataclass(frozen=True)
class Frame:
    """A page in the making."""

    request: Request
    say: Speech
    viewer: Viewer
    is_sign_in_stale: bool = False

    @property
    def role(self) -> str:
        """The role that says most about what the viewer sees; `public` without any."""
        return next((role.value for role in _ROLES_IN_ORDER if role in self.viewer.roles), "public")

    def sees(self) -> str:
        """What the viewer sees, in words."""
        viewer = self.viewer
        return self.say(
            f"sees.{self.role}",
            administration=viewer.administration or "",
            region=viewer.region or "",
            level=self._words(viewer.level or self._reached(Relation.OTHER)),
            own_level=self._words(self._reached(Relation.OWN_REGION)),
        )

    def _reached(self, relation: Relation) -> Level:
        return next((REACH[who] for who in REACH if who == (self.role, relation)), MOST_OPEN)

    def _words(self, level: Level) -> str:
        return self.say("sees.open" if level is MOST_OPEN else "sees.level", level=self.say.name(level.entry.name))

    @property
    def is_member(self) -> bool:
        """Whether the viewer acts for an administration, so that "My submission" is for him."""
        return self.viewer.has_role(*MEMBER_ROLES)

    def page(
        self, template: str, *, status: int = 200, policy: str = POLICY, cache: str = CACHE, **content: Any
    ) -> HTMLResponse:
        """Render a template inside the frame."""
        say = self.say
        html = (
            _environment()
            .get_template(template)
            .render(frame=self, say=say, asset=address_of, languages=LANGUAGES, path=self.request.url.path, **content)
        )
        own = {"content-language": say.language, "content-security-policy": policy, "cache-control": cache}
        response = HTMLResponse(html, status_code=status, headers={**HEADERS, **own})
        if self.request.query_params.get("language") == say.language:
            response.set_cookie(LANGUAGE_COOKIE, say.language, max_age=YEAR_SECONDS, samesite="lax", httponly=True)
        return response


def frame_of(request: Request) -> Frame:
    """The frame of a request. Never fails for a bad cookie."""
    say = Speech(chosen_language(request))
    authenticator = dependencies_of(request).authenticator
    header = request.headers.get("authorization")
    if header is not None:
        return Frame(request, say, authenticator.viewer(header))
    cookie = request.cookies.get(TOKEN_COOKIE)
    if not cookie:
        return Frame(request, say, PUBLIC_VIEWER)
    try:
        return Frame(request, say, authenticator.viewer(f"Bearer {cookie}"))
    except ProblemError:
        return Frame(request, say, PUBLIC_VIEWER, is_sign_in_stale=True)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("reporting_svc.entrypoints.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


PageFrame = Annotated[Frame, Depends(frame_of)]
__all__ = ["Deps", "Frame", "PageFrame", "frame_of"]
