"""What the gateway itself answers when a request does not get through: problem documents, and pages for browsers."""

import html
from dataclasses import dataclass, field

from local_stack.gateway.values import GatewayValues

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title></head><body><main><h1>{title}</h1><p>{text}</p>
<p><a href="/">Start page</a>{link}</p></main></body></html>
"""
_CHALLENGE = {"www-authenticate": 'Bearer error="invalid_token"'}
_SIGNED_OUT = {"set-cookie": "openpmm_token=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"}


@dataclass(frozen=True)
class Reply:
    """One answer: statuses that match (op, status), the status it becomes, and its words."""

    status: int
    title: str
    code: str
    detail: str
    text: str
    op: str = "EQ"
    becomes: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    page_headers: dict[str, str] = field(default_factory=dict)
    link: str = ""

    @property
    def page(self) -> str:
        """The same for a browser. A per cent sign would start one of Envoy's own commands."""
        page = _PAGE.format(title=html.escape(self.title), text=html.escape(self.text), link=self.link)
        return page.replace("%", "%%")


def replies(values: GatewayValues) -> list[Reply]:
    """In the order in which Envoy tries them; the last one fits every error."""
    return [*_refused_token(values), *_refused_request(values), *_unreachable(values), _OTHERWISE]


def _refused_token(values: GatewayValues) -> list[Reply]:
    sign_in = ' <a href="/auth/sign-in">Sign in</a>' if "issuer" in values.endpoints else ""
    title, code = "The access token was refused", "gateway.token_refused"
    text = "You are signed out now, because your sign-in was not valid any more. Please sign in again."
    expired = "%LOCAL_REPLY_BODY%. Get a new token from the token endpoint and repeat the request."
    audience = "The token is not meant for this service (wrong audience). Get a token with the audience "
    audience += values.token_audience.replace("%", "%%") + " from the token endpoint."
    # Envoy answers 403 to a wrong audience; for the caller it is one more token that is not valid here.
    return [
        Reply(401, title, code, expired, text, page_headers=_SIGNED_OUT, link=sign_in),
        Reply(403, title, code, audience, text, "EQ", 401, _CHALLENGE, _SIGNED_OUT, sign_in),
    ]


def _refused_request(values: GatewayValues) -> list[Reply]:
    size = f"{values.max_body_bytes // (1024 * 1024)} MiB"
    large = f"A request may have at most {size}. Send it in smaller parts."
    rate = f"One client may make {values.rate_limit_per_second} requests a second. Wait as Retry-After says and repeat."
    missing = "There is nothing at this address. The API documentation at /docs lists what there is."
    malformed = "The request is not well-formed HTTP, or has a header or path that is not accepted here."
    return [
        Reply(400, "Bad request", "gateway.bad_request", malformed, malformed),
        Reply(404, "Not found", "gateway.not_found", missing, missing),
        Reply(413, "Request too large", "gateway.request_too_large", large, large),
        Reply(429, "Too many requests", "gateway.rate_limited", rate, rate),
    ]


def _unreachable(values: GatewayValues) -> list[Reply]:
    down = "The service behind this address cannot be reached at the moment. Repeat the request a little later."
    slow = f"The service behind this address did not answer within {values.timeout_seconds} seconds. Repeat it later."
    later = {"retry-after": "1"}
    return [
        Reply(503, "Service unavailable", "gateway.service_unavailable", down, down, headers=later),
        Reply(504, "The service did not answer in time", "gateway.timeout", slow, slow),
    ]


_OTHERWISE = Reply(
    400,
    "The request failed",
    "gateway.failed",
    "The gateway could not finish this request. Repeat it; if it fails again, tell the operator the request id.",
    "The gateway could not finish this request. Please try again.",
    op="GE",
)
