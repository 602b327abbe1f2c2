"""Decides what the outside log says about a card: one redacted version a level, only when it changed there.

When something that the log shows at a level may not be seen there any more, what the log holds of that administration
at that level is removed first: a reader who starts from the beginning must not learn what was taken back.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from access_policy import Level, redact_card
from reporting_svc.application.facts import Cycle, CycleCount, CycleStage, Retraction, ScoreCard
from reporting_svc.application.outside.events import (
    CYCLE_CLOSED,
    CYCLE_OPENED,
    CYCLE_SCORED,
    SCORE_RETRACTED,
    SCORE_UPDATED,
    CycleScoredData,
    CycleStageData,
    Draft,
    NodeData,
    ScoreRetractedData,
    ScoreUpdatedData,
)
from reporting_svc.application.ports import OutsideLog, Version

NO_LONGER_VISIBLE = "no_longer_visible"
OPEN = "open"
CLOSED = "closed"


@dataclass(frozen=True)
class Step:
    """What to append at one level, what to remember of it, and whether older events must go first."""

    draft: Draft
    version: Version
    takes_back: bool


def announce_card(card: ScoreCard, log: OutsideLog) -> None:
    """Say what a new card shows at each level."""
    last = log.last(card.cycle, card.administration)
    steps = [_card_step(card, level, last.get(level)) for level in Level]
    _say(card.cycle, card.administration, [step for step in steps if step], log)


def announce_retraction(retraction: Retraction, log: OutsideLog) -> None:
    """Take back what the log shows at every level. The reason is for those only who saw everything."""
    last = log.last(retraction.cycle, retraction.administration)
    steps = [
        _retraction_step(retraction, level, version) for level, version in last.items() if version.digest is not None
    ]
    _say(retraction.cycle, retraction.administration, steps, log)


def announce_stage(cycle: Cycle, stage: CycleStage, at: datetime, log: OutsideLog) -> None:
    """Say that a cycle has opened or closed."""
    kinds = {OPEN: CYCLE_OPENED, CLOSED: CYCLE_CLOSED}
    if stage.status not in kinds:
        return
    data = CycleStageData(
        cycle=cycle.code,
        name=cycle.name,
        framework=cycle.framework,
        framework_version=cycle.framework_version,
        reporting_year=cycle.reporting_year,
        status=stage.status,
        opens_on=stage.opens_on,
        closes_on=stage.closes_on,
    )
    log.append([Draft(uuid4(), kinds[stage.status], Level.PUBLIC, at, cycle.code, None, None, data)])


def announce_count(count: CycleCount, log: OutsideLog) -> None:
    """Say how many a cycle has scored."""
    data = CycleScoredData(cycle=count.cycle, scored=count.scored, unscored=count.unscored)
    log.append([Draft(uuid4(), CYCLE_SCORED, Level.PUBLIC, count.counted_at, count.cycle, None, None, data)])


def _say(cycle: str, administration: str, steps: Sequence[Step], log: OutsideLog) -> None:
    if not steps:
        return
    for step in steps:
        if step.takes_back:
            log.purge(cycle, administration, step.draft.level)
    log.append([step.draft for step in steps])
    log.remember(cycle, administration, {step.draft.level: step.version for step in steps})


def _card_step(card: ScoreCard, level: Level, last: Version | None) -> Step | None:
    redacted = redact_card(card.card, level)
    if redacted is None:
        if last is None or last.digest is None:
            return None
        gone = Retraction(card.cycle, card.administration, card.region, card.run_id, NO_LONGER_VISIBLE, card.updated_at)
        return _retraction_step(gone, level, last)
    digest = _digest(redacted)
    if last is not None and last.digest == digest:
        return None
    visible = frozenset(node["code"] for node in redacted["nodes"])
    shown = last.shown if last else frozenset()
    takes_back = not shown <= visible
    draft = Draft(
        id=uuid4(),
        type=SCORE_UPDATED,
        level=level,
        time=card.updated_at,
        cycle=card.cycle,
        administration=card.administration,
        region=card.region,
        data=_data(card, redacted, level, last),
    )
    return Step(draft, Version(digest, draft.id, visible if takes_back else shown | visible), takes_back)


def _retraction_step(retraction: Retraction, level: Level, last: Version) -> Step:
    data = ScoreRetractedData(
        cycle=retraction.cycle,
        administration=retraction.administration,
        region=retraction.region,
        level=level,
        reason=retraction.reason if level is Level.RESTRICTED else NO_LONGER_VISIBLE,
        replaces=last.event_id,
    )
    draft = Draft(
        id=uuid4(),
        type=SCORE_RETRACTED,
        level=level,
        time=retraction.retracted_at,
        cycle=retraction.cycle,
        administration=retraction.administration,
        region=retraction.region,
        data=data,
    )
    return Step(draft, Version(None, draft.id, frozenset()), takes_back=True)


def _data(card: ScoreCard, redacted: dict[str, Any], level: Level, last: Version | None) -> ScoreUpdatedData:
    nodes = [NodeData.model_validate(node) for node in redacted["nodes"]]
    root = next((node for node in nodes if node.parent is None), None)
    return ScoreUpdatedData(
        cycle=card.cycle,
        administration=card.administration,
        region=card.region,
        level=level,
        framework=redacted.get("framework"),
        framework_version=redacted.get("framework_version"),
        reporting_year=redacted.get("reporting_year"),
        score=root.score if root else None,
        band=root.band if root else None,
        coverage=root.coverage if root else None,
        nodes=nodes,
        explanation_url=f"/api/v1/scores/{card.cycle}/{card.administration}/explanation",
        replaces=last.event_id if last and last.digest is not None else None,
    )


def _digest(redacted: dict[str, Any]) -> str:
    """Over what is visible, without the marks of levels: opening a value further changes nothing for who saw it."""
    nodes = [_unmarked(node) for node in redacted["nodes"]]
    canonical = json.dumps({**redacted, "nodes": nodes}, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _unmarked(node: dict[str, Any]) -> dict[str, Any]:
    bare = {key: value for key, value in node.items() if key != "level"}
    if "inputs" in bare:
        bare["inputs"] = [{key: value for key, value in used.items() if key != "level"} for used in bare["inputs"]]
    return bare
