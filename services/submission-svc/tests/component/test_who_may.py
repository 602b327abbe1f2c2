"""Every route as every person: who gets in, who is refused how, and that a refusal tells nothing."""

from dataclasses import replace
from typing import Any

import pytest

ONE = "/c-2024/submissions/KEN"
EVERYONE = (
    None, "secretariat", "contact-ken", "system-ken", "submitter-ken", "reader-ken", "contact-uga", "system-uga",
    "reviewer", "reviewer-ken", "office-esa", "office-eur", "integrator", "loader",
)  # fmt: skip
KENYA = {"contact-ken", "system-ken", "submitter-ken", "reader-ken"}
MAY_SUBMIT = {"contact-ken", "submitter-ken", "loader"}
NO_JOB = "00000000-0000-4000-8000-000000000000"
ROUTES: dict[tuple[str, str], set[str]] = {
    ("GET", ONE): {"secretariat", "reviewer-ken"} | KENYA,
    ("GET", f"{ONE}/answers"): {"secretariat", "reviewer-ken"} | KENYA,
    ("GET", f"{ONE}/disclosure"): {"secretariat", "reviewer-ken"} | KENYA,
    ("POST", f"{ONE}/answers"): {"contact-ken", "system-ken", "submitter-ken", "loader"},
    ("DELETE", f"{ONE}/answers"): {"contact-ken", "system-ken", "submitter-ken", "loader"},
    ("GET", f"{ONE}/jobs"): {"secretariat", "loader"} | KENYA,
    ("GET", f"{ONE}/jobs/{NO_JOB}"): {"secretariat", "loader"} | KENYA,
    ("GET", f"{ONE}/jobs/{NO_JOB}/errors"): {"secretariat", "loader"} | KENYA,
    ("POST", f"{ONE}/jobs/{NO_JOB}/cancel"): {"contact-ken", "system-ken", "submitter-ken", "loader"},
    ("PUT", f"{ONE}/disclosure"): MAY_SUBMIT,
    ("POST", f"{ONE}/submit"): MAY_SUBMIT,
    ("POST", f"{ONE}/withdraw"): MAY_SUBMIT,
    ("POST", f"{ONE}/accept"): {"secretariat", "loader"},
    ("POST", f"{ONE}/return"): {"secretariat"},
    ("POST", "/c-2024/answers"): {"loader"},
    ("POST", "/c-2024/close"): {"secretariat", "loader"},
    ("POST", "/c-2024/reopen"): {"secretariat", "loader"},
    ("GET", "/c-2024/contacts/KEN"): {"secretariat", "contact-ken"},
    ("PUT", "/c-2024/contacts/KEN"): {"secretariat", "contact-ken"},
    ("GET", "/c-2024/extensions"): {"secretariat", "reviewer", "reviewer-ken", "contact-uga", "system-uga", "loader"}
    | KENYA,
    ("GET", "/c-2024/extensions/KEN"): {"secretariat", "reviewer-ken"} | KENYA,
    ("PUT", "/c-2024/extensions/KEN"): {"secretariat"},
    ("DELETE", "/c-2024/extensions/KEN"): {"secretariat"},
    ("POST", ""): {"secretariat", "loader"},
    ("GET", "/c-2024/submissions"): {"secretariat", "reviewer", "reviewer-ken", "contact-uga", "system-uga", "loader"}
    | KENYA,
}
BODIES: dict[str, Any] = {"return": {"reason": "Please check."}, "disclosure": {"default": "wco"}}


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_who_gets_in(service: Any, make: Any, method: str, path: str) -> None:
    service.push(make.figure())
    body = BODIES.get(path.rpartition("/")[2], {})
    options = {} if method == "GET" else {"json": body}
    status = {person: service.call(method, path, person, **options).status_code for person in EVERYONE}
    assert {person for person in EVERYONE if status[person] not in (401, 403)} == ROUTES[method, path]
    assert [person for person in EVERYONE if status[person] == 401] == [None]


