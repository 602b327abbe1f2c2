"""If-Match on pushes: two systems of a member never write over what the other one has just changed."""

from typing import Any


def match(tag: str) -> dict[str, str]:
    """The header."""
    return {"If-Match": f'"{tag}"'}


def test_each_push_tells_the_tag_for_the_next(service: Any, make: Any) -> None:
    first = service.push(make.figure(value=1))
    tag = first.json()["submission"]["tag"]
    path = "/c-2024/submissions/KEN"
    assert service.call("GET", path, "system-ken").headers["etag"] == first.headers["etag"] == f'"{tag}"'
    weak = {"If-Match": f"W/{first.headers['etag']}"}  # as the gateway gives it with a compressed answer
    second = service.push(make.figure(value=2), headers=weak)
    assert second.status_code == 200
    assert second.json()["submission"]["tag"] != tag
    same = service.push(make.figure(value=2), headers=match(second.json()["submission"]["tag"]))
    assert same.json()["submission"]["tag"] == second.json()["submission"]["tag"]


def test_deleting_tells_the_tag_and_a_stored_answer_that_of_its_time(service: Any, make: Any) -> None:
    once = {"Idempotency-Key": "once"}
    first = service.push(make.figure(value=1), headers=once)
    deleted = service.call("DELETE", "/c-2024/submissions/KEN/answers?scope=all", "system-ken")
    assert deleted.headers["etag"] == service.call("GET", "/c-2024/submissions/KEN", "system-ken").headers["etag"]
    again = service.push(make.figure(value=1), headers=once)
    assert again.headers["idempotency-replayed"] == "true"
    assert again.headers["etag"] == first.headers["etag"] != deleted.headers["etag"]


def test_a_dry_run_makes_no_state_and_tells_none(service: Any, make: Any) -> None:
    path = "/c-2024/submissions/KEN/answers?dry_run=true"
    answer = service.call("POST", path, "system-ken", json={"answers": [make.figure()]})
    assert (answer.status_code, "etag" in answer.headers) == (200, False)


def test_a_state_that_has_passed_is_refused_and_nothing_is_saved(service: Any, make: Any) -> None:
    tag = service.push(make.figure(value=1)).json()["submission"]["tag"]
    service.push(make.figure(value=2), person="submitter-ken")
    refused = service.push(make.figure(value=3), headers=match(tag))
    assert (refused.status_code, refused.json()["code"]) == (412, "submission.changed")
    deleted = service.call("DELETE", "/c-2024/submissions/KEN/answers?scope=all", "system-ken", headers=match(tag))
    assert deleted.status_code == 412
    assert service.rows("select value from answer where until = 'infinity'") == [(2.0,)]


def test_a_tag_of_a_submission_that_does_not_exist_is_refused(service: Any, make: Any) -> None:
    refused = service.push(make.figure(), headers=match("1.1"))
    assert (refused.status_code, refused.json()["code"]) == (412, "submission.changed")
    assert service.rows("select * from submission") == []


def test_a_job_keeps_to_the_state_that_its_sender_had_read(service: Any, make: Any) -> None:
    tag = service.push(make.figure(value=1)).json()["submission"]["tag"]
    service.push(make.figure(value=2))
    queued = service.push(make.figure(value=3), headers={**match(tag), "Prefer": "respond-async"})
    assert queued.status_code == 202
    assert service.rows("select request->>'expected' from push_job") == [(f'["{tag}"]',)]
