"""Whatever is sent to the services, no answer is a failure of ours, and every answer is one that is documented."""

import copy
from collections.abc import Callable, Iterator
from random import Random
from string import Formatter
from typing import Any

import httpx
import pytest
import yaml

from local_stack.stack import Stack
from tests.support.access_log import server_errors
from tests.support.embedded import wait_until
from tests.support.fuzzing import Documented, Effort, Findings
from tests.support.gateway import FRAMEWORK, Api, T, accept, disclose, open_cycle, push, submit, wait_for_score
from tests.support.odd import as_json, odd_bytes, odd_document
from tests.support.odd_requests import HEADERS, JSON, PUSHES, YAML
from tests.support.seeds import again, drawing
from tests.support.services import SERVICES

pytestmark = [pytest.mark.drill, pytest.mark.timeout(300)]
CYCLE = "fuzz"
PERSONAS = {
    None: Effort(8, boundaries=False),
    "secretariat": Effort(16),
    "contact-ken": Effort(16),
    "system-ken": Effort(8, boundaries=False),
    "integrator-wco": Effort(8, boundaries=False),
    "loader": Effort(8, boundaries=False),
}
CHANGING_LAST = ("scoring", "reporting", "submission", "framework")  # the last one may take the register away
KNOWN = {
    "code": ["small", "wco-members", "spare"],
    "version": ["1", "2"],
    "kpi": ["SHARE"],
    "node": ["SHARE", "D1"],
    "kind": ["inputs"],
    "part": ["DONE"],
    "cycle": [CYCLE],
    "administration": ["KEN", "UGA", "TZA"],
    "region": ["ESA"],
}


@pytest.fixture(scope="module")
def api(stack: Stack) -> Iterator[Api]:
    """A stack with something in it: an open cycle with submissions in several states, a register, a draft."""
    api = Api(stack)
    register = {"name": "Spare", "administrations": [{"code": "AA", "name": "A"}, {"code": "BB", "name": "B"}]}
    api.do("PUT", "/api/v1/populations/spare", "secretariat", json=register)
    wait_for_score(api, with_submissions(api, CYCLE), "UGA")
    api.do("POST", "/api/v1/frameworks/small/versions/1/clone", "secretariat", json={"version": "2"})
    yield api
    api.close()


def with_submissions(api: Api, cycle: str) -> str:
    """Open a cycle with a draft (Kenya), a submission (Tanzania) and an accepted, public one (Uganda)."""
    open_cycle(api, cycle)
    for member in ("KEN", "UGA", "TZA"):
        push(api, cycle, member)
    disclose(api, cycle, "UGA", "public")
    for member in ("UGA", "TZA"):
        submit(api, cycle, member)
    accept(api, cycle, "UGA")
    return cycle


@pytest.fixture(scope="module")
def documented(stack: Stack, api: Api) -> dict[str, Documented]:
    """The services as they document themselves."""
    return {service: Documented.read(stack.url, service) for service in SERVICES}


def test_the_search_would_find_what_is_not_documented(stack: Stack, documented: dict[str, Documented]) -> None:
    document = copy.deepcopy(documented["scoring"].document)
    del document["paths"]["/api/v1/scores/{cycle}"]["get"]["responses"]["404"]
    document["components"]["schemas"]["ServiceRead"]["properties"]["engine_version"]["type"] = "integer"
    found = Documented(stack.url, document).fuzz({}, Effort(5), {**KNOWN, "cycle": ["none"]})
    assert {kind[:2] for kind in found.faults} == {
        ("status_code_conformance", "GET /api/v1/scores/{cycle}"),
        ("response_schema_conformance", "GET /api/v1/scores"),
    }


