"""Replacing a scope, deleting, taking good rows beside bad ones, and dry runs."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from answer_intake.formats import Format
from submission_svc.application.commands.push_answers import push_answers
from submission_svc.application.pushing.command import PushAnswers
from submission_svc.application.pushing.options import PushOptions
from submission_svc.application.pushing.projecting import Projection, ProjectionUnavailableError
from submission_svc.application.watching import Unwatched
from submission_svc.domain.job import Stage

ANSWERS = "/c-2024/submissions/KEN/answers"


class Scores:
    """A stand-in for scoring-svc."""

    def __init__(self, answer: dict[str, Any] | str) -> None:
        self.answer, self.asked = answer, list[tuple[dict[str, Any], str | None]]()

    def project(self, projection: Projection, token: str | None) -> dict[str, Any]:
        """What was given, or the reason why there is nothing."""
        self.asked.append((projection.body(), token))
        if isinstance(self.answer, str):
            raise ProjectionUnavailableError(self.answer)
        return self.answer


def scored_by(service: Any, scores: Scores) -> Scores:
    """Let the service ask this stand-in."""
    service.app.state.dependencies = replace(service.app.state.dependencies, projector=scores)
    return scores


def post(service: Any, *rows: dict[str, Any], person: str = "system-ken", **options: Any) -> Any:
    """Push rows with query parameters."""
    headers = options.pop("headers", {})
    return service.call("POST", ANSWERS, person, json={"answers": list(rows)}, params=options, headers=headers)


def held(service: Any) -> set[tuple[str, int]]:
    """What Kenya's answers are now."""
    rows = service.rows("select input, year from answer where until = 'infinity'")
    return {(row.input, row.year) for row in rows}


def claim(kpi: str, state: str = "opted_out") -> dict[str, Any]:
    """A row with a claim."""
    return {"code": kpi, "state": state, **({"reason": "Because."} if state != "none" else {})}


@pytest.fixture
def filled(service: Any, make: Any) -> Any:
    """Kenya has four answers and a claim."""
    rows = [make.figure("DECLARATIONS_ALL", 10), make.figure("DECLARATIONS_ALL", 8, 2023), make.figure("HOURS", 5)]
    answer = service.push(*rows, make.figure("BALANCE", 1), claim("K-TIME"))
    assert answer.json()["created"] == 5
    return service


def test_replacing_all_ends_what_the_file_does_not_have(filled: Any, make: Any) -> None:
    answer = post(filled, make.figure("HOURS", 5), make.figure("UNUSED", 1), mode="replace", scope="all").json()
    assert {name: answer[name] for name in ("received", "created", "updated", "removed", "unchanged")} == {
        "received": 2,
        "created": 1,
        "updated": 0,
        "removed": 4,
        "unchanged": 1,
    }
    assert held(filled) == {("HOURS", 2024), ("UNUSED", 2024)}
    assert filled.rows("select 1 from claim where until = 'infinity'") == []
    assert len(filled.rows("select 1 from answer where until < 'infinity'")) == 3


@pytest.mark.parametrize(
    ("scope", "row", "left"),
    [
        ("year:2023", ("DECLARATIONS_ALL", 9, 2023), {("HOURS", 2024), ("BALANCE", 2024), ("DECLARATIONS_ALL", 2024)}),
        ("input:DECLARATIONS_ALL", ("DECLARATIONS_ALL", 9, 2024), {("HOURS", 2024), ("BALANCE", 2024)}),
        ("node:K-GROWTH", ("DECLARATIONS_ALL", 9, 2024), {("HOURS", 2024), ("BALANCE", 2024)}),
        ("node:OVERALL", ("HOURS", 9, 2024), set()),
    ],
)
def test_replacing_a_part_leaves_the_rest(
    filled: Any, make: Any, scope: str, row: tuple[str, int, int], left: set[tuple[str, int]]
) -> None:
    assert post(filled, make.figure(*row), mode="replace", scope=scope).status_code == 200
    assert held(filled) == left | {(row[0], row[2])}


def test_the_same_replacement_twice_changes_nothing(filled: Any, make: Any) -> None:
    post(filled, make.figure("HOURS", 5), mode="replace", scope="all")
    before = filled.table("answer")
    assert post(filled, make.figure("HOURS", 5), mode="replace", scope="all").json()["unchanged"] == 1
    assert filled.table("answer") == before


