"""From submissions to cards, by the engine: the accepted ones together, the others each as if it were accepted."""

from collections.abc import Mapping
from dataclasses import dataclass

from framework_spec.document import AggregateNode, Framework
from scoring_engine import CycleInputs, score_cycle
from scoring_engine.digests import uses_comparison
from scoring_svc.domain.score_card import FINAL, PREVIEW, ScoreCard
from scoring_svc.domain.submission import Submission

Submissions = Mapping[str, Submission]  # by administration
Regions = Mapping[str, str | None]


@dataclass(frozen=True)
class Scorer:
    """Scores the submissions of one cycle; the region of an administration is its group where means are taken."""

    framework: Framework
    reporting_year: int
    regions: Regions

    @property
    def depends_on_sample(self) -> bool:
        """Whether a score can depend on the figures of others, so that one change may move all."""
        return uses_comparison(self.framework)

    @property
    def depends_on_region(self) -> bool:
        """Whether a missing score is filled from the others of the region."""
        nodes = (node for node, _ in self.framework.nodes() if isinstance(node, AggregateNode))
        return any(node.missing == "group_mean" for node in nodes)

    def finals(self, accepted: Submissions) -> list[ScoreCard]:
        """The cards of accepted submissions, in one run."""
        cards = self._cards(accepted)
        return [
            ScoreCard.make(FINAL, accepted[code], self.regions.get(code), card) for code, card in sorted(cards.items())
        ]

    def previews(self, submitted: Submissions, accepted: Submissions) -> list[ScoreCard]:
        """The cards of submissions that wait for a decision.

        Where scores depend on the sample, each waiting submission is scored among the accepted ones and nobody else's.
        """
        if self.depends_on_sample:
            cards = {code: self._cards({**accepted, code: each}, code)[code] for code, each in submitted.items()}
        else:
            cards = self._cards(submitted)
        return [
            ScoreCard.make(PREVIEW, submitted[code], self.regions.get(code), card)
            for code, card in sorted(cards.items())
        ]

    def _cards(self, submissions: Submissions, only: str | None = None) -> dict[str, dict[str, object]]:
        if not submissions:
            return {}
        by_region = self.depends_on_region
        inputs = {
            code: each.inputs(self.regions.get(code) if by_region else None) for code, each in submissions.items()
        }
        run = score_cycle(self.framework, CycleInputs.build(self.framework, self.reporting_year, inputs))
        return {code: run.card(code) for code in ([only] if only else run.administrations)}
