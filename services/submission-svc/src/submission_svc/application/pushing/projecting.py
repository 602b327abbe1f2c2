"""Projected scores of a dry run: asked of scoring-svc with the caller's own token, and said so when there are none."""

from dataclasses import dataclass
from typing import Any, Protocol

from submission_svc.domain.content import Content


@dataclass(frozen=True)
class Projection:
    """What is to be scored, as if it were submitted."""

    cycle: str
    administration: str
    content: Content

    def body(self) -> dict[str, Any]:
        """As scoring-svc takes it; figures that are said to be missing are left out, and so are refused claims."""
        return {
            "cycle": self.cycle,
            "administration": self.administration,
            "answers": [
                {
                    "input": each.input,
                    "year": each.year,
                    "value": each.value,
                    **({"period": each.period} if each.period else {}),
                }
                for each in self.content.answers
                if each.value is not None
            ],
            "claims": [{"kpi": each.kpi, "state": each.state} for each in self.content.standing_claims],
        }


class ProjectionUnavailableError(Exception):
    """There are no projected scores; the text says why, for the caller to read."""


class Projector(Protocol):
    """scoring-svc."""

    def project(self, projection: Projection, token: str | None) -> dict[str, Any]:
        """The projected scores.

        Raises:
            ProjectionUnavailableError: there are none now.
        """


def projected(
    answer: dict[str, Any], projection: Projection, projector: Projector, token: str | None
) -> dict[str, Any]:
    """The answer of a dry run with projected scores, or with the reason why there are none."""
    try:
        return {**answer, "projected_scores": projector.project(projection, token)}
    except ProjectionUnavailableError as error:
        return {**answer, "projected_unavailable": str(error)}