def test_rows_outside_the_scope_are_errors_and_nothing_is_saved(filled: Any, make: Any) -> None:
    before = filled.table("answer")
    answer = post(filled, make.figure("HOURS", 5), make.figure("BALANCE", 2), mode="replace", scope="input:HOURS")
    assert (answer.status_code, answer.json()["code"]) == (422, "answers.invalid")
    (error,) = answer.json()["errors"]
    assert (error["code"], error["row"], error["pointer"]) == ("answers.out_of_scope", 2, "/answers/1/code")
    assert filled.table("answer") == before


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"mode": "replace"}, "answers.scope_required"),
        ({"scope": "all"}, "answers.scope_without_replace"),
        ({"mode": "replace", "scope": "all", "on_error": "take_good"}, "answers.replace_takes_all"),
        ({"mode": "replace", "scope": "input:HOUR"}, "answers.unknown_scope"),
        ({"mode": "append"}, "request.invalid"),
    ],
)
def test_options_that_make_no_sense_are_refused(filled: Any, make: Any, options: dict[str, str], code: str) -> None:
    answer = post(filled, make.figure("HOURS", 5), **options)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    if code == "answers.unknown_scope":
        assert "Did you mean input:HOURS?" in answer.json()["detail"]


@pytest.mark.parametrize(("scope", "left"), [("all", 0), ("year:2023", 3), ("input:HOURS", 3), ("node:K-TIME", 3)])
def test_a_scope_is_deleted_and_its_past_is_kept(filled: Any, scope: str, left: int) -> None:
    answer = filled.call("DELETE", ANSWERS, "contact-ken", params={"scope": scope})
    assert answer.status_code == 200
    assert len(held(filled)) == left
    assert len(filled.rows("select 1 from answer")) == 4
    again = filled.call("DELETE", ANSWERS, "contact-ken", params={"scope": scope})
    assert (again.status_code, again.json()["removed"]) == (200, 0)


def test_nothing_is_deleted_without_a_scope_or_of_others(filled: Any) -> None:
    assert filled.call("DELETE", ANSWERS, "contact-ken").status_code == 422
    assert filled.call("DELETE", ANSWERS, "contact-uga", params={"scope": "all"}).status_code == 403
    missing = filled.call("DELETE", "/c-2024/submissions/UGA/answers", "contact-uga", params={"scope": "all"})
    assert (missing.status_code, missing.json()["code"]) == (404, "submission.not_found")


def test_good_rows_are_taken_beside_bad_ones_when_asked_for(service: Any, make: Any) -> None:
    headers = {"idempotency-key": "k"}
    rows = (make.figure("HOURS", 5), make.figure("HOURS_", 5), make.figure("BALANCE", "x"))
    answer = post(service, *rows, on_error="take_good", headers=headers)
    assert answer.status_code == 200
    assert [answer.json()[name] for name in ("received", "created", "errors_found")] == [3, 1, 2]
    assert [error["row"] for error in answer.json()["errors"]] == [2, 3]
    assert held(service) == {("HOURS", 2024)}
    assert post(service, *rows, on_error="take_good", headers=headers).content == answer.content
    other = post(service, *rows, headers=headers)
    assert other.json()["code"] == "idempotency.key_reused"


def test_where_no_row_is_good_none_is_taken(service: Any, make: Any) -> None:
    assert post(service, make.figure("NO", 1), on_error="take_good").status_code == 422
    assert service.table("submission") == []


def test_a_push_says_what_the_rules_say_and_what_is_still_asked_for(service: Any, make: Any) -> None:
    answer = service.push(make.figure("HOURS", 5), claim("K-BALANCE")).json()
    assert answer["violations"] == []
    assert answer["unanswered"] == 3  # the share's two figures and the one of the year before


