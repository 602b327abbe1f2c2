"""Who decides on a submission may say which state he has read; another state is refused, and nothing happens."""

from typing import Any

import pytest

ONE = "/c-2024/submissions/KEN"
DECISIONS: dict[str, tuple[str, str, str, dict[str, Any]]] = {
    "accept": ("POST", f"{ONE}/accept", "secretariat", {}),
    "return": ("POST", f"{ONE}/return", "secretariat", {"json": {"reason": "Please check."}}),
    "disclosure": ("PUT", f"{ONE}/disclosure", "contact-ken", {"json": {"default": "public"}}),
    "withdraw": ("POST", f"{ONE}/withdraw", "contact-ken", {}),
}


def tag_of(service: Any, path: str = ONE, person: str = "secretariat") -> str:
    """The ETag as it is read."""
    tag: str = service.call("GET", path, person).headers["etag"]
    return tag


def decide(service: Any, decision: str, tag: str) -> Any:
    """Take the decision on what was read under that tag."""
    method, path, person, options = DECISIONS[decision]
    return service.call(method, path, person, headers={"if-match": tag}, **options)


@pytest.fixture
def submitted(service: Any, make: Any) -> Any:
    """The service with a submission of Kenya that waits for a decision."""
    service.push(make.figure())
    service.move("submit", "contact-ken")
    return service


@pytest.mark.parametrize("decision", DECISIONS)
def test_what_was_read_can_be_decided_on(submitted: Any, decision: str) -> None:
    answer = decide(submitted, decision, tag_of(submitted))
    assert answer.status_code == 200
    assert answer.headers["etag"] == tag_of(submitted)


@pytest.mark.parametrize("decision", DECISIONS)
def test_what_was_withdrawn_changed_and_submitted_again_is_not_what_was_read(
    submitted: Any, make: Any, decision: str
) -> None:
    read = tag_of(submitted)
    submitted.move("withdraw", "contact-ken")
    submitted.push(make.figure(value=7))
    submitted.move("submit", "contact-ken")
    events = submitted.events()
    answer = decide(submitted, decision, read)
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (412, "submission.changed")
    assert "has changed since you read it: it is now submitted, revision 3" in problem["detail"]
    assert (problem["submission_status"], problem["revision"]) == ("submitted", 3)
    present = tag_of(submitted)
    assert answer.headers["etag"] == present == f'"{problem["tag"]}"'
    assert problem["detail"].endswith(
        f"Read it again; if you still want the change, repeat it with If-Match: {present}."
    )
    assert submitted.events() == events
    assert decide(submitted, decision, tag_of(submitted)).status_code == 200


def test_a_draft_that_was_pushed_into_is_noticed_though_its_revision_stays(service: Any, make: Any) -> None:
    service.push(make.figure())
    read = tag_of(service)
    service.push(make.figure())
    assert tag_of(service) == read
    service.push(make.figure(value=7))
    assert tag_of(service) != read
    answer = decide(service, "disclosure", read)
    assert (answer.status_code, answer.json()["submission_status"], answer.json()["revision"]) == (412, "draft", 0)
    assert service.call("GET", f"{ONE}/disclosure", "contact-ken").json()["default"] == "restricted"


def test_every_change_has_its_tag_and_every_answer_tells_it(service: Any, make: Any) -> None:
    tags = []
    service.push(make.figure())
    tags.append(tag_of(service))
    service.push({"code": "K-TIME", "state": "opted_out", "reason": "Because."})
    tags.append(tag_of(service))
    service.push({"code": "K-TIME", "state": "none"})
    tags.append(tag_of(service))
    tags.append(service.call("PUT", f"{ONE}/disclosure", "contact-ken", json={"default": "wco"}).headers["etag"])
    for step, person in (("submit", "contact-ken"), ("accept", "secretariat"), ("withdraw", "contact-ken")):
        tags.append(service.move(step, person).headers["etag"])
        assert tag_of(service) == tag_of(service, f"{ONE}/disclosure", "contact-ken") == tags[-1]
    assert len(set(tags)) == len(tags) == 7
    service.move("submit", "contact-ken")
    returned = service.move("return", "secretariat", json={"reason": "Please check."})
    assert returned.headers["etag"] == tag_of(service)


def test_a_draft_is_handed_in_and_an_accepted_one_opened_as_they_were_read(service: Any, make: Any) -> None:
    tag = service.push(make.figure()).headers["etag"]
    service.push(make.figure(value=7))
    assert service.move("submit", "contact-ken", headers={"if-match": tag}).status_code == 412
    tag = service.move("submit", "contact-ken", headers={"if-match": tag_of(service)}).headers["etag"]
    service.move("accept", "secretariat", headers={"if-match": tag})
    assert service.move("revise", "contact-ken", headers={"if-match": tag}).status_code == 412
    assert service.move("revise", "contact-ken", headers={"if-match": tag_of(service)}).status_code == 200


@pytest.mark.parametrize("part", ["", "/answers", "/warnings", "/disclosure"])
def test_whatever_is_read_of_a_submission_tells_its_tag(submitted: Any, part: str) -> None:
    assert tag_of(submitted, ONE + part) == '"1.2"'


@pytest.mark.parametrize("form", ["{tag}", "W/{tag}", '"9.9", {tag}', "*", ' {tag} , "1"'])
def test_forms_of_the_header_that_hold(submitted: Any, form: str) -> None:
    assert decide(submitted, "accept", form.format(tag=tag_of(submitted))).status_code == 200


@pytest.mark.parametrize("form", ['"9.9"', '""', "1", '"1"', "\"'", "W/"])
def test_forms_of_the_header_that_do_not_hold(submitted: Any, form: str) -> None:
    assert decide(submitted, "accept", form).status_code == 412
    assert tag_of(submitted) == '"1.2"'


def test_without_the_header_all_is_as_before(submitted: Any) -> None:
    assert submitted.move("accept", "secretariat").status_code == 200
    assert submitted.move("accept", "secretariat").status_code == 200


def test_an_accepted_one_is_not_accepted_again_under_an_old_tag(submitted: Any) -> None:
    read = tag_of(submitted)
    assert decide(submitted, "accept", read).status_code == 200
    again = decide(submitted, "accept", read)
    assert (again.status_code, again.json()["submission_status"], again.json()["revision"]) == (412, "accepted", 2)
