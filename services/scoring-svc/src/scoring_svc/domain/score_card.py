"""A score card as it is kept: the engine's card with levels, written down once, and the digest of its content."""

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from access_policy import Level, with_levels
from scoring_svc.domain.submission import Submission

Kind = Literal["final", "preview"]
FINAL: Kind = "final"
PREVIEW: Kind = "preview"


@dataclass(frozen=True)
class ScoreCard:
    """The card of one administration in one cycle; `text` is its JSON, kept and handed out as made."""

    cycle: str
    administration: str
    kind: Kind
    submission_id: str
    revision: int
    region: str | None
    score: float | None
    input_digest: str
    outline: str
    text: str
    made: dict[str, Any] | None = field(default=None, compare=False, repr=False)

    @classmethod
    def make(cls, kind: Kind, submission: Submission, region: str | None, scored: dict[str, Any]) -> "ScoreCard":
        """The card of a submission from what the engine scored for it and what the member disclosed."""
        card = with_levels(scored, submission.disclosure)
        return cls(
            cycle=submission.cycle,
            administration=submission.administration,
            kind=kind,
            submission_id=submission.id,
            revision=submission.revision,
            region=region,
            score=scored["nodes"][0]["score"],
            input_digest=scored["input_digest"],
            outline=written(outline(card)),
            text=written(card),
            made=card,
        )

    @property
    def content(self) -> dict[str, Any]:
        """The card as data."""
        return json.loads(self.text) if self.made is None else self.made

    @cached_property
    def digest(self) -> str:
        """Over everything a reader may be shown: scores, explanation, levels and region."""
        return content_digest(self.text, self.region)


@dataclass(frozen=True)
class StoredCard:
    """What is remembered of a stored card to tell whether it changed."""

    administration: str
    kind: Kind
    submission_id: str
    revision: int
    digest: str
    region: str | None


def written(card: dict[str, Any]) -> str:
    """The one way in which a card is written down; equal cards have equal bytes."""
    return json.dumps(card, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def outline(card: dict[str, Any]) -> dict[str, Any]:
    """What lists show of a card: its root, its dimensions, and the most open level at which anything is visible."""
    root, *others = card["nodes"]
    dimensions = [node for node in others if node["kind"] == "dimension"]
    levels = (Level.stored(node["level"]) for node in card["nodes"])
    return {
        "opens_at": min(levels, key=lambda level: level.closedness).value,
        "root": {name: root[name] for name in ("level", "state", "score", "band", "coverage")},
        "dimensions": [{name: node[name] for name in ("level", "code", "score", "band")} for node in dimensions],
    }


def content_digest(text: str, region: str | None) -> str:
    """The digest of a card in a region."""
    return "sha256:" + hashlib.sha256(f"{region or ''}\n{text}".encode()).hexdigest()


def digest_of_all(digests: dict[str, str]) -> str:
    """One digest over the digests of many administrations."""
    lines = "".join(f"{administration} {digest}\n" for administration, digest in sorted(digests.items()))
    return "sha256:" + hashlib.sha256(lines.encode()).hexdigest()
