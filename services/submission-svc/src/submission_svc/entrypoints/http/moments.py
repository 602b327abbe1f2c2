"""Moments in addresses: what was known then is asked for, so none lies in the future."""

import re
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Query
from pydantic import AwareDatetime, BeforeValidator

from service_kit.errors import Finding, Kind, ProblemError
from submission_svc.entrypoints.http.dependencies import Deps

WRITTEN = "write it with its time zone, like 2026-01-01T00:00:00Z or 2026-01-01T01:00:00%2B01:00"
_SPACED_OFFSET = re.compile(r"(.+:\d\d(?:\.\d+)?) (\d\d:?\d\d)")


def _as_meant(sent: str) -> str:
    """A `+` in an address means a space: one before an offset can have been nothing else. Bare numbers are no moments.

    Raises:
        ValueError: it does not begin with a date.
    """
    if re.match(r"\d{4}-\d\d-\d\d", sent) is None:
        raise ValueError(WRITTEN)
    return _SPACED_OFFSET.sub(r"\1+\2", sent)


Sent = Annotated[
    Annotated[AwareDatetime, BeforeValidator(_as_meant)] | None,
    Query(description=f"What was known at that moment, which has passed: {WRITTEN}. Left out: now"),
]


def _passed(deps: Deps, as_of: Sent = None) -> datetime | None:
    now = deps.clock()
    if as_of is None or as_of <= now:
        return as_of
    message = f"The query parameter `as_of` lies in the future: it is {now:%Y-%m-%dT%H:%M:%SZ} now."
    hint = "Leave it out to read what is known now."
    french = f"Le paramètre `as_of` est dans le futur : il est maintenant {now:%Y-%m-%dT%H:%M:%SZ}."
    hint_fr = "Omettez-le pour lire ce qui est connu maintenant."
    found = Finding("request.in_the_future", message, column="as_of", hint=hint, french=french, french_hint=hint_fr)
    raise ProblemError(
        "request.in_the_future",
        Kind.INVALID,
        f"{message} {hint}",
        french=f"{french} {hint_fr}",
        findings=(found,),
    )


AsOf = Annotated[datetime | None, Depends(_passed)]
