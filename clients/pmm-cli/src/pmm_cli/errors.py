"""What can go wrong between this client and the server, and the exit code that scripts see."""

from enum import IntEnum
from typing import Any

import httpx


class Exit(IntEnum):
    """Exit codes; they are part of the interface."""

    OK = 0
    REFUSED = 1
    USAGE = 2
    NOT_ALLOWED = 3
    UNAVAILABLE = 4
    CANCELLED = 5


ADVICE = {
    "submission.incomplete": "With pmm: `pmm warnings CYCLE` shows the figures, `pmm explain CYCLE ID` gives a reason.",
    "submission.locked": "With pmm: `pmm withdraw CYCLE` takes it back, `pmm revise CYCLE` opens what was accepted.",
    "thread.resolved": "With pmm: `pmm threads reopen CYCLE THREAD`.",
    "score.not_found": "Before your own is accepted, `pmm scores CYCLE --preview` shows what it would score.",
}


class PmmError(Exception):
    """Something to tell the user in one sentence, with the exit code."""

    def __init__(self, code: str, message: str, exit_code: Exit, problem: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.exit_code = exit_code
        self.problem = problem or {"code": code, "detail": message}
        self.is_shown = False  # whether the errors in `problem` have been told already
        self.advice = (*self._warned(), *((ADVICE[code],) if code in ADVICE else ()))

    def lines(self) -> list[str]:
        """The first errors of the problem, one a line; none where they have been shown."""
        found = () if self.is_shown else self.problem.get("errors") or ()
        return [f"  {_place(each)}{each.get('message', '')} {each.get('hint') or ''}".rstrip() for each in found[:20]]

    def _warned(self) -> list[str]:
        """What stands in the way of submitting."""
        broken = [
            f"  broken rule {each.get('rule', '')}: {each['text']}" for each in self.problem.get("blocking") or ()
        ]
        return [*broken, *(f"  {each['id']}: {each['text']}" for each in self.problem.get("warnings") or ())]


class RefusedError(PmmError):
    """The server's refusal, in its own words."""

    def __init__(self, response: httpx.Response) -> None:
        self.status = response.status_code
        problem = problem_of(response)
        code = str(problem.get("code") or f"http.{self.status}")
        detail = str(problem.get("detail") or problem.get("error_description") or problem.get("title") or "")
        request = response.request
        message = detail or f"{request.method} {request.url.path} was answered with {self.status}."
        super().__init__(code, message, _exit_code(self.status), problem or None)


class UnreachableError(PmmError):
    """No answer at all."""

    def __init__(self, url: str, error: Exception) -> None:
        self.reason = (str(error) or type(error).__name__).rstrip(".")
        super().__init__("server.unreachable", f"{url} does not answer: {self.reason}.", Exit.UNAVAILABLE)


class WrongServerError(PmmError):
    """An answer that OpenPMM does not give: another program at this address, or one in between."""

    def __init__(self, response: httpx.Response) -> None:
        request = response.request
        url = f"{request.url.scheme}://{request.url.netloc.decode()}"
        said = f"{request.method} {request.url.path} was answered with {response.status_code}"
        elsewhere = f" and sends to {response.headers['location']}" if "location" in response.headers else ""
        message = f"{url} does not answer as OpenPMM: {said}{elsewhere}. Check the address."
        super().__init__("server.wrong", message, Exit.UNAVAILABLE)


def refusal(response: httpx.Response) -> PmmError:
    """What an answer that is no success means."""
    is_ours = bool(problem_of(response)) or response.status_code in (401, 403) or response.status_code >= 429
    return RefusedError(response) if is_ours else WrongServerError(response)


def document_of(response: httpx.Response) -> Any:
    """The JSON of an answer.

    Raises:
        WrongServerError: it holds none.
    """
    try:
        return response.json()
    except ValueError:
        raise WrongServerError(response) from None


def usage(message: str) -> PmmError:
    """The command was called in a way that makes no sense."""
    return PmmError("usage", message, Exit.USAGE)


def problem_of(response: httpx.Response) -> dict[str, Any]:
    """The JSON object of an answer, most often a problem document; nothing when it holds none."""
    try:
        problem = response.json()
    except ValueError:
        return {}
    return problem if isinstance(problem, dict) else {}


def _place(finding: dict[str, Any]) -> str:
    parts = [f"row {finding['row']}" if finding.get("row") else "", str(finding.get("column") or "")]
    place = ", ".join(part for part in parts if part)
    return f"{place}: " if place else ""


def _exit_code(status: int) -> Exit:
    if status in (401, 403):
        return Exit.NOT_ALLOWED
    return Exit.UNAVAILABLE if status in (429, 502, 503, 504) or status >= 500 else Exit.REFUSED