@pytest.mark.parametrize(
    ("person", "code"),
    [
        (None, "token.missing"),
        ("secretariat", "submission.not_allowed"),
        ("reader-ken", "submission.scope_missing"),
        ("contact-uga", "submission.foreign"),
        ("integrator", "submission.foreign"),
    ],
)
def test_a_push_is_refused_with_the_reason(service: Any, make: Any, person: str | None, code: str) -> None:
    assert service.push(make.figure(), person=person).json()["code"] == code
    assert service.rows("select * from submission") == []


def test_a_system_pushes_but_needs_another_scope_to_submit(service: Any, make: Any) -> None:
    assert service.push(make.figure(), person="system-ken").status_code == 200
    answer = service.move("submit", "system-ken")
    assert (answer.status_code, answer.json()["code"]) == (403, "submission.scope_missing")
    assert "lacks the scope submission:submit" in answer.json()["detail"]


@pytest.mark.parametrize("rest", ["", "/answers", "/disclosure"])
def test_a_foreign_submission_looks_the_same_whether_it_exists_or_not(service: Any, make: Any, rest: str) -> None:
    service.push(make.figure())
    answers = {
        service.call("GET", f"/c-2024/submissions/{code}{rest}", "contact-uga").text for code in ("KEN", "RWA", "QQQ")
    }
    assert len(answers) == 1
    assert "submission.foreign" in answers.pop()


def test_who_may_see_everything_is_told_what_does_not_exist(service: Any) -> None:
    codes = {
        code: service.call("GET", f"/c-2024/submissions/{code}", "secretariat").json()["code"]
        for code in ("KEN", "QQQ")
    }
    assert codes == {"KEN": "submission.not_found", "QQQ": "administration.not_found"}


def test_the_list_shows_each_reader_his_own(service: Any, make: Any) -> None:
    service.push(make.figure())
    service.push(make.figure(), member="UGA", person="system-uga")
    shown = {
        person: [each["administration"] for each in service.call("GET", "/c-2024/submissions", person).json()["items"]]
        for person in ("secretariat", "contact-ken", "system-uga", "reviewer", "reviewer-ken", "loader")
    }
    assert shown == {
        "secretariat": ["KEN", "UGA"],
        "contact-ken": ["KEN"],
        "system-uga": ["UGA"],
        "reviewer": [],
        "reviewer-ken": ["KEN"],
        "loader": [],
    }


@pytest.mark.parametrize("person", [None, "reviewer", "office-esa", "integrator"])
def test_a_rehearsal_does_not_exist_for_outsiders(service: Any, person: str | None) -> None:
    service.open_cycle("rehearsal", is_rehearsal=True)
    codes = [each["code"] for each in service.call("GET", "", person).json()["items"]]
    assert codes == ["c-2024"]
    for path in ("/rehearsal", "/rehearsal/participation"):
        answer = service.call("GET", path, person)
        assert (answer.status_code, answer.json()["code"]) == (404, "cycle.not_found")


@pytest.mark.parametrize("person", ["secretariat", "loader", "contact-ken", "system-uga"])
def test_a_rehearsal_is_there_for_those_who_take_part(service: Any, person: str) -> None:
    service.open_cycle("rehearsal", is_rehearsal=True)
    assert service.call("GET", "/rehearsal", person).json()["is_rehearsal"] is True
    assert len(service.call("GET", "", person).json()["items"]) == 2


@pytest.fixture
def rehearsal(service: Any, make: Any) -> Any:
    """A rehearsal in which Kenya has been accepted, Uganda has handed in and Rwanda has a draft."""
    service.open_cycle("rehearsal", is_rehearsal=True)
    for member, steps in {"KEN": ("submit", "accept"), "UGA": ("submit",), "RWA": ()}.items():
        assert service.push(make.figure(), member=member, person="loader", cycle="rehearsal").status_code == 200
        for step in steps:
            path = f"/rehearsal/submissions/{member}/{step}"
            assert service.call("POST", path, "loader").status_code == 200
    return service


