"""submission-svc over HTTP, with the caller's token. That it is slow or away is one error, told apart in the log."""

import time

import httpx
import structlog

from reporting_svc.application.my_submission.asking import Answer, Call, Caller, ServiceAwayError

log = structlog.get_logger()
PATH = "/api/v1/cycles"
# A file of 32 MiB is written in a second; reading may wait for the database. No call lasts longer than its page.
PATIENCE_SECONDS, CONNECT_SECONDS, QUEUE_SECONDS = 8.0, 1.5, 1.0
LIMITS = httpx.Limits(max_connections=16, max_keepalive_connections=8)  # a hanging neighbour must not take all threads
AWAY_FROM = 500


class HttpSubmissionApi:
    """Asks submission-svc at an address; without one it is always away."""

    def __init__(self, address: str | None, patience_seconds: float = PATIENCE_SECONDS) -> None:
        self._patience_seconds = patience_seconds
        self._client = None if address is None else httpx.Client(base_url=address, limits=LIMITS)

    def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            self._client.close()

    def ask(self, call: Call, caller: Caller) -> Answer:
        """The answer, also a refusal.

        Raises:
            ServiceAwayError: there is none in time, or it is a failure of submission-svc.
        """
        if self._client is None:
            raise _away("no address is set (OPENPMM_SUBMISSION_URL)")
        left = caller.waits_until - time.monotonic()
        if left <= 0:
            raise _away("the questions of a page took too long together")
        headers = {**call.headers, "authorization": f"Bearer {caller.token}", "accept-language": caller.language}
        try:
            answer = self._client.request(
                call.method,
                PATH + call.path,
                params=dict(call.query),
                headers=headers,
                json=call.document,
                content=call.body,
                timeout=self._patience(left),
            )
        except httpx.HTTPError as error:
            raise _away(type(error).__name__) from None
        if answer.status_code >= AWAY_FROM:
            raise _away(f"answers {answer.status_code}")
        return Answer(answer.status_code, answer.content, answer.headers.get("etag"))

    def _patience(self, left: float) -> httpx.Timeout:
        seconds = min(self._patience_seconds, left)
        return httpx.Timeout(seconds, connect=min(CONNECT_SECONDS, seconds), pool=min(QUEUE_SECONDS, seconds))


def _away(reason: str) -> ServiceAwayError:
    log.warning("submission_service_away", reason=reason)
    return ServiceAwayError(reason)
