"""Scores a cycle again from the submissions that are kept, all at once, and compares with the stored cards.

For drills and auditors: whatever batches the cards were made in, they must equal this, byte for byte.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from framework_spec.document import Framework
from scoring_svc.domain.score_card import ScoreCard, content_digest
from scoring_svc.domain.scoring import Regions, Scorer
from scoring_svc.domain.submission import Submission, in_force

CYCLE = text(
    "select c.reporting_year, f.document, r.regions from cycle c join framework f on f.digest = c.framework_digest"
    " join register r on r.population = c.population where c.code = :cycle"
)
SUBMISSIONS = text(
    "select id, cycle, administration, status, revision, answers, claims, disclosure, in_force from submission"
    " where cycle = :cycle"
)
CARDS = text(
    "select administration, region, submission_id, revision, digest, score, card from score_card"
    " where cycle = :cycle and kind = 'final'"
)


@dataclass(frozen=True)
class Difference:
    """A stored card that is not what the submissions give."""

    administration: str
    what: str


def offline_cards(
    framework: Framework, reporting_year: int, regions: Regions, submissions: Iterable[Submission]
) -> dict[str, ScoreCard]:
    """The final cards of a cycle, by administration, from its submissions alone; only what is in force counts."""
    accepted = in_force(submissions)
    return {card.administration: card for card in Scorer(framework, reporting_year, regions).finals(accepted)}


def differences(connection: Connection, cycle: str) -> list[Difference]:
    """Where the stored cards of a cycle differ from an offline computation; empty when all are equal.

    Raises:
        LookupError: the cycle, its framework or its register is not here.
    """
    found = connection.execute(CYCLE, {"cycle": cycle}).one_or_none()
    if found is None:
        raise LookupError(f"the cycle {cycle}, its framework or its register is not here")
    submissions = [Submission(**row) for row in connection.execute(SUBMISSIONS, {"cycle": cycle}).mappings()]
    framework = Framework.model_validate(found.document)
    wanted = offline_cards(framework, found.reporting_year, found.regions, submissions)
    stored = {row.administration: row for row in connection.execute(CARDS, {"cycle": cycle})}
    return [
        Difference(code, what)
        for code in sorted(wanted.keys() | stored.keys())
        for what in _compared(wanted.get(code), stored.get(code))
    ]


def _compared(wanted: ScoreCard | None, stored: Any) -> Collection[str]:
    if wanted is None:
        return ["has a card without an accepted submission"]
    if stored is None:
        return ["has an accepted submission without a card"]
    facts = {
        "card": (wanted.text, stored.card),
        "score": (wanted.score, stored.score),
        "region": (wanted.region, stored.region),
        "submission": ((wanted.submission_id, wanted.revision), (stored.submission_id, stored.revision)),
        "digest": (content_digest(stored.card, stored.region), stored.digest),
    }
    return [f"differs in its {name}" for name, (expected, present) in facts.items() if expected != present]
