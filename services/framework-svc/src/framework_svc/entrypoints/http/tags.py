"""ETag and If-Match of drafts and registers: who changes one says which state of it he has read."""

from typing import Annotated, Any

from fastapi import Depends, Header

IfMatch = Annotated[
    str | None,
    Header(
        max_length=1_000,
        description="The ETag of the state that you have read. Without it nothing that exists is changed (428);"
        " if it is no longer in that state, nothing is changed either (412, with what changed meanwhile)",
    ),
]
TAG_HEADER: dict[str, Any] = {
    "ETag": {"description": "Names this state; send it as If-Match with a change", "schema": {"type": "string"}}
}


def _expected(if_match: IfMatch = None) -> frozenset[str] | None:
    """The tags of an If-Match header. The form that was read does not matter: a tag names a state, not bytes."""
    if if_match is None:
        return None
    tags = (tag.strip().removeprefix("W/").strip('"') for tag in if_match.split(","))
    return frozenset(tag.partition(";")[0] for tag in tags)


Expected = Annotated[frozenset[str] | None, Depends(_expected)]
