"""The contract of this service's events: JSON Schema and an example of each, made from the event classes.

`python -m scoring_svc.application.contract <folder>` writes them; a test compares what is committed.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, create_model

from framework_spec.document import Framework
from scoring_svc.domain.cycle import Cycle
from scoring_svc.domain.events import TYPES, cycle_scored, score_retracted, score_updated
from scoring_svc.domain.scoring import Scorer
from scoring_svc.domain.submission import ACCEPTED, Submission
from service_kit.envelope import NewEvent

SERVICE = "scoring-svc"
AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
GOALPOSTS = {"normalisation": "goalposts", "lower": 0, "upper": 100}
ELECTRONIC = {
    "code": "D1-1",
    "kind": "kpi",
    "formula": "100 * ELECTRONIC / ALL",
    "unit": "percent",
    "direction": "higher_is_better",
    "scoring": GOALPOSTS,
}
TRAINED = {"code": "D1-2", "kind": "kpi", "formula": "TRAINED", "direction": "higher_is_better", "scoring": GOALPOSTS}
EXAMPLE = {
    "spec": "openpmm.framework/1",
    "code": "example",
    "version": "1",
    "purpose": "scoring",
    "population": "wco-members",
    "label": {"en": "Illustrative, not WCO"},
    "bands": [{"code": "A", "from": 50}, {"code": "B", "from": 0}],
    "inputs": [{"code": "ALL"}, {"code": "ELECTRONIC"}, {"code": "TRAINED"}],
    "root": {
        "code": "OVERALL",
        "kind": "index",
        "children": [{"code": "D1", "kind": "dimension", "children": [ELECTRONIC, TRAINED]}],
    },
}


def documents() -> dict[str, str]:
    """File name to content, for every event type."""
    found = {}
    for number, event in enumerate(_examples(), start=1):
        schema = _envelope_class(event.type, TYPES[event.type]).model_json_schema(mode="serialization")
        example = NewEvent(event.topic, event.key, event.type, event.data, UUID(int=number)).envelope(SERVICE, AT)
        found[f"{event.type}.schema.json"] = _written(
            {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
        )
        found[f"{event.type}.example.json"] = _written(example.model_dump(mode="json"))
    return found


def write(folder: Path) -> None:
    """Write the files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in documents().items():
        (folder / name).write_text(content, encoding="utf-8")


def _envelope_class(type_: str, data: type[BaseModel]) -> type[BaseModel]:
    fields: dict[str, Any] = {
        "specversion": Literal["1.0"],
        "id": UUID,
        "source": Literal["openpmm/scoring-svc"],
        "type": Literal[type_],
        "subject": str,
        "time": datetime,
        "datacontenttype": Literal["application/json"],
        "dataschema": str,
        "data": data,
    }
    made: type[BaseModel] = create_model(f"{data.__name__}Event", __doc__=data.__doc__, **fields)
    return made


def _examples() -> list[NewEvent]:
    framework = Framework.model_validate(EXAMPLE)
    cycle = Cycle("demo-2024", "example", "1", framework.digest(), "wco-members", 2024, False)
    answers = [{"input": "ALL", "year": 2024, "value": 800}, {"input": "ELECTRONIC", "year": 2024, "value": 600}]
    claims = [{"kpi": "D1-2", "state": "not_applicable"}]
    disclosure = {"default": "public", "kpis": {"D1-2": "wco"}}
    submission = Submission("s", cycle.code, "KEN", ACCEPTED, 3, answers, claims, disclosure)
    (card,) = Scorer(framework, cycle.reporting_year, {"KEN": "ESA"}).finals({"KEN": submission})
    return [
        score_updated(cycle, card, run_id=17),
        score_retracted(cycle, "KEN", "ESA", run_id=18, revision=4, reason="withdrawn"),
        cycle_scored(cycle, run_id=19, scored=60, unscored=2),
    ]


def _written(document: object) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    write(Path(sys.argv[1]))
