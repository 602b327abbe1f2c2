"""Looks into the databases of a stack: what was accepted, what was scored, what still waits, and what it should be."""

import json
from dataclasses import dataclass
from typing import Any

import psycopg

from access_policy import with_levels
from framework_spec.document import Framework
from local_stack.stack import Stack
from scoring_engine import score_cycle
from scoring_engine.data import AdministrationInputs, CycleInputs
from tests.support.replay import Entry

SERVICES = ("framework", "submission", "scoring", "reporting")


@dataclass(frozen=True)
class Ledger:
    """Read-only looks into the services' databases, for tests only."""

    stack: Stack

    def _rows(self, service: str, statement: str, *values: Any) -> list[Any]:
        dsn = self.stack.database_url(service).replace("postgresql+psycopg://", "postgresql://")
        with psycopg.connect(dsn) as connection:
            return connection.execute(statement, values).fetchall()

    def waiting(self) -> dict[str, int]:
        """Outbox rows not yet sent, a service."""
        statement = "select count(*) from outbox where published_at is null"
        return {service: self._rows(service, statement)[0][0] for service in SERVICES}

    def parked(self) -> dict[str, list[str]]:
        """Messages that a consumer gave up on, a service."""
        return {
            service: [row[0] for row in self._rows(service, "select error from parked_message")] for service in SERVICES
        }

    def accepted(self, cycle: str) -> set[str]:
        """Administrations whose submission is accepted, by submission-svc itself."""
        statement = "select administration from submission where cycle = %s and status = 'accepted'"
        return {row[0] for row in self._rows("submission", statement, cycle)}

    def cards(self, cycle: str) -> dict[str, Any]:
        """The stored final cards, by administration."""
        statement = "select administration, card from score_card where cycle = %s and kind = 'final'"
        return {administration: json.loads(card) for administration, card in self._rows("scoring", statement, cycle)}

    def updates(self, cycle: str) -> dict[str, int]:
        """How many score.updated.v1 were published for each administration."""
        statement = (
            "select payload::json->'data'->>'administration', count(*) from outbox"
            " where payload::json->>'type' = 'score.updated.v1'"
            " and payload::json->'data'->'cycle'->>'code' = %s group by 1"
        )
        return dict(self._rows("scoring", statement, cycle))

    def not_arrived(self, cycle: str) -> list[str]:
        """Services with events that wait, and administrations that scoring or reporting does not have as accepted."""
        accepted, cards, reported = self.accepted(cycle), self.cards(cycle), self.reported_cards(cycle)
        waiting = [service for service, count in self.waiting().items() if count]
        other = [code for code in sorted({*cards, *reported}) if cards.get(code) != reported.get(code)]
        return [*waiting, *sorted(accepted ^ set(cards)), *other]

    def updates_of_revisions(self, cycle: str) -> dict[tuple[str, int], int]:
        """How many score.updated.v1 were published for each administration and revision of its submission."""
        statement = (
            "select payload::json->'data'->>'administration', (payload::json->'data'->>'revision')::int, count(*)"
            " from outbox where payload::json->>'type' = 'score.updated.v1'"
            " and payload::json->'data'->'cycle'->>'code' = %s group by 1, 2"
        )
        return {(code, revision): count for code, revision, count in self._rows("scoring", statement, cycle)}

    def said_last(self, cycle: str) -> dict[str, str]:
        """The type of the last event that scoring-svc published about each administration."""
        statement = (
            "select distinct on (1) payload::json->'data'->>'administration', payload::json->>'type' from outbox"
            " where payload::json->'data'->>'administration' is not null"
            " and payload::json->'data'->'cycle'->>'code' = %s order by 1, id desc"
        )
        return dict(self._rows("scoring", statement, cycle))

    def trail(self, cycle: str) -> dict[str, list[Entry]]:
        """The audit trail of the submissions of a cycle by administration, in the order in which things happened."""
        statement = "select subject, action, detail from audit_entry where subject like %s order by id"
        found: dict[str, list[Entry]] = {}
        for subject, action, detail in self._rows("submission", statement, f"{cycle}/%"):
            found.setdefault(subject.partition("/")[2], []).append(Entry(action, detail))
        return found

    def reported(self, cycle: str) -> set[str]:
        """Administrations that reporting-svc has a card of."""
        return {
            row[0] for row in self._rows("reporting", "select administration from score_card where cycle = %s", cycle)
        }

    def reported_cards(self, cycle: str) -> dict[str, Any]:
        """The cards that reporting-svc shows from, by administration."""
        statement = "select administration, card from score_card where cycle = %s"
        return dict(self._rows("reporting", statement, cycle))

    def outside_updates(self, cycle: str) -> dict[str, int]:
        """How many score.updated.v1 the outside log holds for each administration."""
        statement = (
            "select administration, count(*) from outside_event"
            " where cycle = %s and type = 'score.updated.v1' group by 1"
        )
        return dict(self._rows("reporting", statement, cycle))

    def register_name(self, population: str, administration: str) -> set[str]:
        """What framework-svc and reporting-svc call an administration."""
        stored = self._rows("framework", "select register from population where code = %s", population)[0][0]
        names = {row["name"] for row in stored["administrations"] if row["code"] == administration}
        statement = "select name from administration where population = %s and code = %s"
        return names | {row[0] for row in self._rows("reporting", statement, population, administration)}

    def offline_cards(self, cycle: str) -> dict[str, Any]:
        """The cards as the engine makes them from what submission-svc published, without any service."""
        statement = (
            "select distinct on (key) payload from outbox where payload::json->'data'->'submission' is not null"
            " and payload::json->'data'->'cycle'->>'code' = %s order by key, id desc"
        )
        latest = [json.loads(row[0])["data"] for row in self._rows("submission", statement, cycle)]
        events = [event for event in latest if event["submission"]["status"] == "accepted"]
        framework = self._framework(events[0]["cycle"])
        submissions = {event["submission"]["administration"]: event["submission"] for event in events}
        inputs = {administration: _inputs(submission) for administration, submission in submissions.items()}
        run = score_cycle(framework, CycleInputs.build(framework, events[0]["cycle"]["reporting_year"], inputs))
        return {
            administration: json.loads(json.dumps(with_levels(run.card(administration), submission["disclosure"])))
            for administration, submission in submissions.items()
        }

    def _framework(self, cycle: dict[str, Any]) -> Framework:
        statement = "select document from framework_version where code = %s and version = %s"
        row = self._rows("framework", statement, cycle["framework"], cycle["framework_version"])[0]
        return Framework.model_validate_json(row[0])


def _inputs(submission: dict[str, Any]) -> AdministrationInputs:
    given = {(row["input"], row["year"]): row for row in submission["answers"] if row["value"] is not None}
    return AdministrationInputs(
        answers={key: row["value"] for key, row in given.items()},
        claims={row["kpi"]: row["state"] for row in submission["claims"]},
        fiscal=frozenset(key for key, row in given.items() if row["period"] is not None),
    )
