"""Warnings on the way to submission: what blocks, what asks for a reason, and how reasons hold and fall."""

from typing import Any

import pytest

from framework_spec.document import Framework

RULES = [
    {
        "id": "PART",
        "kind": "comparison",
        "severity": "error",
        "check": "DECLARATIONS_ELECTRONIC <= DECLARATIONS_ALL",
        "text": {"en": "A part is not above its whole.", "fr": "Une partie ne dépasse pas le tout."},
    },
    {"id": "LONG", "kind": "range", "severity": "warning", "value": "HOURS", "maximum": 100, "text": {"en": "Long."}},
    {
        "id": "SHADOW",
        "kind": "range",
        "severity": "error",
        "value": "BALANCE",
        "maximum": 10,
        "shadow": True,
        "text": {"en": "High."},
    },
    {
        "id": "CORE",
        "kind": "completeness",
        "severity": "warning",
        "kpis": ["K-TIME", "K-BALANCE"],
        "text": {"en": "Asked of everyone."},
    },
    {
        "id": "LATER",
        "kind": "range",
        "severity": "error",
        "value": "HOURS",
        "maximum": 1,
        "valid_from": "2030-01-01",
        "text": {"en": "Later."},
    },
]
FINE = [("HOURS", 50, 2024), ("BALANCE", 1, 2024)]


@pytest.fixture
def strict(service: Any, make: Any, document: dict[str, Any]) -> Any:
    """The service with cycles of a framework that has rules, for three years."""
    framework = Framework.model_validate({**document, "code": "strict", "rules": RULES})
    service.hear(make.published(framework))
    for year in (2022, 2023, 2024):
        assert service.open_cycle(f"s-{year}", framework="strict", reporting_year=year).status_code == 201
    return service


def say(service: Any, *rows: tuple[str, Any, int], cycle: str = "s-2024", **more: Any) -> None:
    """Push figures."""
    answers = [{"code": code, "value": value, "year": year, **more} for code, value, year in rows]
    assert service.push(*answers, cycle=cycle).status_code == 200


def go(service: Any, step: str, person: str, cycle: str = "s-2024") -> Any:
    """Take a step."""
    return service.call("POST", f"/{cycle}/submissions/KEN/{step}", person)


def accept(service: Any, *rows: tuple[str, Any, int], cycle: str) -> None:
    """Bring figures to acceptance, through the loader."""
    say(service, *rows, cycle=cycle)
    assert go(service, "submit", "loader", cycle).status_code == 200
    assert go(service, "accept", "secretariat", cycle).status_code == 200


def warnings(service: Any, person: str = "contact-ken", **options: Any) -> Any:
    """All warnings."""
    return service.call("GET", "/s-2024/submissions/KEN/warnings", person, **options).json()


def explain(service: Any, *ids: str, code: str = "confirmed", text: str | None = None, **options: Any) -> Any:
    """Give a reason for warnings."""
    reasons = [{"id": each, "code": code, "text": text} for each in ids]
    return service.call("PUT", "/s-2024/submissions/KEN/warnings", "system-ken", json={"reasons": reasons}, **options)


def ids(found: Any) -> dict[str, str | None]:
    """The code of the reason of each warning."""
    return {each["id"]: each["reason"] and each["reason"]["code"] for each in found["items"]}


def test_submitting_tells_everything_at_once(strict: Any) -> None:
    say(strict, ("HOURS", 500, 2024), ("DECLARATIONS_ALL", 5, 2024), ("DECLARATIONS_ELECTRONIC", 6, 2024))
    refused = go(strict, "submit", "contact-ken")
    problem = refused.json()
    assert (refused.status_code, problem["code"]) == (409, "submission.incomplete")
    assert problem["detail"].startswith("1 rule is broken, 2 warnings have no reason. Mend the figures, or say")
    assert [each["rule"] for each in problem["blocking"]] == ["PART"]
    assert [each["id"] for each in problem["warnings"]] == ["rule:LONG", "rule:CORE:K-BALANCE"]
    assert problem["warnings"][0]["figures"] == [{"input": "HOURS", "year": 2024, "value": 500.0}]
    assert strict.call("GET", "/s-2024/submissions/KEN", "contact-ken").json()["status"] == "draft"


def test_reasons_open_the_way_and_blocking_rules_do_not(strict: Any) -> None:
    say(strict, ("HOURS", 500, 2024), ("DECLARATIONS_ALL", 5, 2024), ("DECLARATIONS_ELECTRONIC", 6, 2024))
    found = explain(strict, "rule:LONG", "rule:CORE:K-BALANCE").json()
    assert (found["open"], [each["rule"] for each in found["blocking"]]) == (0, ["PART"])
    assert go(strict, "submit", "contact-ken").json()["warnings"] == []
    say(strict, ("DECLARATIONS_ELECTRONIC", 5, 2024))
    assert go(strict, "submit", "contact-ken").status_code == 200
    assert strict.rows("select detail from audit_entry where action = 'warnings.explained'")[0].detail == {
        "reasons": {"rule:LONG": "confirmed", "rule:CORE:K-BALANCE": "confirmed"}
    }


