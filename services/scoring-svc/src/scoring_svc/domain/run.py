"""A score run: the record of one computation that changed scores of a cycle."""

from dataclasses import dataclass

from scoring_svc.domain.score_card import digest_of_all


@dataclass(frozen=True)
class CycleTotals:
    """What stands of a cycle as a whole, by administration; `undecided` submissions wait for the secretariat."""

    input_digests: dict[str, str]
    card_digests: dict[str, str]
    scored: int
    undecided: int

    @property
    def unscored(self) -> int:
        """Accepted submissions without an overall score."""
        return len(self.card_digests) - self.scored

    @property
    def digest(self) -> str:
        """Over the content of all final cards."""
        return digest_of_all(self.card_digests)

    @property
    def is_complete(self) -> bool:
        """Whether there is something to announce, and nothing that still waits for a decision."""
        return bool(self.card_digests) and self.undecided == 0


@dataclass(frozen=True)
class Run:
    """Which engine made which scores of which inputs."""

    id: int
    cycle: str
    framework_digest: str
    engine_version: str
    input_digest: str
    scored: int
    unscored: int

    @classmethod
    def over(cls, run_id: int, cycle: str, framework_digest: str, engine_version: str, totals: CycleTotals) -> "Run":
        """The record of a run after which the cycle stands as `totals` say."""
        return cls(
            id=run_id,
            cycle=cycle,
            framework_digest=framework_digest,
            engine_version=engine_version,
            input_digest=digest_of_all(totals.input_digests),
            scored=totals.scored,
            unscored=totals.unscored,
        )