def test_a_dry_run_tells_everything_and_keeps_nothing(filled: Any, make: Any) -> None:
    scores = scored_by(filled, Scores({"nodes": []}))
    tables = ("answer", "claim", "submission", "audit_entry", "outbox", "idempotency_key")
    before = {name: filled.table(name) for name in tables}
    rows = (make.figure("DECLARATIONS_ELECTRONIC", 5), make.figure("HOURS", 6), claim("K-TIME", "none"))
    answer = post(filled, *rows, dry_run=True, headers={"idempotency-key": "k"}).json()
    assert answer["would"] == {"received": 3, "created": 1, "updated": 1, "removed": 1, "unchanged": 0}
    values = {kpi["code"]: (kpi["state"], kpi["value"], kpi["reason"]) for kpi in answer["kpis"]}
    assert values == {
        "K-SHARE": ("answered", 50, None),
        "K-GROWTH": ("answered", 1.25, None),
        "K-TIME": ("answered", 6, None),
        "K-BALANCE": ("answered", 1, None),
    }
    assert answer["projected_scores"] == {"nodes": []}
    ((body, token),) = scores.asked
    assert ({"input": "HOURS", "year": 2024, "value": 6.0} in body["answers"], token) == (True, "system-ken")
    assert {name: filled.table(name) for name in tables} == before


def test_a_dry_run_of_a_first_push_begins_nothing(service: Any, make: Any) -> None:
    scored_by(service, Scores("It is away."))
    answer = post(service, make.figure("DECLARATIONS_ALL", 0), claim("K-BALANCE"), dry_run=True).json()
    assert answer["projected_unavailable"] == "It is away."
    assert "projected_scores" not in answer
    kpis = {kpi["code"]: (kpi["state"], kpi["reason"]) for kpi in answer["kpis"]}
    assert kpis["K-BALANCE"] == ("opted_out", None)
    assert kpis["K-SHARE"] == ("missing", "missing_input:DECLARATIONS_ELECTRONIC@T")
    assert service.table("submission") == []


def test_without_an_address_of_scoring_a_dry_run_says_so(service: Any, make: Any) -> None:
    answer = post(service, make.figure(), dry_run=True).json()
    assert "OPENPMM_SCORING_URL" in answer["projected_unavailable"]


def test_a_dry_run_of_a_bad_file_is_refused_like_a_push(service: Any, make: Any) -> None:
    assert post(service, make.figure("NO", 1), dry_run=True).status_code == 422
    partly = post(service, make.figure("NO", 1), make.figure(), dry_run=True, on_error="take_good").json()
    assert (partly["errors_found"], partly["would"]["created"]) == (1, 1)


def test_a_dry_run_for_many_counts(service: Any, make: Any) -> None:
    rows = [make.figure(administration=code) for code in ("KEN", "UGA")]
    answer = service.call("POST", "/c-2024/answers", "loader", json={"answers": rows}, params={"dry_run": True})
    assert answer.json()["would"]["created"] == 2
    assert service.table("submission") == []


def test_two_systems_of_a_member_at_once_replace_one_after_the_other(filled: Any, make: Any) -> None:
    pushes = [
        lambda: post(filled, make.figure("HOURS", 1), make.figure("UNUSED", 1), mode="replace", scope="all"),
        lambda: post(filled, make.figure("BALANCE", 2), person="submitter-ken", mode="replace", scope="all"),
    ]
    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(push) for push in pushes]
        assert [each.result().status_code for each in waiting] == [200, 200]
    assert held(filled) in ({("HOURS", 2024), ("UNUSED", 2024)}, {("BALANCE", 2024)})


class BetweenLockAndSaving(Unwatched):
    """Does something at the moment when a push has locked what there was, and before it saves."""

    def __init__(self, what: Callable[[], Any]) -> None:
        self._what = what

    def stage(self, stage: Stage, rows: int | None = None) -> None:
        """Nothing, but at that moment."""
        if stage == "saving":
            self._what()


def test_replacing_also_ends_what_another_push_began_meanwhile(service: Any, make: Any) -> None:
    """Nothing was there to be locked yet, so the other one was not kept waiting."""
    deps, rows = service.app.state.dependencies, [make.figure("HOURS", 5)]
    command = PushAnswers(
        cycle="c-2024",
        administration="KEN",
        body=json.dumps({"answers": rows}).encode(),
        format=Format.JSON,
        actor="system-ken",
        path="/p",
        language="en",
        options=PushOptions("replace", "all"),
    )
    other = BetweenLockAndSaving(lambda: service.push(make.figure("DECLARATIONS_ALL", 10)))
    push_answers(command, deps.unit_of_work(), deps.rulebooks, deps.clock, other)
    assert held(service) == {("HOURS", 2024)}
