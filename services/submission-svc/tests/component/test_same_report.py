"""`pmm validate` says offline of each file of the corpus the very same as the server says of it."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest

from answer_intake.formats import format_of_name
from framework_spec.document import Framework
from pmm_cli.__main__ import run
from tests.support.answer_corpus import CORPUS, MEMBER, MEMBERS, REPORTING_YEAR, Case, cases, pack
from tests.support.persons import made_up_persons
from tests.support.pmm import Server
from tests.support.push_jobs import Worker

CYCLE = "cycle-2024"  # which the templates of the corpus were made for
OTHER = "cycle-2025"
ROLES = ("secretariat", "loader")
LISTS = ("errors", "groups", "notes")
Offline = Callable[[Case, str, str], dict[str, Any]]


@pytest.fixture
def corpus_service(empty_service: Any, make: Any) -> Any:
    """The service with the made-up framework of the corpus, its register, and two open cycles."""
    framework = Framework.model_validate_json((CORPUS / "framework.json").read_text(encoding="utf-8"))
    register = {**make.register(dict.fromkeys(MEMBERS)).data, "population": framework.population}
    persons = made_up_persons({role: {"roles": [role], "population": framework.population} for role in ROLES})
    empty_service.app.state.dependencies = replace(empty_service.app.state.dependencies, authenticator=persons)
    empty_service.hear(make.published(framework), make.event("register.changed.v1", register))
    for cycle in (CYCLE, OTHER):
        opened = empty_service.open_cycle(cycle, framework=framework.code, reporting_year=REPORTING_YEAR)
        assert opened.status_code == 201, opened.text
    return empty_service


@pytest.fixture
def offline(
    corpus_service: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Offline:
    """`pmm validate`, which has fetched the rules of the cycles and then lost its connection."""
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("OPENPMM_URL", "http://pmm.test")
    server = Server(_served(corpus_service))
    monkeypatch.setattr("pmm_cli.session.new_http", lambda _: httpx.Client(transport=httpx.MockTransport(server)))

    def validate(case: Case, cycle: str, language: str) -> dict[str, Any]:
        capsys.readouterr()
        options = ("--cycle", cycle, "--administration", MEMBER, "--language", language, "--json")
        run(["validate", str(case.path), *options])
        report: dict[str, Any] = json.loads(capsys.readouterr().out)
        assert "errors_found" in report, report
        return report

    for cycle in (CYCLE, OTHER):
        validate(next(cases()), cycle, "en")
    server.answers = dict.fromkeys(server.answers, httpx.ConnectError("Network is unreachable"))
    return validate


def _served(service: Any) -> dict[str, Any]:
    """What a client fetches of the cycles."""
    version = f"/api/v1/frameworks/{pack().framework}/versions/{pack().version}"
    framework = json.loads((CORPUS / "framework.json").read_text(encoding="utf-8"))
    rules = {f"GET {version}": framework, f"GET {version}/rule-pack": pack().model_dump(mode="json")}
    paths = {f"GET /api/v1/cycles/{code}": service.call("GET", f"/{code}", "secretariat") for code in (CYCLE, OTHER)}
    return {**rules, **{path: answer.json() for path, answer in paths.items()}}


def pushed(service: Any, worker: Worker, case: Case, path: str, **params: str) -> dict[str, Any]:
    """What a push is answered with; that of its job where it becomes one."""
    headers = {"content-type": format_of_name(case.path.name).media_type}
    answer = service.call("POST", path, "loader", content=case.path.read_bytes(), headers=headers, params=params)
    assert answer.status_code in (200, 202, 400, 422), answer.text
    body: dict[str, Any] = answer.json()
    if answer.status_code == 202:
        assert worker.work()
        body = service.call("GET", f"/../../..{answer.headers['location']}", "secretariat").json()["outcome"]
    return body


def report_of(body: dict[str, Any]) -> dict[str, Any]:
    """Everything that an answer says of a file, as in a report."""
    return {name: body.get(name, []) for name in (*LISTS, "violations")} | {"errors_found": body.get("found", 0)}


def pushed_dry(service: Any, worker: Worker, case: Case, cycle: str, language: str) -> dict[str, Any]:
    """What the server says of a file of one member, into nothing."""
    path = f"/{cycle}/submissions/{MEMBER}/answers"
    return report_of(pushed(service, worker, case, path, language=language, dry_run="true"))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_both_sides_say_the_same_of_every_file(
    corpus_service: Any, migrated_url: str, offline: Offline, language: str
) -> None:
    worker = Worker(corpus_service, migrated_url)
    checked = 0
    for case in cases():
        said = pushed_dry(corpus_service, worker, case, CYCLE, language)
        found = offline(case, CYCLE, language)
        assert {name: found[name] for name in said} == said, case.path.name
        checked += 1
    assert checked >= 60


@pytest.mark.parametrize(("cycle", "code"), [(CYCLE, "answers.empty"), (OTHER, "workbook.other_cycle")])
def test_both_sides_take_a_template_for_its_own_cycle_only(
    corpus_service: Any, migrated_url: str, offline: Offline, cycle: str, code: str
) -> None:
    (template,) = (case for case in cases() if case.path.name == "xlsx-template-untouched.xlsx")
    worker = Worker(corpus_service, migrated_url)
    for language in ("en", "fr"):
        said = pushed_dry(corpus_service, worker, template, cycle, language)
        found = offline(template, cycle, language)
        assert [each["code"] for each in found["errors"]] == [code]
        assert {name: found[name] for name in said} == said


def test_files_of_many_administrations_get_their_report(corpus_service: Any, migrated_url: str) -> None:
    worker = Worker(corpus_service, migrated_url)
    for case in filter(lambda each: each.many, cases()):
        expected = json.loads(case.expected.read_text(encoding="utf-8"))["report"]
        said = report_of(pushed(corpus_service, worker, case, f"/{CYCLE}/answers"))
        assert {name: said[name] for name in LISTS} == {name: expected[name] for name in LISTS}, case.path.name