@pytest.mark.parametrize(
    ("person", "seen", "is_counted"),
    [
        ("secretariat", ["KEN", "RWA", "UGA"], True),
        ("loader", [], True),
        ("contact-ken", ["KEN"], False),
        ("system-uga", ["UGA"], False),
        ("contact-atl", [], False),
    ],
)
def test_who_takes_part_in_a_rehearsal_is_for_those_who_hold_it(
    rehearsal: Any, person: str, seen: list[str], is_counted: bool
) -> None:
    read = rehearsal.call("GET", "/rehearsal/participation", person).json()
    assert [each["code"] for each in read["administrations"]] == seen
    assert [(each["code"], each["submitted"]) for each in read["regions"]] == (
        [("ESA", 2), ("EUR", 0), (None, 0)] if is_counted else []
    )
    listed = rehearsal.call("GET", "/rehearsal/submissions", person).json()["items"]
    assert [each["administration"] for each in listed] == seen


def test_in_a_rehearsal_a_member_reads_its_own_submission_only(rehearsal: Any) -> None:
    assert rehearsal.call("GET", "/rehearsal/submissions/KEN", "contact-ken").status_code == 200
    for member in ("UGA", "RWA", "FRA"):
        answer = rehearsal.call("GET", f"/rehearsal/submissions/{member}", "contact-ken")
        assert (answer.status_code, answer.json()["code"]) == (403, "submission.foreign")


MEMBERS = ["contact-ken", "system-ken", "submitter-ken", "reader-ken", "reviewer-ken", "office-esa"]


@pytest.mark.parametrize("person", MEMBERS)
@pytest.mark.parametrize(("method", "path"), [route for route in ROUTES if route[1].startswith(ONE)])
def test_a_member_of_another_population_is_a_stranger(
    service: Any, make: Any, method: str, path: str, person: str
) -> None:
    service.push(make.figure())
    before = service.table("submission")
    body = BODIES.get(path.rpartition("/")[2], {})
    options = {} if method == "GET" else {"json": body}
    answer = service.call(method, path, f"{person}-elsewhere", **options)
    assert answer.status_code == 403
    assert "KEN" not in answer.text
    assert service.table("submission") == before


@pytest.mark.parametrize("person", MEMBERS)
def test_a_member_of_another_population_sees_what_the_public_sees(rehearsal: Any, make: Any, person: str) -> None:
    stranger = f"{person}-elsewhere"
    rehearsal.push(make.figure())
    rehearsal.move("submit", "contact-ken")
    for path in ("", "/c-2024", "/c-2024/participation"):
        assert rehearsal.call("GET", path, stranger).json() == rehearsal.call("GET", path).json()
    assert rehearsal.call("GET", "/rehearsal/participation", stranger).status_code == 404
    assert rehearsal.call("GET", "/c-2024/submissions", stranger).json().get("items", []) == []


@pytest.mark.parametrize("person", ["contact-ken", "submitter-ken"])
def test_a_rehearsal_of_another_population_takes_no_push_and_does_not_exist(
    rehearsal: Any, make: Any, person: str
) -> None:
    answer = rehearsal.push(make.figure(), person=f"{person}-elsewhere", cycle="rehearsal")
    assert (answer.status_code, answer.json()["code"]) == (404, "cycle.not_found")


def test_the_secretariat_is_the_same_for_all_populations(service: Any, make: Any) -> None:
    service.push(make.figure())
    answers = [service.call("GET", ONE, person).json() for person in ("secretariat", "secretariat-elsewhere")]
    assert answers[0] == answers[1]


def test_the_loader_exists_in_the_embedded_mode_only(service: Any) -> None:
    service.app.state.dependencies = replace(service.app.state.dependencies, is_embedded=False)
    for path in ("/c-2024/submissions/KEN/answers", "/c-2024/answers", ""):
        assert service.call("POST", path, "loader", json={}).status_code == 403


def test_a_code_in_small_letters_is_one_fault_with_its_remedy(service: Any, make: Any) -> None:
    answer = service.push(make.figure(), member="ken")
    [error] = answer.json()["errors"]
    assert (answer.status_code, error["column"]) == (422, "administration")
    assert error["hint"] == "Write it in capital letters."
