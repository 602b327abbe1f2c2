"""What can go wrong between this client and the server, and the exit code that scripts see."""

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType
from typing import Any, NamedTuple

import httpx


class Exit(IntEnum):
    """Exit codes; they are part of the interface."""

    OK = 0
    REFUSED = 1
    USAGE = 2
    NOT_ALLOWED = 3
    UNAVAILABLE = 4
    CANCELLED = 5


class Said(NamedTuple):
    """A text of ours, and what it names; `Output` says it in the language of the command."""

    text: str
    named: Mapping[str, object] = MappingProxyType({})

    def __str__(self) -> str:
        """The text in English."""
        return self.text.format(**self.named) if self.named else self.text


ADVICE = {
    "submission.incomplete": Said(
        "With pmm: `pmm warnings CYCLE` shows the figures, `pmm explain CYCLE ID` gives a reason."
    ),
    "submission.locked": Said(
        "With pmm: `pmm withdraw CYCLE` takes it back, `pmm revise CYCLE` opens what was accepted."
    ),
    "thread.resolved": Said("With pmm: `pmm threads reopen CYCLE THREAD`."),
    "score.not_found": Said("Before your own is accepted, `pmm scores CYCLE --preview` shows what it would score."),
}
NOT_OURS = "{url} does not answer as OpenPMM: {asked} was answered with {status}. Check the address."
SENT_ELSEWHERE = "{url} does not answer as OpenPMM: {asked} was answered with {status} and sends to {address}."


class PmmError(Exception):
    """Something to tell the user in one sentence, with the exit code."""

    def __init__(self, code: str, message: str | Said, exit_code: Exit, problem: dict[str, Any] | None = None) -> None:
        super().__init__(str(message))
        self.said = message if isinstance(message, Said) else Said(message)
        self.code = code
        self.exit_code = exit_code
        self.problem = problem or {"code": code, "detail": str(message)}
        self.is_shown = False  # whether the errors in `problem` have been told already
        self.advice: tuple[Said, ...] = (*self._warned(), *((ADVICE[code],) if code in ADVICE else ()))

    def advise(self, text: str, **named: str) -> None:
        """Say what to do, in place of what is said otherwise; scripts get what it names beside the problem."""
        self.advice = (Said(text, named),)
        self.problem = {**self.problem, **named}

    def lines(self) -> list[Said]:
        """The first errors of the problem, one a line; none where they have been shown."""
        found = () if self.is_shown else self.problem.get("errors") or ()
        return [_line(each) for each in found[:20]]

    def _warned(self) -> list[Said]:
        """What stands in the way of submitting."""
        problem = self.problem
        broken = [
            Said("  broken rule {rule}: {what}", {"rule": each.get("rule", ""), "what": each["text"]})
            for each in problem.get("blocking") or ()
        ]
        return [*broken, *(Said(f"  {each['id']}: {each['text']}") for each in problem.get("warnings") or ())]


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
        message = Said("{url} does not answer: {why}.", {"url": url, "why": self.reason})
        super().__init__("server.unreachable", message, Exit.UNAVAILABLE)


class WrongServerError(PmmError):
    """An answer that OpenPMM does not give: another program at this address, or one in between."""

    def __init__(self, response: httpx.Response) -> None:
        request = response.request
        url = f"{request.url.scheme}://{request.url.netloc.decode()}"
        named = {
            "url": url,
            "asked": f"{request.method} {request.url.path}",
            "status": str(response.status_code),
            "address": response.headers.get("location", ""),
        }
        text = SENT_ELSEWHERE if named["address"] else NOT_OURS
        super().__init__("server.wrong", Said(text, named), Exit.UNAVAILABLE)


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


def usage(message: str | Said) -> PmmError:
    """The command was called in a way that makes no sense."""
    return PmmError("usage", message, Exit.USAGE)


def problem_of(response: httpx.Response) -> dict[str, Any]:
    """The JSON object of an answer, most often a problem document; nothing when it holds none."""
    try:
        problem = response.json()
    except ValueError:
        return {}
    return problem if isinstance(problem, dict) else {}


_LINES = {  # by whether there is a row, and a column
    (True, True): "  row {row}, {column}: {what}",
    (True, False): "  row {row}: {what}",
    (False, True): "  {column}: {what}",
    (False, False): "  {what}",
}


def _line(finding: dict[str, Any]) -> Said:
    """A finding with its place."""
    row, column = str(finding.get("row") or ""), str(finding.get("column") or "")
    what = f"{finding.get('message', '')} {finding.get('hint') or ''}".rstrip()
    return Said(_LINES[bool(row), bool(column)], {"row": row, "column": column, "what": what})


def _exit_code(status: int) -> Exit:
    if status in (401, 403):
        return Exit.NOT_ALLOWED
    return Exit.UNAVAILABLE if status in (429, 502, 503, 504) or status >= 500 else Exit.REFUSED
