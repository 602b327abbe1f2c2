"""What a run changed: cards that are new or differ, and cards that must go."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scoring_svc.domain.score_card import FINAL, Kind, ScoreCard, StoredCard

Key = tuple[str, Kind]  # administration, kind


@dataclass(frozen=True)
class Changes:
    """`changed` have other content than before, `moved` only belong to a later revision, `gone` have no ground left."""

    changed: list[ScoreCard]
    moved: list[ScoreCard]
    gone: list[StoredCard]

    @classmethod
    def between(cls, stored: Mapping[Key, StoredCard], made: Iterable[ScoreCard]) -> "Changes":
        """Compare what stands with what was just made, over the same administrations."""
        changed, moved = [], []
        wanted = {(card.administration, card.kind): card for card in made}
        for key, card in sorted(wanted.items()):
            present = stored.get(key)
            if present is None or present.digest != card.digest:
                changed.append(card)
            elif (present.submission_id, present.revision) != (card.submission_id, card.revision):
                moved.append(card)
        return cls(changed, moved, [each for key, each in sorted(stored.items()) if key not in wanted])

    @property
    def updated(self) -> list[ScoreCard]:
        """Final cards whose content changed: what the world is told."""
        return [card for card in self.changed if card.kind == FINAL]

    @property
    def retracted(self) -> list[StoredCard]:
        """Final cards that are taken back."""
        return [card for card in self.gone if card.kind == FINAL]
