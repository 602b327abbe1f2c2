"""Decides what the outside log says about a card: one redacted version a level, only when it changed there.

When something that the log shows at a level may not be seen there any more, what the log holds of that administration
at that level is removed first: a reader who starts from the beginning must not learn what was taken back. So it is when
an administration moves to another region, because the region decides which regional office gets which version.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from access_policy import LEVELS, MOST_CLOSED, MOST_OPEN, Level, Thing, redact_card
from access_policy.counts import Members, is_total_countable
from access_policy.table import NEEDED
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
REGION_CHANGED = "region_changed"
OPEN = "open"
CLOSED = "closed"


@dataclass(frozen=True)
class Step:
    """What to append at one level, what to remember of it, and whether older events must go first.

    `farewell` tells those who got the versions of the region before.
    """

    draft: Draft
    version: Version
    takes_back: bool
    farewell: Draft | None = None


def announce_card(card: ScoreCard, log: OutsideLog) -> None:
    """Say what a new card shows at each level."""
    last = log.last(card.cycle, card.administration)
    steps = [_card_step(card, level, last.get(level)) for level in LEVELS]
    _say(card.cycle, card.administration, [step for step in steps if step], log)


def announce_retraction(retraction: Retraction, log: OutsideLog) -> None:
    """Take back what the log shows at every level. The reason is for those only who saw everything."""
    last = log.last(retraction.cycle, retraction.administration)
    steps = [
        _retraction_step(retraction, level, version) for level, version in last.items() if version.digest is not None
    ]
    _say(retraction.cycle, retraction.administration, steps, log)


def announce_stage(cycle: Cycle, stage: CycleStage, log: OutsideLog) -> None:
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
    log.append([Draft(uuid4(), kinds[stage.status], MOST_OPEN, stage.status_at, cycle.code, None, None, data)])


def announce_count(count: CycleCount, regions: Sequence[Members], log: OutsideLog) -> None:
    """Say how many a cycle has scored; where that would tell who takes part, only to those who may know it."""
    data = CycleScoredData(cycle=count.cycle, scored=count.scored, unscored=count.unscored)
    level = MOST_OPEN if any(regions) and is_total_countable(regions) else NEEDED[Thing.PARTICIPATION]
    log.append([Draft(uuid4(), CYCLE_SCORED, level, count.counted_at, count.cycle, None, None, data)])


def _say(cycle: str, administration: str, steps: Sequence[Step], log: OutsideLog) -> None:
    if not steps:
        return
    for step in steps:
        if step.takes_back:
            log.purge(cycle, administration, step.draft.level, step.version.region)
    # Farewells come first: whoever gets one at the level that he loses gets a version at the level that he keeps.
    farewells = [step.farewell for step in steps if step.farewell]
    log.append([*farewells, *(step.draft for step in steps)])
    log.remember(cycle, administration, {step.draft.level: step.version for step in steps})


def _card_step(card: ScoreCard, level: Level, last: Version | None) -> Step | None:
    redacted = redact_card(card.card, level)
    if redacted is None:
        if last is None or last.digest is None:
            return None
        return _retraction_step(_retraction(card, NO_LONGER_VISIBLE), level, last)
    digest = _digest(redacted, card.region)
    if last is not None and last.digest == digest:
        return None
    farewell = _farewell(card, level, last)
    visible = frozenset(node["code"] for node in redacted["nodes"])
    shown = last.shown if last else frozenset()
    takes_back = _has_moved(card, last) or not shown <= visible
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
    version = Version(digest, draft.id, visible if takes_back else shown | visible, card.region, draft.time)
    return Step(draft, version, takes_back, farewell)


def _has_moved(card: ScoreCard, last: Version | None) -> bool:
    return last is not None and last.digest is not None and last.region != card.region


def _farewell(card: ScoreCard, level: Level, last: Version | None) -> Draft | None:
    """For the office of the old region; the most open level needs none, because nobody is ever below it."""
    if last is None or level is MOST_OPEN or not _has_moved(card, last):
        return None
    return _retraction_draft(_retraction(card, REGION_CHANGED), REGION_CHANGED, level, last)


def _retraction(card: ScoreCard, reason: str) -> Retraction:
    return Retraction(card.cycle, card.administration, card.region, card.run_id, reason, card.updated_at)


def _retraction_step(retraction: Retraction, level: Level, last: Version) -> Step:
    reason = retraction.reason if level is MOST_CLOSED else NO_LONGER_VISIBLE
    draft = _retraction_draft(retraction, reason, level, last)
    return Step(draft, Version(None, draft.id, frozenset(), last.region, draft.time), takes_back=True)


def _retraction_draft(retraction: Retraction, reason: str, level: Level, last: Version) -> Draft:
    """Carries the region under which was said what it takes back: so it reaches those who got that."""
    data = ScoreRetractedData(
        cycle=retraction.cycle,
        administration=retraction.administration,
        region=last.region,
        level=level,
        reason=reason,
        replaces=last.event_id,
    )
    return Draft(
        id=uuid4(),
        type=SCORE_RETRACTED,
        level=level,
        time=retraction.retracted_at,
        cycle=retraction.cycle,
        administration=retraction.administration,
        region=last.region,
        data=data,
    )


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


def _digest(redacted: dict[str, Any], region: str | None) -> str:
    """Over what is visible and the region, without levels: opening a value further changes nothing for who saw it."""
    nodes = [_unmarked(node) for node in redacted["nodes"]]
    canonical = json.dumps({**redacted, "nodes": nodes, "region": region}, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _unmarked(node: dict[str, Any]) -> dict[str, Any]:
    bare = {key: value for key, value in node.items() if key != "level"}
    if "inputs" in bare:
        bare["inputs"] = [{key: value for key, value in used.items() if key != "level"} for used in bare["inputs"]]
    return bare
