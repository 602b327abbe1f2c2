"""The contract of the outside events: JSON Schema and an example of each, made from the event classes.

`python -m reporting_svc.application.outside.contract <folder>` writes them; a test compares what is committed.
"""

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from access_policy import MOST_OPEN
from reporting_svc.application.outside.events import (
    CYCLE_CLOSED,
    CYCLE_OPENED,
    CYCLE_SCORED,
    EVENTS,
    SCORE_RETRACTED,
    SCORE_UPDATED,
    CycleScoredData,
    CycleStageData,
    Draft,
    NodeData,
    Part,
    ScoreRetractedData,
    ScoreUpdatedData,
)

_FIRST = UUID("00000000-0000-4000-8000-000000000001")
_AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
_POSITION = 4711


def documents() -> dict[str, str]:
    """File name to content, for every event type."""
    found = {}
    for type_, data in _examples().items():
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
        schema |= EVENTS[type_].model_json_schema(mode="serialization")
        found[f"{type_}.schema.json"] = _written(schema)
        found[f"{type_}.example.json"] = _written(json.loads(_draft(type_, data).payload(_POSITION)))
    return found


def write(folder: Path) -> None:
    """Write the files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in documents().items():
        (folder / name).write_text(content, encoding="utf-8")


def _written(document: object) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _draft(type_: str, data: Part) -> Draft:
    is_score = isinstance(data, ScoreUpdatedData | ScoreRetractedData)
    administration = "KEN" if is_score else None
    region = "ESA" if is_score else None
    return Draft(_FIRST, type_, MOST_OPEN, _AT, "demo-2024", administration, region, data)


def _examples() -> dict[str, Part]:
    before = UUID("00000000-0000-4000-8000-000000000000")
    return {
        SCORE_UPDATED: _score(before),
        SCORE_RETRACTED: ScoreRetractedData(
            cycle="demo-2024",
            administration="KEN",
            region="ESA",
            level=MOST_OPEN,
            reason="no_longer_visible",
            replaces=before,
        ),
        CYCLE_OPENED: _stage("open"),
        CYCLE_CLOSED: _stage("closed"),
        CYCLE_SCORED: CycleScoredData(cycle="demo-2024", scored=60, unscored=2),
    }


def _stage(status: str) -> CycleStageData:
    return CycleStageData(
        cycle="demo-2024",
        name={"en": "Demonstration cycle 2024 (synthetic data)"},
        framework="openpmm-demo",
        framework_version="1",
        reporting_year=2024,
        status=status,
        opens_on=date(2026, 10, 22),
        closes_on=date(2027, 10, 22),
    )


def _score(before: UUID) -> ScoreUpdatedData:
    shown = {"kind": "kpi", "parent": "D1-DIGITAL", "band": None, "coverage": None}
    return ScoreUpdatedData(
        cycle="demo-2024",
        administration="KEN",
        region="ESA",
        level=MOST_OPEN,
        framework="openpmm-demo",
        framework_version="1",
        reporting_year=2024,
        score=None,
        band=None,
        coverage=None,
        nodes=[
            NodeData.model_validate(shown | {"code": "D1-DIGITAL-1", "state": "scored", "score": 84.2, "value": 92.1}),
            NodeData.model_validate(shown | {"code": "D1-DIGITAL-2", "state": "missing", "score": None}),
        ],
        explanation_url="/api/v1/scores/demo-2024/KEN/explanation",
        replaces=before,
    )


if __name__ == "__main__":
    write(Path(sys.argv[1]))