def test_reasons_are_given_for_what_was_read_and_change_the_state(strict: Any) -> None:
    say(strict, ("HOURS", 500, 2024))
    read = strict.call("GET", "/s-2024/submissions/KEN/warnings", "system-ken").headers["etag"]
    given = explain(strict, "rule:LONG", headers={"if-match": read})
    assert given.headers["etag"] != read
    refused = explain(strict, "rule:CORE:K-BALANCE", headers={"if-match": read})
    assert (refused.status_code, refused.headers["etag"]) == (412, given.headers["etag"])
    assert ids(warnings(strict)) == {"rule:LONG": "confirmed", "rule:CORE:K-BALANCE": None}


def test_a_push_is_answered_with_what_is_to_be_explained(strict: Any) -> None:
    path, rows = "/s-2024/submissions/KEN/answers", [{"code": "HOURS", "value": 500, "year": 2024}]
    for query in ("", "?dry_run=true"):
        said = strict.call("POST", path + query, "system-ken", json={"answers": rows}).json()
        assert [each["id"] for each in said["warnings"]] == ["rule:LONG", "rule:CORE:K-BALANCE"]
        assert {each["rule"]: each["shadow"] for each in said["violations"]} == {
            "LONG": False,
            "CORE": False,
            "LATER": True,
        }
        assert said["violations"][0]["figures"] == [{"input": "HOURS", "year": 2024, "value": 500.0}]


def test_rules_in_the_shadow_are_counted_only(strict: Any) -> None:
    say(strict, ("HOURS", 50, 2024), ("BALANCE", 99, 2024))
    found = warnings(strict)
    assert (found["shadow"], found["blocking"], found["items"], found["required"]) == (2, [], [], True)
    assert go(strict, "submit", "contact-ken").status_code == 200


def test_a_refused_claim_excuses_nothing(strict: Any) -> None:
    say(strict, ("HOURS", 50, 2024))
    strict.push({"code": "K-BALANCE", "state": "not_applicable", "reason": "None."}, cycle="s-2024")
    assert go(strict, "submit", "contact-ken").status_code == 200
    body = {"decision": "refused", "reason": "You have one."}
    strict.call("PUT", "/s-2024/submissions/KEN/claims/K-BALANCE/decision", "secretariat", json=body)
    assert ids(warnings(strict)) == {"rule:CORE:K-BALANCE": None}


def test_a_reason_is_void_once_its_figures_change(strict: Any) -> None:
    say(strict, ("HOURS", 500, 2024), ("BALANCE", 1, 2024))
    explain(strict, "rule:LONG", code="other", text="A flood.")
    assert ids(warnings(strict)) == {"rule:LONG": "other"}
    say(strict, ("BALANCE", 2, 2024))
    assert ids(warnings(strict)) == {"rule:LONG": "other"}
    say(strict, ("HOURS", 501, 2024))
    [found] = warnings(strict)["items"]
    assert found["reason"] is None
    assert (found["earlier_reason"]["code"], found["earlier_reason"]["text"]) == ("other", "A flood.")
    assert go(strict, "submit", "contact-ken").json()["code"] == "submission.incomplete"


def test_a_reason_on_the_row_of_an_answer_holds_for_all_warnings_about_it(strict: Any) -> None:
    say(strict, ("BALANCE", 1, 2024))
    say(strict, ("HOURS", 500, 2024), reason="A flood.")
    [found] = warnings(strict)["items"]
    assert found["reason"] == {"code": None, "text": "A flood.", "at": None}
    assert go(strict, "submit", "contact-ken").status_code == 200


def test_an_outlier_shows_its_figures_and_bounds(strict: Any) -> None:
    accept(strict, ("HOURS", 10, 2022), ("BALANCE", 1, 2022), cycle="s-2022")
    accept(strict, ("HOURS", 12, 2023), ("BALANCE", 1, 2023), cycle="s-2023")
    say(strict, ("HOURS", 1, 2024), ("BALANCE", 1, 2024))
    [found] = warnings(strict)["items"]
    assert (found["id"], found["kind"], found["bounds"]) == (
        "outlier:HOURS:2024",
        "outlier",
        {"low": 1.1, "high": 110.0},
    )
    assert [(each["year"], each["value"], each["cycle"]) for each in found["compared"]] == [
        (2022, 10.0, "s-2022"),
        (2023, 12.0, "s-2023"),
    ]
    assert "expected between 1.1 and 110" in found["text"]
    in_french = {"accept-language": "fr"}
    french = warnings(strict, headers=in_french)["items"][0]["text"]
    assert "entre 1,1 et 110 était attendue" in french
    refused = strict.call("POST", "/s-2024/submissions/KEN/submit", "contact-ken", headers=in_french).json()
    assert (refused["warnings"][0]["text"], refused["detail"]) == (
        french,
        "1 avertissement n\u2019a pas de motif. Corrigez les chiffres, ou dites pourquoi les avertissements sont sans "
        "objet (PUT .../warnings)\u00a0; puis soumettez à nouveau.",
    )
    assert go(strict, "submit", "contact-ken").json()["code"] == "submission.incomplete"
    explain(strict, "outlier:HOURS:2024", code="methodology_change")
    assert go(strict, "submit", "contact-ken").status_code == 200


