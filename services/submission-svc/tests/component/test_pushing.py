"""Pushing over HTTP: what is saved, what is refused, and that the same content twice changes nothing."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PATH = "/c-2024/submissions/KEN/answers"
COUNTS = ("received", "created", "updated", "unchanged")


def counts(answer: Any) -> tuple[int, ...]:
    """The counts of a push that succeeded."""
    assert answer.status_code == 200, answer.text
    return tuple(answer.json()[name] for name in COUNTS)


def contents(service: Any) -> list[Any]:
    """Everything that pushes can change, with the places of the rows in their files."""
    tables = ("submission", "answer", "claim", "audit_entry", "outbox")
    return [service.table(table) for table in tables]


def test_the_same_content_again_writes_nothing(service: Any, make: Any) -> None:
    rows = (make.figure(), make.figure("BALANCE", -2), {"code": "K-TIME", "state": "opted_out", "reason": "Because."})
    assert counts(service.push(*rows)) == (3, 3, 0, 0)
    before = contents(service)
    assert counts(service.push(*rows)) == (3, 0, 0, 3)
    assert contents(service) == before


def test_only_what_differs_is_written(service: Any, make: Any) -> None:
    service.push(make.figure("HOURS", 1), make.figure("BALANCE", 2))
    service.clock.now = datetime(2025, 3, 2, tzinfo=UTC)
    pushed = service.push(make.figure("HOURS", 1), make.figure("BALANCE", 3), make.figure("UNUSED", 4))
    assert counts(pushed) == (3, 1, 1, 1)
    assert service.rows("select input, value from answer where until = 'infinity' order by input") == [
        ("BALANCE", 3.0),
        ("HOURS", 1.0),
        ("UNUSED", 4.0),
    ]
    assert service.rows("select changed_at from submission")[0][0] == service.clock.now
    assert service.rows("select detail from audit_entry order by id")[-1][0] | {"body_digest": ""} == {
        "created": 1,
        "updated": 1,
        "removed": 0,
        "body_digest": "",
    }


def test_duplicates_that_agree_are_noted(service: Any, make: Any) -> None:
    answer = service.push(make.figure(), make.figure())
    assert counts(answer) == (2, 1, 0, 0)
    note = {
        "code": "answers.duplicate",
        "message": "This row repeats row 1: the same answer for HOURS in 2024. It counts once.",
        "hint": "Nothing needs to be done.",
        "row": 2,
        "pointer": "/answers/1",
    }
    assert answer.json()["notes"] == [note]


def test_a_missing_figure_replaces_a_number_and_the_other_way_round(service: Any, make: Any) -> None:
    service.push(make.figure())
    assert counts(service.push({"code": "HOURS", "year": 2024, "state": "missing"})) == (1, 0, 1, 0)
    assert service.rows("select state, value from answer where until = 'infinity'") == [("missing", None)]
    assert counts(service.push(make.figure(value=0))) == (1, 0, 1, 0)
    assert service.rows("select state, value from answer where until = 'infinity'") == [("number", 0.0)]


CLAIM = {"code": "K-TIME", "state": "opted_out", "reason": "A mistake."}
TAKEN_BACK = {"code": "K-TIME", "state": "none"}


def test_a_claim_is_taken_back_and_gone_from_what_others_hear(service: Any, make: Any) -> None:
    service.push(make.figure(), CLAIM, {**CLAIM, "code": "K-SHARE"})
    service.clock.now = datetime(2025, 3, 2, tzinfo=UTC)
    answer = service.push(TAKEN_BACK)
    assert (counts(answer), answer.json()["removed"]) == ((1, 0, 0, 0), 1)
    assert service.rows("select kpi from claim where until = 'infinity'") == [("K-SHARE",)]
    assert service.rows("select changed_at from submission")[0][0] == service.clock.now
    assert service.rows("select detail from audit_entry order by id")[-1][0]["removed"] == 1
    service.move("submit", "contact-ken")
    assert [claim["kpi"] for claim in service.events()[-1]["data"]["submission"]["claims"]] == ["K-SHARE"]


def test_what_is_not_claimed_can_be_taken_back_and_nothing_changes(service: Any, make: Any) -> None:
    service.push(make.figure(), {**CLAIM, "code": "K-SHARE"})
    before = contents(service)
    answer = service.push(TAKEN_BACK)
    assert (counts(answer), answer.json()["removed"]) == ((1, 0, 0, 1), 0)
    assert contents(service) == before


def test_a_claim_is_taken_back_in_csv_beside_other_rows(service: Any) -> None:
    service.push(CLAIM)
    body = "code,year,value,state,reason,comment\nHOURS,2024,3,,,\nK-TIME,,,none,,\nK-SHARE,,,opted_out,Not now.,\n"
    path, headers = "/c-2024/submissions/KEN/answers", {"content-type": "text/csv"}
    answer = service.call("POST", path, "contact-ken", content=body, headers=headers)
    assert (counts(answer), answer.json()["removed"]) == ((3, 2, 0, 0), 1)
    assert service.call("GET", path, "contact-ken").json()["claims"] == [
        {
            "code": "K-SHARE",
            "state": "opted_out",
            "reason": "Not now.",
            "decision": None,
            "decision_reason": None,
        }
    ]


def test_the_loader_takes_claims_of_many_back(service: Any) -> None:
    for member in ("KEN", "UGA"):
        service.push(CLAIM, member=member, person="loader")
    rows = [{**TAKEN_BACK, "administration": "KEN"}, {**TAKEN_BACK, "administration": "FRA"}]
    answer = service.call("POST", "/c-2024/answers", "loader", json={"answers": rows})
    assert (counts(answer), answer.json()["removed"]) == ((2, 0, 0, 1), 1)
    held = "select administration from claim join submission on id = submission where until = 'infinity'"
    assert service.rows(held) == [("UGA",)]


@pytest.mark.parametrize("status", ["submitted", "accepted"])
def test_a_claim_of_a_locked_submission_stays(service: Any, status: str) -> None:
    service.push(CLAIM)
    service.move("submit", "contact-ken")
    if status == "accepted":
        service.move("accept", "secretariat")
    assert service.push(TAKEN_BACK).json()["code"] == "submission.locked"
    assert service.rows("select kpi from claim where until = 'infinity'") == [("K-TIME",)]


def test_takes_csv_with_a_byte_order_mark(service: Any) -> None:
    body = "\ufeffcode,year,value,state,reason,comment\r\nHOURS,2024,3.5,,,\r\n".encode()
    headers = {"content-type": "text/csv; charset=UTF-8"}
    path = "/c-2024/submissions/KEN/answers"
    assert counts(service.call("POST", path, "contact-ken", content=body, headers=headers)) == (1, 1, 0, 0)


def test_one_wrong_row_and_nothing_is_saved(service: Any, make: Any) -> None:
    before = contents(service)
    answer = service.push(make.figure(), make.figure("BALANCE", "x"), make.figure("HUORS"))
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "answers.invalid")
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["detail"] == "2 errors in 2 rows; nothing was saved. See errors."
    assert [(error["row"], error["column"], error["pointer"]) for error in problem["errors"]] == [
        (2, "value", "/answers/1/value"),
        (3, "code", "/answers/2/code"),
    ]
    assert contents(service) == before


@pytest.mark.parametrize(
    ("content", "kind", "status", "code"),
    [
        (b"{", "application/json", 400, "answers.malformed"),
        (b'{"answers": [{"code": "\\ud800", "year": 2024, "value": 1}]}', "application/json", 422, "answers.invalid"),
        (b'{"answers": [{"code": "A\\u0000", "year": 2024, "value": 1}]}', "application/json", 422, "answers.invalid"),
        (b"", "text/csv", 422, "answers.invalid"),
        (b"code,year,value\nH\xd6,1,1", "text/csv", 422, "answers.invalid"),
        (b"code,year,value\nH\x81,1,1", "text/csv", 400, "answers.malformed"),
        (b"code,year,value\n", "text/csv; charset=koi8-r", 415, "answers.media_type"),
        (b"{\n", "application/x-ndjson", 400, "answers.malformed"),
        (b"no workbook", XLSX, 400, "answers.malformed"),
        (b"code,year,value\n" + b"A,1,1\n" * 500_001, "text/csv", 413, "answers.too_many_rows"),
        (b"<a/>", "application/xml", 415, "answers.media_type"),
        (b"x" * 34_000_000, "text/csv", 413, "request.too_large"),
    ],
)
def test_bodies_that_cannot_be_taken(service: Any, content: bytes, kind: str, status: int, code: str) -> None:
    path, headers = "/c-2024/submissions/KEN/answers", {"content-type": kind}
    answer = service.call("POST", path, "system-ken", content=content, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_an_unknown_cycle_and_an_unknown_administration(service: Any, make: Any) -> None:
    unknown = service.push(make.figure(), cycle="c-2026")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "cycle.not_found")
    outside = service.push(make.figure(), member="ATL", person="contact-atl")
    assert (outside.status_code, outside.json()["code"]) == (404, "administration.not_found")
    assert "no administration ATL" in outside.json()["detail"]


def test_a_closed_cycle_takes_nothing(service: Any, make: Any) -> None:
    assert service.close().json()["status"] == "closed"
    answer = service.push(make.figure())
    assert (answer.status_code, answer.json()["code"]) == (409, "cycle.closed")
    assert service.rows("select * from submission") == []


@pytest.mark.parametrize("today", [datetime(2024, 12, 31, 23, 59, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)])
def test_outside_its_window_a_cycle_takes_nothing_and_says_when(service: Any, make: Any, today: datetime) -> None:
    service.clock.now = today
    answer = service.push(make.figure())
    assert (answer.status_code, answer.json()["code"]) == (409, "cycle.not_open")
    assert "from 2025-01-01 to 2025-12-31" in answer.json()["detail"]
    assert (answer.json()["opens_on"], answer.json()["closes_on"]) == ("2025-01-01", "2025-12-31")


@pytest.mark.parametrize("today", [datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 12, 31, 23, 59, tzinfo=UTC)])
def test_both_ends_of_the_window_belong_to_it(service: Any, make: Any, today: datetime) -> None:
    service.clock.now = today
    assert service.push(make.figure()).status_code == 200


@pytest.mark.parametrize(("status", "way_out"), [("submitted", "Withdraw it"), ("accepted", "Open it for a revision")])
def test_what_is_submitted_or_accepted_is_locked(service: Any, make: Any, status: str, way_out: str) -> None:
    service.push(make.figure())
    service.move("submit", "contact-ken")
    if status == "accepted":
        service.move("accept", "secretariat")
    answer = service.push(make.figure(value=7))
    assert (answer.status_code, answer.json()["code"]) == (409, "submission.locked")
    assert way_out in answer.json()["detail"]
    assert service.rows("select value from answer where until = 'infinity'") == [(12.5,)]


@pytest.mark.parametrize(("step", "person", "body"), [("withdraw", "contact-ken", None), ("return", "secretariat", 1)])
def test_what_is_withdrawn_or_returned_can_be_changed(
    service: Any, make: Any, step: str, person: str, body: int | None
) -> None:
    service.push(make.figure())
    service.move("submit", "contact-ken")
    service.move(step, person, **({"json": {"reason": "Please check."}} if body else {}))
    assert counts(service.push(make.figure(value=7))) == (1, 0, 1, 0)
    assert service.move("submit", "contact-ken").json()["revision"] == 3
    assert service.events()[-1]["data"]["submission"]["answers"] == [
        {"input": "HOURS", "year": 2024, "value": 7.0, "period": None}
    ]


def test_the_loader_pushes_for_many_at_once(service: Any, make: Any) -> None:
    service.push(make.figure(), member="UGA", person="system-uga")
    rows = [make.figure(administration=code) for code in ("KEN", "UGA", "FRA")]
    answer = service.call("POST", "/c-2024/answers", "loader", json={"answers": rows})
    assert counts(answer) == (3, 2, 0, 1)
    assert answer.json()["submissions"] == [
        {"administration": code, "status": "draft", "revision": 0} for code in ("FRA", "KEN", "UGA")
    ]
    subjects = [row.subject for row in service.rows("select subject from audit_entry where actor = 'loader'")]
    assert sorted(subjects) == ["c-2024/FRA", "c-2024/KEN"]


def test_a_push_for_many_is_all_or_nothing(service: Any, make: Any) -> None:
    rows = [make.figure(administration=code) for code in ("KEN", "ATL", ["KEN"])]
    answer = service.call("POST", "/c-2024/answers", "loader", json={"answers": rows})
    assert [error["code"] for error in answer.json()["errors"]] == [
        "answers.unknown_administration",
        "answers.administration_not_text",
    ]
    service.push(make.figure())
    service.move("submit", "contact-ken")
    rows = [make.figure(administration="UGA"), make.figure(administration="KEN", value=1)]
    answer = service.call("POST", "/c-2024/answers", "loader", json={"answers": rows})
    assert (answer.status_code, answer.json()["code"]) == (409, "submission.locked")
    assert "submission of KEN cannot" in answer.json()["detail"]
    assert service.rows("select administration from submission") == [("KEN",)]


def test_everything_a_row_says_is_kept_and_given_back(service: Any, make: Any) -> None:
    said = {"status": "P", "reason": "A new port opened.", "comment": "As published."}
    service.push(make.figure(**said), make.figure("BALANCE", 2))
    answers = service.call("GET", PATH, "contact-ken").json()["answers"]
    assert answers[1] == {**make.figure(), "state": "number", "period": None, **said}
    assert [answers[0][name] for name in said] == [None, None, None]


def test_an_answer_is_deleted_and_may_be_given_again(service: Any, make: Any) -> None:
    service.push(make.figure(), make.figure("BALANCE", 2))
    answer = service.push({"code": "HOURS", "year": 2024, "state": "none"})
    assert (counts(answer), answer.json()["removed"]) == ((1, 0, 0, 0), 1)
    assert [each["code"] for each in service.call("GET", PATH, "contact-ken").json()["answers"]] == ["BALANCE"]
    again = service.push({"code": "HOURS", "year": 2024, "state": "none"})
    assert (counts(again), again.json()["removed"]) == ((1, 0, 0, 1), 0)
    assert counts(service.push(make.figure())) == (1, 1, 0, 0)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'{"code": "HOURS", "year": 2024, "value": 3.5}\n', "application/x-ndjson"),
        ("\ufeffcode;ann\u00e9e;valeur\nHOURS;2024;3,5\n".encode("utf-16-le"), "text/csv"),
        (b"Code\tYear\tValue\nHOURS\t2024\t3.5\n", "application/octet-stream"),
    ],
)
def test_takes_what_is_sent_in_other_formats(service: Any, body: bytes, kind: str) -> None:
    answer = service.call("POST", PATH, "contact-ken", content=body, headers={"content-type": kind})
    assert counts(answer) == (1, 1, 0, 0)
    assert service.rows("select value from answer where until = 'infinity'") == [(3.5,)]


def test_errors_are_counted_and_grouped_by_cause(service: Any, make: Any) -> None:
    problem = service.push(*[make.figure("HUORS", value) for value in range(3)], make.figure(value="x")).json()
    assert problem["found"] == 4
    assert [(group["code"], group["rows"], group["first_row"]) for group in problem["groups"]] == [
        ("answers.unknown_input", 3, 1),
        ("answers.not_a_number", 1, 4),
    ]
    assert problem["groups"][0]["text"] == (
        "The framework has no input HUORS: 3 rows, first at row 1. Did you mean HOURS?"
    )


@pytest.mark.parametrize(
    ("query", "headers"),
    [("?language=fr", {"accept-language": "en"}), ("", {"accept-language": "de, fr-CA;q=0.8, en;q=0.5"})],
)
def test_errors_come_in_french_for_whoever_wants_it(service: Any, query: str, headers: dict[str, str]) -> None:
    sent = {"answers": [{"code": "HUORS", "year": 2024, "value": 1}]}
    problem = service.call("POST", f"{PATH}{query}", "contact-ken", json=sent, headers=headers).json()
    assert problem["detail"] == "1 erreur\u00a0; rien n\u2019a \u00e9t\u00e9 enregistr\u00e9. Voir errors."
    assert problem["errors"][0]["hint"] == "Vouliez-vous dire HOURS\u00a0?"


def test_an_unknown_language_is_refused(service: Any, make: Any) -> None:
    answer = service.call("POST", f"{PATH}?language=xx", "contact-ken", json={"answers": []})
    assert (answer.status_code, answer.json()["code"]) == (422, "request.invalid")


@pytest.mark.parametrize("accept", ["application/x-ndjson", "text/csv;q=0.9, application/json;q=0.1"])
def test_the_whole_list_of_errors_comes_as_a_file(service: Any, make: Any, accept: str) -> None:
    rows = [make.figure("HUORS", value) for value in range(3)]
    answer = service.push(*rows, headers={"accept": accept})
    assert answer.status_code == 422
    lines = answer.text.splitlines()
    if "ndjson" in accept:
        assert answer.headers["content-type"] == "application/x-ndjson"
        assert [json.loads(line)["row"] for line in lines] == [1, 2, 3]
    else:
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        assert lines[0] == "\ufeffseverity,row,column,cell,code,message,hint,line"
        assert lines[3] == "error,3,code,,answers.unknown_input,The framework has no input HUORS.,Did you mean HOURS?,"
    assert service.rows("select * from submission") == []
