"""scoring-svc over HTTP: what a content would score. It may be slow or away, and then there is simply no projection."""

from typing import Any

import httpx

from submission_svc.application.pushing.projecting import Projection, ProjectionUnavailableError

TIMEOUT_SECONDS = 3.0
PATH = "/api/v1/scores/preview"


class HttpProjector:
    """Asks scoring-svc at an address; None when none is set."""

    def __init__(self, address: str | None) -> None:
        self._client = None if address is None else httpx.Client(base_url=address, timeout=TIMEOUT_SECONDS)

    def project(self, projection: Projection, token: str | None) -> dict[str, Any]:
        """The projected scores, with the rights of the caller.

        Raises:
            ProjectionUnavailableError: there are none now.
        """
        if self._client is None:
            raise ProjectionUnavailableError("No address of scoring-svc is set here (OPENPMM_SCORING_URL).")
        if token is None:
            raise ProjectionUnavailableError("A job keeps no token to ask scoring-svc with; push without one.")
        try:
            answer = self._client.post(PATH, json=projection.body(), headers={"authorization": f"Bearer {token}"})
            said = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise ProjectionUnavailableError(
                f"scoring-svc does not answer ({type(error).__name__}); try again."
            ) from None
        if answer.status_code != httpx.codes.OK or not isinstance(said, dict):
            detail = said.get("detail", "") if isinstance(said, dict) else ""
            raise ProjectionUnavailableError(f"scoring-svc answers {answer.status_code}: {detail}")
        return said
