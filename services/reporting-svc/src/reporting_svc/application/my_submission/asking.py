"""How submission-svc is asked: always with the caller's own token; what it refuses, and that it may be away."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from service_kit.errors import Kind, ProblemError
from service_kit.problem_document import STATUS

Model = TypeVar("Model", bound=BaseModel)
AWAY, SIGN_IN = "my_submission.service_away", "my_submission.sign_in"
_KINDS = {status: kind for kind, status in STATUS.items()}


@dataclass(frozen=True)
class Caller:
    """Who asks, for which administration, in which language he reads, and until when he waits (monotonic seconds).

    A page asks several times; all its questions together must be answered before the gateway's patience ends.
    """

    administration: str
    language: str
    token: str = field(repr=False)
    waits_until: float = math.inf


@dataclass(frozen=True)
class Call:
    """One request to submission-svc; `path` is below /api/v1/cycles. A body is either a document or bytes.

    The language of the caller always comes along, as Accept-Language.
    """

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    document: Any = None
    body: bytes | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    content: bytes = field(repr=False)
    tag: str | None = None


class SubmissionApi(Protocol):
    """submission-svc, which may be slow or away."""

    def ask(self, call: Call, caller: Caller) -> Answer:
        """The answer, also a refusal.

        Raises:
            ServiceAwayError: there is none in time, or it says that it cannot answer now.
        """


class ServiceAwayError(ProblemError):
    """submission-svc does not answer now; `reason` is for the log and never holds what was sent."""

    def __init__(self, reason: str) -> None:
        super().__init__(AWAY, Kind.UNAVAILABLE, "submission-svc does not answer at the moment. Try again shortly.")
        self.reason = reason


class _ProblemSaid(BaseModel):
    """The part of a problem document that is looked at."""

    code: str = ""
    detail: str = ""


class RefusedError(ProblemError):
    """submission-svc refuses; code and text are its own."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        kind = _KINDS.get(status, Kind.INVALID)
        super().__init__(SIGN_IN if kind is Kind.UNAUTHENTICATED else code, kind, detail)


def asked(service: SubmissionApi, call: Call, caller: Caller) -> Answer:
    """The answer to a call that was taken.

    Raises:
        RefusedError: it was not.
        ServiceAwayError: as `SubmissionApi.ask`.
    """
    answer = service.ask(call, caller)
    if answer.status >= 400:
        try:
            said = _ProblemSaid.model_validate_json(answer.content)
        except ValidationError:
            said = _ProblemSaid()
        raise RefusedError(answer.status, said.code, said.detail)
    return answer


def read(service: SubmissionApi, path: str, caller: Caller, model: type[Model]) -> Model:
    """What a GET gives, in the language of the caller; only the fields that the pages use are looked at.

    Raises:
        RefusedError: it was refused.
        ServiceAwayError: as `SubmissionApi.ask`, or the answer cannot be understood.
    """
    return understood(asked(service, Call("GET", path), caller), model)


def understood(answer: Answer, model: type[Model]) -> Model:
    """The answer as a model.

    Raises:
        ServiceAwayError: it is another one than expected.
    """
    try:
        return model.model_validate_json(answer.content)
    except ValidationError as error:
        raise ServiceAwayError(f"unexpected answer: {error.error_count()} fields of {model.__name__}") from None
