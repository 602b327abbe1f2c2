"""Show me what others see: each role's view of a submission, before anybody else sees any of it."""

from typing import Any

import pytest

ONE = "/c-2024/submissions/KEN"
ROLES = (
    "no_token", "contact_point", "system", "regional_office_own_region", "regional_office_other", "integrator_public",
    "integrator_wco", "reviewer_other", "reviewer_assigned", "secretariat",
)  # fmt: skip


def seen(service: Any, role: str, person: str = "contact-ken", cycle: str = "c-2024") -> Any:
    """The submission as a role would see it."""
    path = f"/{cycle}/submissions/KEN/as-seen-by"
    return service.call("GET", path, person, params={"role": role}).json()


@pytest.fixture
def draft(service: Any, make: Any) -> Any:
    """A draft of Kenya: K-TIME is public, K-SHARE for the WCO, all else restricted."""
    service.push(
        make.figure("HOURS", 12, comment="From the port."),
        make.figure("DECLARATIONS_ALL", 200),
        make.figure("DECLARATIONS_ELECTRONIC", 50),
        {"code": "K-BALANCE", "state": "opted_out", "reason": "National specificities."},
    )
    chosen = {"default": "restricted", "kpis": {"K-TIME": "public", "K-SHARE": "wco", "K-BALANCE": "wco"}}
    service.call("PUT", f"{ONE}/disclosure", "contact-ken", json=chosen)
    return service


def test_the_levels_of_the_roles_are_those_of_the_access_table(draft: Any) -> None:
    levels = {role: seen(draft, role)["level"] for role in ROLES}
    assert levels == {
        "no_token": "public",
        "contact_point": "wco",
        "system": "public",
        "regional_office_own_region": "wco",
        "regional_office_other": "public",
        "integrator_public": "public",
        "integrator_wco": "wco",
        "reviewer_other": "public",
        "reviewer_assigned": "restricted",
        "secretariat": "restricted",
    }


def test_the_public_sees_what_is_public(draft: Any) -> None:
    found = seen(draft, "no_token")
    assert found["kpis"] == [{"code": "K-TIME", "state": "answered", "value": 12.0}]
    assert found["inputs"] == [{"code": "HOURS", "year": 2024, "state": "number", "value": 12.0}]
    assert (found["claims"], found["comments"], found["evidence"]) == ([], [], [])
    assert found["hidden"] == {"kpis": 3, "inputs": 2, "claims": 1, "comments": 1, "evidence": 0}


def test_inputs_that_are_connected_with_a_hidden_kpi_are_hidden_with_it(draft: Any) -> None:
    found = seen(draft, "contact_point")
    assert [(each["code"], each["value"]) for each in found["kpis"]] == [
        ("K-SHARE", 25.0),
        ("K-TIME", 12.0),
        ("K-BALANCE", None),
    ]
    assert [each["code"] for each in found["inputs"]] == ["HOURS"]  # K-GROWTH is hidden and uses DECLARATIONS_ALL, too
    assert found["claims"] == [{"code": "K-BALANCE", "state": "opted_out", "reason": None}]


def test_who_may_read_the_submission_sees_all_of_it(draft: Any) -> None:
    for role in ("reviewer_assigned", "secretariat"):
        found = seen(draft, role)
        assert set(found["hidden"].values()) == {0}
        assert found["claims"][0]["reason"] == "National specificities."
        assert found["comments"] == [{"code": "HOURS", "year": 2024, "text": "From the port."}]


def test_evidence_is_seen_as_its_answer_is_disclosed(draft: Any) -> None:
    for about, name in (("HOURS", "hours.txt"), ("K-SHARE", "share.txt"), ("DECLARATIONS_ALL", "all.txt")):
        path = f"{ONE}/evidence?about={about}&name={name}"
        headers = {"content-type": "application/octet-stream"}
        assert draft.call("POST", path, "contact-ken", content=f"{name} it is", headers=headers).status_code == 201
    names = {
        role: [each["name"] for each in seen(draft, role)["evidence"]]
        for role in ("no_token", "contact_point", "secretariat")
    }
    assert names == {
        "no_token": ["hours.txt"],
        "contact_point": ["hours.txt", "share.txt"],
        "secretariat": ["all.txt", "hours.txt", "share.txt"],
    }


def test_a_refused_claim_is_no_claim_to_others(service: Any) -> None:
    service.push({"code": "K-TIME", "state": "not_applicable", "reason": "None."})
    service.call("PUT", f"{ONE}/disclosure", "contact-ken", json={"default": "public"})
    service.move("submit", "contact-ken")
    body = {"decision": "refused", "reason": "You have one."}
    service.call("PUT", f"{ONE}/claims/K-TIME/decision", "secretariat", json=body)
    found = seen(service, "no_token")
    assert found["claims"] == []
    assert {"code": "K-TIME", "state": "missing", "value": None} in found["kpis"]


def test_of_a_rehearsal_others_see_nothing_whatever_is_disclosed(service: Any, make: Any) -> None:
    service.open_cycle("rehearsal", is_rehearsal=True)
    service.push(make.figure(), cycle="rehearsal")
    service.call("PUT", "/rehearsal/submissions/KEN/disclosure", "contact-ken", json={"default": "public"})
    shown = {role: seen(service, role, cycle="rehearsal") for role in ROLES}
    assert [role for role in ROLES if shown[role]["kpis"]] == ["secretariat"]
    assert [role for role in ROLES if shown[role]["knows_cycle"]] == ["contact_point", "system", "secretariat"]


@pytest.mark.parametrize("role", ["", "king", "loader", "reviewer"])
def test_only_roles_that_there_are(draft: Any, role: str) -> None:
    answer = draft.call("GET", f"{ONE}/as-seen-by", "contact-ken", params={"role": role})
    assert (answer.status_code, answer.json()["code"]) == (422, "request.invalid")
