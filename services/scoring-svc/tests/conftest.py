"""Frameworks, submissions and events in a few words."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from framework_spec.document import Framework
from framework_spec.reading import validate_document
from service_kit.envelope import Envelope

YEAR = 2024
START = datetime(2026, 1, 1, tzinfo=UTC)
GOALPOSTS = {"normalisation": "goalposts", "lower": 0, "upper": 100}
MIN_MAX = {"normalisation": "min_max"}
LABEL = {"en": "Illustrative, not WCO", "fr": "À titre d'illustration, hors OMD"}


def _kpi(number: int, **changes: Any) -> dict[str, Any]:
    name = {"en": f"Share {number}", "fr": f"Part {number}"}
    return {
        "code": f"K{number}",
        "kind": "kpi",
        "name": name,
        "formula": f"I{number}",
        "direction": "higher_is_better",
        "scoring": GOALPOSTS,
        **changes,
    }


def framework(*, scoring: dict[str, Any] | None = None, root: dict[str, Any] | None = None, **top: Any) -> Framework:
    """OVERALL = mean of D1 (K1, K2) and D2 (K3), with bands; `scoring` is the rule of K1, `root` changes the root."""
    return validate_document(
        {
            "spec": "openpmm.framework/1",
            "code": "small",
            "version": "1",
            "purpose": "scoring",
            "population": "testers",
            "languages": ["en", "fr"],
            "label": LABEL,
            "name": {"en": "A small one", "fr": "Un petit"},
            "bands": [{"code": "A", "from": 50, "name": {"en": "High", "fr": "Haut"}}, {"code": "B", "from": 0}],
            "inputs": [{"code": f"I{number}", "name": {"en": f"Figure {number}"}} for number in (1, 2, 3)],
            "root": {
                "code": "OVERALL",
                "kind": "index",
                "name": {"en": "Overall", "fr": "Ensemble"},
                "coverage": {"threshold": "1/2"},
                "children": [
                    {
                        "code": "D1",
                        "kind": "dimension",
                        "name": {"en": "First", "fr": "Premier"},
                        "children": [_kpi(1, scoring=scoring or GOALPOSTS), _kpi(2)],
                    },
                    {"code": "D2", "kind": "dimension", "name": {"en": "Second"}, "children": [_kpi(3)]},
                ],
                **(root or {}),
            },
            **top,
        }
    )


def event(kind: str, data: dict[str, Any], minutes: int = 0) -> Envelope:
    """An event as it comes from the broker."""
    return Envelope(
        id=uuid4(),
        source="openpmm/tests",
        type=kind,
        subject="a-key",
        time=START + timedelta(minutes=minutes),
        dataschema="a-schema",
        data=data,
    )


def published(document: Framework) -> Envelope:
    """`framework.published.v1`."""
    data = {
        "code": document.code,
        "version": document.version,
        "digest": document.digest(),
        "document": document.document(),
    }
    return event("framework.published.v1", data)


def register(regions: dict[str, str | None], minutes: int = 0, population: str = "testers") -> Envelope:
    """`register.changed.v1`."""
    administrations = [{"code": code, "name": code, "region": region} for code, region in regions.items()]
    data = {"population": population, "name": "Testers", "regions": [], "administrations": administrations}
    return event("register.changed.v1", data, minutes)


@dataclass(frozen=True)
class Round:
    """A cycle of a framework, which makes its events."""

    document: Framework
    code: str = "c-2024"
    is_rehearsal: bool = False

    @property
    def data(self) -> dict[str, Any]:
        """The cycle as it stands in events."""
        return {
            "code": self.code,
            "framework": self.document.code,
            "framework_version": self.document.version,
            "framework_digest": self.document.digest(),
            "population": self.document.population,
            "reporting_year": YEAR,
            "is_rehearsal": self.is_rehearsal,
        }

    def status(self, status: str, minutes: int = 0) -> Envelope:
        """The cycle was opened, or closed."""
        kind = "cycle.closed.v1" if status == "closed" else "cycle.opened.v1"
        data = {"cycle": self.data, "opens_on": "2026-01-01", "closes_on": "2026-06-30", "status": status}
        return event(kind, data, minutes)

    def of(self, administration: str, *values: float | None, **changes: Any) -> "State":
        """The first state of a submission with values for I1, I2, I3; None is missing."""
        answers = [
            {"input": f"I{number}", "year": YEAR, "value": value}
            for number, value in enumerate(values, start=1)
            if value is not None
        ]
        return State(self, administration, answers, **changes)


@dataclass(frozen=True)
class State:
    """A submission at a revision; its methods give the event and, by `then`, a later state."""

    round: Round
    administration: str
    answers: list[dict[str, Any]]
    revision: int = 1
    status: str = "submitted"
    claims: list[dict[str, Any]] = field(default_factory=list)
    default: str = "public"
    kpis: dict[str, str] = field(default_factory=dict)
    in_force: dict[str, Any] | None = None
    kind: str | None = None

    def then(self, status: str | None = None, **changes: Any) -> "State":
        """The next revision."""
        return replace(self, revision=self.revision + 1, status=status or self.status, **changes)

    @property
    def event(self) -> Envelope:
        """The event about this state, a new one at each call."""
        kind = self.kind or f"submission.{self.status}.v1"
        submission = {
            "id": f"{self.round.code}-{self.administration}",
            "administration": self.administration,
            "revision": self.revision,
            "status": self.status,
            "answers": self.answers,
            "claims": [{**claim, "reason": "because"} for claim in self.claims],
            "disclosure": {"default": self.default, "kpis": self.kpis},
            "changed_at": START.isoformat(),
            "in_force": self.in_force,
        }
        return event(kind, {"cycle": self.round.data, "submission": submission}, self.revision)


class Builders:
    """What tests build with."""

    event = staticmethod(event)
    framework = staticmethod(framework)
    published = staticmethod(published)
    register = staticmethod(register)
    round = Round
    min_max = MIN_MAX
    label = LABEL


@pytest.fixture(scope="session")
def build() -> Builders:
    """The builders."""
    return Builders()