def test_a_calendar_year_with_another_value_asks_why(strict: Any) -> None:
    accept(strict, ("DECLARATIONS_ALL", 100, 2023), ("HOURS", 50, 2023), ("BALANCE", 1, 2023), cycle="s-2023")
    say(strict, *FINE, ("DECLARATIONS_ALL", 101, 2023), ("DECLARATIONS_ALL", 120, 2024))
    [found] = warnings(strict)["items"]
    assert (found["id"], found["kind"]) == ("revision:DECLARATIONS_ALL:2023", "revision")
    assert found["text"] == "DECLARATIONS_ALL for 2023 is 101 here; in the cycle s-2023, 100 was accepted."
    explain(strict, found["id"], code="correction")
    say(strict, ("DECLARATIONS_ALL", 120.0, 2024))
    assert go(strict, "submit", "contact-ken").status_code == 200


def test_the_reason_of_another_cycle_is_offered_again_and_not_taken(strict: Any) -> None:
    say(strict, ("HOURS", 500, 2023), ("BALANCE", 1, 2023), cycle="s-2023")
    reasons = {"reasons": [{"id": "rule:LONG", "code": "source_change", "text": "New system."}]}
    strict.call("PUT", "/s-2023/submissions/KEN/warnings", "contact-ken", json=reasons)
    say(strict, ("HOURS", 500, 2024), ("BALANCE", 1, 2024))
    [found] = warnings(strict)["items"]
    assert found["reason"] is None
    assert (found["earlier_reason"]["code"], found["earlier_reason"]["text"]) == ("source_change", "New system.")


def test_a_revision_of_what_is_in_force_asks_why(strict: Any) -> None:
    accept(strict, *FINE, cycle="s-2024")
    go(strict, "revise", "contact-ken")
    say(strict, ("HOURS", 60, 2024))
    assert ids(warnings(strict)) == {"revision:HOURS:2024": None}
    say(strict, ("HOURS", 50, 2024))
    assert ids(warnings(strict)) == {}


@pytest.mark.parametrize("step", ["revise", "withdraw"])
def test_what_was_accepted_is_not_changed_unasked_by_withdrawing_or_deleting_it(strict: Any, step: str) -> None:
    accept(strict, *FINE, ("DECLARATIONS_ALL", 100, 2023), cycle="s-2024")
    go(strict, step, "contact-ken")
    say(strict, ("HOURS", 60, 2024))
    strict.push({"code": "DECLARATIONS_ALL", "year": 2023, "state": "none"}, cycle="s-2024")
    assert ids(warnings(strict)) == {"revision:HOURS:2024": None, "revision:DECLARATIONS_ALL:2023": None}
    assert warnings(strict)["items"][1]["text"].startswith("DECLARATIONS_ALL for 2023 is missing here")
    assert go(strict, "submit", "contact-ken").json()["code"] == "submission.incomplete"
    for name in ids(warnings(strict)):
        explain(strict, name, code="correction")
    assert go(strict, "submit", "contact-ken").status_code == 200


def test_what_was_withdrawn_or_rehearsed_is_no_history(strict: Any) -> None:
    accept(strict, ("DECLARATIONS_ALL", 100, 2023), cycle="s-2023")
    go(strict, "withdraw", "contact-ken", "s-2023")
    strict.open_cycle("rehearsal", framework="strict", reporting_year=2023, is_rehearsal=True)
    accept(strict, ("DECLARATIONS_ALL", 100, 2023), cycle="rehearsal")
    say(strict, *FINE, ("DECLARATIONS_ALL", 101, 2023))
    assert warnings(strict)["items"] == []


def test_history_of_another_member_is_no_history(strict: Any) -> None:
    strict.push(
        {"code": "DECLARATIONS_ALL", "value": 100, "year": 2023}, member="UGA", person="system-uga", cycle="s-2023"
    )
    for step, person in (("submit", "loader"), ("accept", "secretariat")):
        assert strict.call("POST", f"/s-2023/submissions/UGA/{step}", person).status_code == 200
    say(strict, *FINE, ("DECLARATIONS_ALL", 101, 2023))
    assert warnings(strict)["items"] == []


