"""Claims that a KPI does not apply: the secretariat confirms or refuses them, and a refused one does not count."""

from typing import Any

import pytest

ONE = "/c-2024/submissions/KEN"
CLAIM = {"code": "K-TIME", "state": "not_applicable", "reason": "We have no clock."}


def decide(service: Any, decision: str = "refused", kpi: str = "K-TIME", **more: Any) -> Any:
    """Decide on a claim as the secretariat."""
    body = {"decision": decision, "reason": "You have one.", **more}
    return service.call("PUT", f"{ONE}/claims/{kpi}/decision", "secretariat", json=body)


def claims(service: Any) -> dict[str, str | None]:
    """The member's claims as it reads them, with what was decided."""
    read = service.call("GET", ONE, "contact-ken").json()["claims"]
    return {claim["code"]: claim["decision"] for claim in read}


def told(service: Any) -> list[str]:
    """The KPIs of the claims in the latest event."""
    return [claim["kpi"] for claim in service.events()[-1]["data"]["submission"]["claims"]]


@pytest.fixture
def submitted(service: Any, make: Any) -> Any:
    """The service with a submission of Kenya that claims three KPIs away."""
    service.push(
        make.figure("BALANCE", 3),
        CLAIM,
        {"code": "K-GROWTH", "state": "not_applicable", "reason": "New."},
        {"code": "K-SHARE", "state": "opted_out", "reason": "No."},
    )
    service.move("submit", "contact-ken")
    return service


def test_a_refused_claim_no_longer_counts_and_others_are_told(submitted: Any) -> None:
    answer = decide(submitted)
    assert answer.status_code == 200
    assert (answer.json()["decision"], answer.json()["decision_reason"]) == ("refused", "You have one.")
    assert (answer.json()["submission"]["status"], answer.json()["submission"]["revision"]) == ("submitted", 2)
    assert submitted.event_types()[-1] == "claim.decided.v1"
    assert told(submitted) == ["K-GROWTH", "K-SHARE"]
    assert answer.headers["etag"] == submitted.call("GET", ONE, "contact-ken").headers["etag"]


def test_the_member_reads_decision_and_reason(submitted: Any) -> None:
    decide(submitted)
    read = submitted.call("GET", ONE, "contact-ken").json()["claims"]
    assert read[-1] == CLAIM | {"decision": "refused", "decision_reason": "You have one."}
    assert [claim["decision"] for claim in read[:-1]] == [None, None]


def test_accepting_confirms_what_is_not_refused_and_the_audit_trail_says_so(submitted: Any) -> None:
    decide(submitted)
    submitted.move("accept", "secretariat")
    assert claims(submitted) == {"K-GROWTH": "confirmed", "K-SHARE": None, "K-TIME": "refused"}
    assert told(submitted) == ["K-GROWTH", "K-SHARE"]
    detail = submitted.rows("select detail from audit_entry order by id")[-1].detail
    assert detail["decisions"] == {"K-GROWTH": "confirmed", "K-TIME": "refused"}


def test_a_confirmation_is_no_news_to_others_and_the_same_again_changes_nothing(submitted: Any) -> None:
    before = submitted.events()
    assert decide(submitted, "confirmed", reason=None).json()["submission"]["revision"] == 1
    kept = submitted.table("claim"), submitted.table("submission")
    assert decide(submitted, "confirmed", reason=None).status_code == 200
    assert (submitted.table("claim"), submitted.table("submission")) == kept
    assert submitted.events() == before


def test_a_refusal_after_acceptance_is_a_new_revision_of_what_is_in_force(submitted: Any) -> None:
    submitted.move("accept", "secretariat")
    before = submitted.events()[-1]["data"]["submission"]
    answer = decide(submitted).json()["submission"]
    assert (answer["status"], answer["revision"]) == ("accepted", before["revision"] + 1)
    assert (submitted.event_types()[-1], told(submitted)) == ("claim.decided.v1", ["K-GROWTH", "K-SHARE"])
    submitted.move("revise", "contact-ken")
    submitted.push({"code": "K-GROWTH", "state": "none"})
    submitted.move("submit", "contact-ken")
    in_force = submitted.events()[-1]["data"]["submission"]["in_force"]["claims"]
    assert [claim["kpi"] for claim in in_force] == ["K-GROWTH", "K-SHARE"]
    assert told(submitted) == ["K-SHARE"]


def test_a_refusal_can_be_taken_back(submitted: Any) -> None:
    decide(submitted)
    assert decide(submitted, "confirmed").json()["submission"]["revision"] == 3
    assert told(submitted) == ["K-GROWTH", "K-SHARE", "K-TIME"]


def test_a_claim_that_the_member_changes_is_undecided_again_and_the_same_one_is_not(submitted: Any) -> None:
    decide(submitted)
    submitted.move("return", "secretariat", json={"reason": "See the claim."})
    submitted.push(CLAIM)
    assert claims(submitted)["K-TIME"] == "refused"
    submitted.push(CLAIM | {"reason": "It is broken, see the letter."})
    assert claims(submitted)["K-TIME"] is None
    submitted.move("submit", "contact-ken")
    assert told(submitted) == ["K-GROWTH", "K-SHARE", "K-TIME"]


def test_what_was_said_before_keeps_its_row(submitted: Any) -> None:
    decide(submitted)
    decide(submitted, "confirmed")
    rows = submitted.rows("select decision, until > now() + interval '1 year' as holds from claim where kpi = 'K-TIME'"
                          " order by since")  # fmt: skip
    assert [(row.decision, row.holds) for row in rows] == [(None, False), ("refused", False), ("confirmed", True)]


@pytest.mark.parametrize(
    ("kpi", "status", "code"),
    [
        ("K-NONE", 404, "claim.not_found"),
        ("K-BALANCE", 404, "claim.not_found"),
        ("K-SHARE", 409, "claim.not_decidable"),
    ],
)
def test_only_a_claim_that_a_kpi_does_not_apply_is_decided_on(submitted: Any, kpi: str, status: int, code: str) -> None:
    answer = decide(submitted, kpi=kpi)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    "body", [{"decision": "refused"}, {"decision": "perhaps"}, {}, {"decision": "refused", "reason": " "}]
)
def test_a_refusal_needs_a_reason(submitted: Any, body: dict[str, Any]) -> None:
    answer = submitted.call("PUT", f"{ONE}/claims/K-TIME/decision", "secretariat", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "request.invalid")


def test_a_draft_is_not_decided_on(service: Any) -> None:
    service.push(CLAIM)
    answer = decide(service)
    assert (answer.status_code, answer.json()["code"]) == (409, "submission.wrong_status")
    assert "this one is draft" in answer.json()["detail"]


def test_who_expects_another_state_decides_on_nothing(submitted: Any) -> None:
    answer = submitted.call(
        "PUT", f"{ONE}/claims/K-TIME/decision", "secretariat",
        json={"decision": "confirmed"}, headers={"if-match": '"9.9"'},
    )  # fmt: skip
    assert (answer.status_code, answer.json()["code"]) == (412, "submission.changed")
