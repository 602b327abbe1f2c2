"""A retired version takes no new cycles and names its successor; what has begun goes on."""

from typing import Any

import pytest
from sqlalchemy import Engine, text


def retire(service: Any, make: Any, digest: str) -> None:
    """Let the service hear that a version was retired."""
    data = {"code": "small", "version": "1", "digest": digest, "reason": "?", "retired_at": "2025-02-01T10:00:00Z"}
    service.hear(make.event("framework.retired.v1", data))


@pytest.fixture
def retired(service: Any, make: Any, framework: Any) -> Any:
    """The service where version 1 has been retired."""
    retire(service, make, framework.digest())
    return service


def publish(service: Any, make: Any, document: Any, version: str, minutes: int) -> None:
    """Let the service hear of another version."""
    data = {"code": "small", "version": version, "digest": f"sha256:{version}", "document": document}
    service.hear(make.event("framework.published.v1", data, minutes))


def test_a_new_cycle_on_a_retired_version_is_refused_and_the_newest_is_named(
    retired: Any, make: Any, document: Any
) -> None:
    for minutes, version in enumerate(("2", "10", "9")):
        publish(retired, make, document, version, minutes + 1)
    retire(retired, make, "sha256:9")
    answer = retired.open_cycle("c-2025")
    assert (answer.status_code, answer.json()["code"]) == (409, "cycle.framework_retired")
    assert "was retired on 2025-02-01" in answer.json()["detail"]
    assert "The newest published version is 10." in answer.json()["detail"]
    assert answer.json()["newest_version"] == "10"
    assert retired.open_cycle("c-2025", framework_version="10").status_code == 201


def test_where_no_other_version_is_published_the_refusal_says_so(retired: Any) -> None:
    answer = retired.open_cycle("c-2025").json()
    assert answer["detail"].endswith("No other version is published.")
    assert answer["newest_version"] is None
    assert retired.call("GET", "/c-2025").status_code == 404


def test_a_cycle_that_was_opened_before_goes_on(retired: Any, make: Any) -> None:
    assert retired.open_cycle().status_code == 200
    assert retired.push(make.figure()).status_code == 200
    assert retired.move("submit", "contact-ken").status_code == 200
    for step, body in (("close", {"reason": "?"}), ("reopen", {"reason": "?"})):
        assert retired.call("POST", f"/c-2024/{step}", "secretariat", json=body).status_code == 200


def test_a_copy_without_days_gets_them_when_its_events_are_heard_again(
    service: Any, make: Any, framework: Any, engine: Engine
) -> None:
    publish(service, make, framework.document(), "2", 5)
    with engine.begin() as connection:
        connection.execute(text("update framework set published_at = null, retired_at = null"))
    service.hear(make.published(framework))
    retire(service, make, framework.digest())
    dated = "select version, published_at is not null, retired_at is not null from framework order by version"
    with engine.connect() as connection:
        assert connection.execute(text(dated)).all() == [("1", True, True), ("2", False, False)]


def test_a_retired_version_stays_retired_when_its_publication_is_heard_again(
    retired: Any, make: Any, framework: Any
) -> None:
    retired.hear(make.published(framework))
    assert retired.open_cycle("c-2025").json()["code"] == "cycle.framework_retired"


def test_the_retirement_of_an_unknown_version_is_passed_over(service: Any, make: Any) -> None:
    retire(service, make, "sha256:unknown")
    assert service.open_cycle("c-2025").status_code == 201