def test_a_framework_without_rules_asks_for_nothing_and_shows_all_the_same(service: Any, make: Any) -> None:
    service.open_cycle("c-2023", reporting_year=2023)
    service.push(make.figure("HOURS", 10, 2023), cycle="c-2023")
    for step, person in (("submit", "contact-ken"), ("accept", "secretariat")):
        assert service.call("POST", f"/c-2023/submissions/KEN/{step}", person).status_code == 200
    service.push(make.figure("HOURS", 5000))
    found = service.call("GET", "/c-2024/submissions/KEN/warnings", "contact-ken").json()
    assert (found["required"], ids(found)) == (False, {"outlier:HOURS:2024": None})
    assert service.move("submit", "contact-ken").status_code == 200


def test_the_loader_is_asked_for_no_reasons_but_held_to_rules(strict: Any) -> None:
    say(strict, ("HOURS", 500, 2024), ("DECLARATIONS_ALL", 5, 2024), ("DECLARATIONS_ELECTRONIC", 6, 2024))
    refused = go(strict, "submit", "loader").json()
    assert (refused["code"], refused["warnings"]) == ("submission.incomplete", [])
    say(strict, ("DECLARATIONS_ELECTRONIC", 5, 2024))
    assert go(strict, "submit", "loader").status_code == 200


def test_reasons_for_what_is_no_warning_are_all_named_and_none_is_kept(strict: Any) -> None:
    say(strict, ("HOURS", 500, 2024), ("BALANCE", 1, 2024))
    refused = explain(strict, "rule:LONG", "rule:SHORT", "outlier:HOURS:2024")
    assert (refused.status_code, refused.json()["code"]) == (422, "warnings.unknown")
    assert {each["code"] for each in refused.json()["errors"]} == {"warnings.unknown_id"}
    assert [each["message"] for each in refused.json()["errors"]] == [
        "There is no warning rule:SHORT about the present figures.",
        "There is no warning outlier:HOURS:2024 about the present figures.",
    ]
    assert strict.rows("select * from warning_reason") == []


def test_the_same_reason_again_changes_nothing_and_a_new_one_moves_the_tag(strict: Any) -> None:
    say(strict, ("HOURS", 500, 2024), ("BALANCE", 1, 2024))
    explain(strict, "rule:LONG")
    tag = strict.call("GET", "/s-2024/submissions/KEN", "contact-ken").headers["etag"]
    kept = strict.table("warning_reason"), strict.table("submission"), strict.table("audit_entry")
    assert explain(strict, "rule:LONG").status_code == 200
    assert (strict.table("warning_reason"), strict.table("submission"), strict.table("audit_entry")) == kept
    explain(strict, "rule:LONG", code="exceptional_event")
    assert strict.call("GET", "/s-2024/submissions/KEN", "contact-ken").headers["etag"] != tag


def test_what_is_submitted_is_not_explained_any_more(strict: Any) -> None:
    say(strict, ("HOURS", 500, 2024), ("BALANCE", 1, 2024))
    explain(strict, "rule:LONG")
    go(strict, "submit", "contact-ken")
    refused = explain(strict, "rule:LONG", code="correction")
    assert (refused.status_code, refused.json()["code"]) == (409, "submission.locked")
    assert ids(warnings(strict, "secretariat")) == {"rule:LONG": "confirmed"}


@pytest.mark.parametrize(
    "item",
    [
        {"id": "rule:LONG", "code": "because"},
        {"id": "rule:LONG", "code": "other"},
        {"id": "rule:LONG", "code": "other", "text": " "},
        {"id": "rule:LONG", "code": "confirmed", "text": "a\x00"},
        {"id": "rule:LONG"},
    ],
)
def test_reasons_have_codes_that_there_are(strict: Any, item: dict[str, Any]) -> None:
    say(strict, ("HOURS", 500, 2024))
    answer = strict.call("PUT", "/s-2024/submissions/KEN/warnings", "contact-ken", json={"reasons": [item]})
    assert (answer.status_code, answer.json()["code"]) == (422, "request.invalid")


def test_the_submission_tells_how_much_is_unanswered(strict: Any) -> None:
    say(strict, *FINE)
    assert strict.call("GET", "/s-2024/submissions/KEN", "contact-ken").json()["unanswered"] == 3
    strict.push({"code": "K-GROWTH", "state": "opted_out", "reason": "No."}, cycle="s-2024")
    strict.push({"code": "K-SHARE", "state": "opted_out", "reason": "No."}, cycle="s-2024")
    assert strict.call("GET", "/s-2024/submissions/KEN", "contact-ken").json()["unanswered"] == 0
