"""ETag and If-Match: who decides on a submission may say which state of it he has read."""

from typing import Annotated, Any

from fastapi import Depends, Header, Response

from service_kit.problems import responses
from submission_svc.domain.submission import Submission
from submission_svc.entrypoints.http.schemas import SubmissionState

TAGGED: dict[int | str, dict[str, Any]] = {
    200: {
        "headers": {
            "ETag": {
                "description": "Names this state of the submission with its content; send it with a change as If-Match",
                "schema": {"type": "string"},
            }
        }
    }
}
CHECKED: dict[int | str, dict[str, Any]] = {**TAGGED, **responses(412)}
IfMatch = Annotated[
    str | None,
    Header(
        description="The ETag of the state that you have read: if the submission is no longer in that state, nothing is"
        " changed, and the 412 brings the present ETag"
    ),
]


def _expected(if_match: IfMatch = None) -> frozenset[str] | None:
    """The tags of an If-Match header. A weak one is as good: it names a state of the submission, not bytes."""
    if if_match is None:
        return None
    return frozenset(tag.strip().removeprefix("W/").strip('"') for tag in if_match.split(","))


Expected = Annotated[frozenset[str] | None, Depends(_expected)]


def tell_tag(response: Response, tag: str) -> None:
    """Say which state this is."""
    response.headers["etag"] = f'"{tag}"'


def told(submission: Submission, response: Response) -> SubmissionState:
    """How far the submission is, with its tag."""
    tell_tag(response, submission.tag)
    return SubmissionState(
        cycle=submission.cycle,
        administration=submission.administration,
        status=submission.status,
        revision=submission.revision,
        return_reason=submission.return_reason,
        in_force_at=submission.in_force_at,
    )
