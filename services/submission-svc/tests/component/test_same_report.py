"""The server says the very same of each file of the corpus as the intake library says offline."""

import json
from typing import Any

import pytest

from answer_intake.formats import format_of_name
from framework_spec.document import Framework
from tests.support.answer_corpus import CORPUS, MEMBER, MEMBERS, REPORTING_YEAR, Case, cases
from tests.support.push_jobs import Worker

LISTS = ("errors", "groups", "notes")


@pytest.fixture
def corpus_service(empty_service: Any, make: Any) -> Any:
    """The service with the made-up framework of the corpus, its register, and an open cycle."""
    framework = Framework.model_validate_json((CORPUS / "framework.json").read_text(encoding="utf-8"))
    population = framework.model_copy(update={"population": "testers"})
    empty_service.hear(make.published(population), make.register(dict.fromkeys(MEMBERS)))
    opened = empty_service.open_cycle(framework=framework.code, reporting_year=REPORTING_YEAR)
    assert opened.status_code == 201, opened.text
    return empty_service


def said_by_server(service: Any, worker: Worker, case: Case) -> dict[str, Any]:
    """Everything that is said of a file, as in a report; what is long is said of its job."""
    path = "/c-2024/answers" if case.many else f"/c-2024/submissions/{MEMBER}/answers"
    headers = {"content-type": format_of_name(case.path.name).media_type}
    answer = service.call("POST", path, "loader", content=case.path.read_bytes(), headers=headers)
    assert answer.status_code in (200, 202, 400, 422), answer.text
    body = answer.json()
    if answer.status_code == 202:
        assert worker.work()
        body = service.call("GET", f"/../../..{answer.headers['location']}", "secretariat").json()["outcome"]
    return {name: body.get(name, []) for name in LISTS} | {"found": body.get("found", 0)}


def said_offline(case: Case) -> dict[str, Any]:
    """The same of the expected report."""
    report = json.loads(case.expected.read_text(encoding="utf-8"))["report"]
    return {name: report[name] for name in LISTS} | {"found": report["errors_found"]}


def test_the_server_says_what_the_library_says(corpus_service: Any, migrated_url: str) -> None:
    worker = Worker(corpus_service, migrated_url)
    checked = 0
    for case in cases():
        if "template" in case.path.name:  # what a template was made for is the server's to judge
            continue
        assert said_by_server(corpus_service, worker, case) == said_offline(case), case.path.name
        checked += 1
    assert checked >= 60