def test_odd_headers_are_taken_or_refused(api: Api, documented: dict[str, Documented]) -> None:
    generator, findings = drawing("headers"), Findings()
    for service in SERVICES:
        for method, path in documented[service].operations:
            if path.endswith("/stream"):
                continue
            for _ in range(8):
                names = generator.sample(sorted(HEADERS), k=generator.randint(1, 3))
                headers = {name: generator.choice(HEADERS[name]) for name in names}
                persona = None if "authorization" in headers else generator.choice(list(PERSONAS))
                answer = api.call(method, place(generator, path), persona, headers=headers, content=b"{}")
                documented[service].judge(findings, method, path, answer)
    assert not findings.faults, str(findings)


@pytest.mark.parametrize("kind", PUSHES, ids=["json", "csv", "ndjson", "xlsx"])
def test_odd_pushes_are_taken_or_refused(api: Api, documented: dict[str, Documented], kind: str) -> None:
    generator, findings = drawing("pushes", kind), Findings()
    path = "/api/v1/cycles/{cycle}/submissions/{administration}/answers"
    address = path.format(cycle=open_cycle(api, "odd-pushes"), administration="KEN")
    for _ in range(400):
        headers = {"content-type": generator.choice([kind, kind, kind, f"{kind}; charset=utf-8"])}
        query = generator.choice(["", "", "?dry_run=true", "?mode=replace&scope=all", "?on_error=take_good", "?mode=x"])
        answer = api.call("POST", address + query, "system-ken", headers=headers, content=PUSHES[kind](generator))
        documented["submission"].judge(findings, "POST", path, answer)
    assert not findings.faults, str(findings)


def test_odd_frameworks_are_taken_or_refused(api: Api, documented: dict[str, Documented]) -> None:
    generator, findings = drawing("frameworks"), Findings()
    document, judge = yaml.safe_load(FRAMEWORK), documented["framework"].judge
    draft = "/api/v1/frameworks/{code}/drafts/{version}"
    for number in range(160):
        named = {**odd_document(generator, document)} if isinstance(document, dict) else {}
        named |= {"code": "odd", "version": str(number)} if generator.random() < 0.8 else {}
        body, kind = as_json(named), JSON
        if generator.random() < 0.4:
            body, kind = odd_bytes(generator, FRAMEWORK.encode()), YAML
        headers = {"content-type": kind}
        sent = api.call("POST", "/api/v1/frameworks", "secretariat", headers=headers, content=body)
        judge(findings, "POST", "/api/v1/frameworks", sent)
        where = f"/api/v1/frameworks/odd/drafts/d{number}"
        named |= {"version": f"d{number}"}
        saved = api.call("PUT", where, "secretariat", headers={"content-type": JSON}, content=as_json(named))
        judge(findings, "PUT", draft, saved)
        if saved.is_success:
            follow_draft(api, judge, findings, where, saved.headers["etag"])
    assert not findings.faults, str(findings)


def follow_draft(api: Api, judge: Callable[..., None], findings: Findings, where: str, tag: str) -> None:
    """Whatever a draft holds, it can be read, judged, compared and refused."""
    draft = "/api/v1/frameworks/{code}/drafts/{version}"
    for more in ("", "/problems", "/difference?since=1"):
        for kind in (JSON, YAML):
            answer = api.call("GET", where + more, "secretariat", headers={"accept": kind})
            judge(findings, "GET", draft + more.partition("?")[0], answer)
    answer = api.call("POST", f"{where}/publish", "secretariat", headers={"if-match": tag})
    judge(findings, "POST", f"{draft}/publish", answer)


