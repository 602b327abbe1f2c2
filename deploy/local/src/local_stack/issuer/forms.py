"""Reads HTML and OAuth forms from request bodies."""

import base64
from urllib.parse import parse_qs, unquote_plus

from fastapi import Request

from local_stack.issuer.tokens import TokenError


async def read_form(request: Request) -> dict[str, str]:
    """The fields of an application/x-www-form-urlencoded body; the first value where one is repeated."""
    try:
        fields = parse_qs((await request.body()).decode("utf-8"), keep_blank_values=True)
    except ValueError:
        raise TokenError("invalid_request", "The body must be application/x-www-form-urlencoded.") from None
    return {name: values[0] for name, values in fields.items()}


def credentials(request: Request, form: dict[str, str]) -> tuple[str, str]:
    """Client id and secret: by HTTP Basic, or in the form."""
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return form.get("client_id", ""), form.get("client_secret", "")
    try:
        name, _, secret = base64.b64decode(encoded, validate=True).decode("utf-8").partition(":")
    except ValueError:  # not Base64, not ASCII, not UTF-8
        raise TokenError("invalid_client", "The Authorization header is not valid Basic.") from None
    return unquote_plus(name), unquote_plus(secret)
