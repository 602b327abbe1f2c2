"""Fuzzing against the OpenAPI documents: cases of schemathesis, and whether any answer is one that is documented."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.engine import events, from_schema

from tests.support.seeds import again, drill_seed

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "response_headers_conformance",
)
# QUERY is no method that the gateway's HTTP parser knows; a stream never ends, so it is read elsewhere.
METHODS = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "PATCH", "TRACE"]
STREAMS = ["/api/v1/events/stream"]


@dataclass(frozen=True)
class Effort:
    """How much is tried: examples an operation, whether each boundary of its schema is too, steps in a row, and how
    likely a parameter is one that exists.
    """

    examples: int
    boundaries: bool = True
    steps: int = 4
    known_share: float = 0.8


@dataclass
class Findings:
    """What went wrong, each kind once with the times that it did, and how much was tried."""

    tried: Counter[int] = field(default_factory=Counter)
    faults: dict[tuple[str, ...], str] = field(default_factory=dict)
    times: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def add(self, *kind: str, shown: str) -> None:
        """Note a fault; the first of its kind is shown."""
        self.times[kind] += 1
        self.faults.setdefault(kind, shown)

    def __str__(self) -> str:
        told = [f"{self.times[kind]} x {' | '.join(kind)}\n{shown}" for kind, shown in self.faults.items()]
        return "\n\n".join([f"{len(told)} kinds of faults; {again()}", *told])


class Documented:
    """The API as a service documents it through the gateway."""

    def __init__(self, url: str, document: dict[str, Any]) -> None:
        self._url = url
        self.document = document
        self._plain = schemathesis.openapi.from_dict(document)

    @classmethod
    def read(cls, url: str, service: str) -> "Documented":
        """The service as it documents itself at this moment."""
        return cls(url, httpx.get(f"{url}/api/v1/openapi/{service}.json", timeout=30).raise_for_status().json())

    @property
    def operations(self) -> list[tuple[str, str]]:
        """Method and path of all that is documented."""
        return [(method.upper(), path) for path, methods in self.document["paths"].items() for method in methods]

    def fuzz(self, headers: dict[str, str], effort: Effort, known: dict[str, list[str]]) -> Findings:
        """Send what the document allows and what it does not, to every operation, and judge the answers.

        `known` are values of path parameters that exist.
        """
        findings = Findings()
        config = SchemathesisConfig.from_dict(_settings(headers, effort, known))
        schema = schemathesis.openapi.from_dict(self.document, config=config).exclude(path=STREAMS)
        schema.config.update(base_url=self._url)
        for event in from_schema(schema).execute():
            if isinstance(event, events.ScenarioFinished):
                _note(event, findings)
            elif isinstance(event, events.NonFatalError):
                findings.add("not tried", event.label, shown=repr(event.value)[:1_000])
            elif isinstance(event, events.FatalError):
                raise event.exception
        return findings

    def judge(self, findings: Findings, method: str, path: str, answer: httpx.Response) -> None:
        """Note what is wrong with an answer to a request that was made in another way."""
        findings.tried[answer.status_code] += 1
        shown = f"{answer.request.content[:400]!r}\n-> {answer.status_code} {answer.content[:600]!r}"
        operation = self._plain[path][method]
        if answer.status_code >= 500:
            findings.add("server error", method, path, str(answer.status_code), shown=shown)
        if str(answer.status_code) not in operation.definition.raw["responses"]:
            findings.add("undocumented status", method, path, str(answer.status_code), shown=shown)
            return
        try:
            operation.validate_response(answer)
        except FailureGroup as group:
            for failure in group.exceptions:
                findings.add(type(failure).__name__, method, path, shown=f"{failure}\n{shown}")


def _settings(headers: dict[str, str], effort: Effort, known: dict[str, list[str]]) -> dict[str, Any]:
    bound = {"probability": effort.known_share}
    return {
        "seed": drill_seed(),
        "workers": 1,
        "headers": headers,
        "request-timeout": 30,
        "max-redirects": 0,
        "dictionaries": {name: {"values": values} for name, values in known.items()},
        "parameters": {f"path.{name}": {"dictionary": name, **bound} for name in known},
        "checks": {"enabled": False, **{name: {"enabled": True} for name in CHECKS}},
        "generation": {
            "max-examples": effort.examples,
            "no-shrink": True,
            "database": "none",
            "with-security-parameters": False,
        },
        "phases": {
            "examples": {"enabled": False},
            "coverage": {"enabled": effort.boundaries, "unexpected-methods": METHODS},
            "stateful": {"max-steps": effort.steps},
        },
        "suppress-health-check": ["all"],
    }


def _note(event: events.ScenarioFinished, findings: Findings) -> None:
    for interaction in event.recorder.interactions.values():
        findings.tried[interaction.response.status_code if interaction.response else 0] += 1
    for case, checks in event.recorder.checks.items():
        for check in checks:
            if check.failure_info is None:
                continue
            response = event.recorder.interactions[case].response
            told = response.content[:600] if response else None
            shown = f"{check.failure_info.failure}\n{check.failure_info.code_sample[:1_500]}\n-> {told!r}"
            status = str(response.status_code) if response else "no answer"
            findings.add(check.name, event.recorder.cases[case].value.operation.label, status, shown=shown)