BODIES: list[tuple[str, str, str, str, str, Any]] = [
    ("framework", "PUT", "/api/v1/populations/{code}", "/api/v1/populations/odd", "secretariat",
     {"name": "Odd", "regions": [{"code": "R1", "name": "R"}],
      "administrations": [{"code": "AA", "name": "A", "region": "R1"}, {"code": "BB", "name": "B", "source": "s"}],
      "groups": [{"code": "G", "name": "G", "source": "s", "administrations": ["AA"]}]}),
    ("submission", "POST", "/api/v1/cycles", "/api/v1/cycles", "secretariat",
     {"code": "odd", "name": {"en": "Odd", "fr": "Bizarre"}, "framework": "small", "framework_version": "1",
      "reporting_year": T, "opens_on": "2020-01-01", "closes_on": "2099-12-31", "is_rehearsal": True}),
    ("submission", "PUT", "/api/v1/cycles/{cycle}/submissions/{administration}/disclosure",
     f"/api/v1/cycles/{CYCLE}/submissions/KEN/disclosure", "contact-ken",
     {"default": "wco", "kpis": {"SHARE": "public", "TIME": "restricted"}}),
    ("submission", "POST", "/api/v1/cycles/{cycle}/submissions/{administration}/return",
     f"/api/v1/cycles/{CYCLE}/submissions/KEN/return", "secretariat", {"reason": "Please look at TIME again."}),
]  # fmt: skip


@pytest.mark.parametrize("row", BODIES, ids=lambda row: row[2])
def test_odd_bodies_are_taken_or_refused(
    api: Api, documented: dict[str, Documented], row: tuple[str, str, str, str, str, Any]
) -> None:
    service, method, path, address, persona, document = row
    generator, findings = drawing("bodies", path), Findings()
    for _ in range(300):
        odd = as_json(odd_document(generator, document))
        body = odd_bytes(generator, odd) if generator.random() < 0.2 else odd
        answer = api.call(method, address, persona, headers={"content-type": JSON}, content=body)
        documented[service].judge(findings, method, path, answer)
    assert not findings.faults, str(findings)


@pytest.mark.parametrize(
    "asked", ["", "?after=1", "?after=-1", "?after=x", "?cycle=fuzz", "?cycle=%00", "?after=9" + "9" * 17]
)
def test_a_stream_opens_or_is_refused_as_documented(
    stack: Stack, api: Api, documented: dict[str, Documented], asked: str
) -> None:
    """It is read for a moment only, since it never ends: schemathesis would wait for that."""
    findings = Findings()
    with httpx.stream("GET", f"{stack.url}/api/v1/events/stream{asked}", timeout=20) as answer:
        if answer.status_code == 200:
            assert answer.headers["content-type"].startswith("text/event-stream")
            assert next(answer.iter_lines()) == ": stream open"
            return
        answer.read()
    documented["reporting"].judge(findings, "GET", "/api/v1/events/stream", answer)
    assert not findings.faults, str(findings)


@pytest.mark.parametrize("persona", PERSONAS, ids=str)
@pytest.mark.parametrize("service", CHANGING_LAST)
def test_every_answer_is_documented(
    api: Api, documented: dict[str, Documented], service: str, persona: str | None
) -> None:
    headers = {"authorization": f"Bearer {api.token(persona)}"} if persona else {}
    cycles = [CYCLE]
    if service == "submission":  # there it may be closed at any moment
        cycles = [with_submissions(api, f"fuzz-{persona or 'nobody'}-{number}") for number in range(3)]
    findings = documented[service].fuzz(headers, PERSONAS[persona], {**KNOWN, "cycle": cycles})
    assert not findings.faults, str(findings)
    assert sum(findings.tried.values()) > 50, findings.tried


def test_nothing_failed_behind_the_answers(stack: Stack, api: Api) -> None:
    """The last of this module: the gateway has seen no failure, and no service has logged one."""
    api.do("GET", "/api/v1/cycles")
    assert server_errors(stack) == [], again()
    for service in SERVICES:
        for part in ("api", "worker"):
            log = stack.folders.log(f"{service}-{part}").read_text(encoding="utf-8")
            assert "unexpected_error" not in log, f"{service}-{part}; {again()}"
            assert "parked" not in log, f"{service}-{part}; {again()}"
    wait_until(lambda: api.call("GET", f"/api/v1/cycles/{CYCLE}").status_code == 200)


def place(generator: Random, path: str) -> str:
    """An address of the path, mostly of something that exists."""
    names = [name for _, name, _, _ in Formatter().parse(path) if name]
    return path.format(**{name: generator.choice([*KNOWN.get(name, []) * 2, "none"]) for name in names})
