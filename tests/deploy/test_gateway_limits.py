"""The gateway limits rate, size and time, repeats only safe requests, and leaves streams alone."""

import json
import re
import time
from collections.abc import Iterator

import httpx
import pytest

from tests.deploy.conftest import Gateway, MakeGateway
from tests.support.embedded import wait_until

API = "/api/v1/frameworks"
LIMIT = 32 * 1024 * 1024


@pytest.fixture(scope="module")
def narrow(make_gateway: MakeGateway) -> Gateway:
    """A gateway that lets a client make one request a second, two in a burst."""
    return make_gateway(rate_limit_per_second=1)


def test_limits_the_rate_of_each_client_by_itself(narrow: Gateway) -> None:
    ken, uga = narrow.bearer("system-ken"), narrow.bearer("system-uga")
    answers = [narrow.http.get(API, headers=ken) for _ in range(5)]
    assert answers[0].status_code == 200
    assert answers[0].headers["x-ratelimit-limit"] == "2"
    assert int(answers[0].headers["x-ratelimit-remaining"]) <= 1
    assert "x-ratelimit-reset" in answers[0].headers
    refused = answers[-1]
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "1")
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["code"] == "gateway.rate_limited"
    assert narrow.http.get(API, headers=uga).status_code == 200


def test_limits_requests_without_a_token_by_address(narrow: Gateway) -> None:
    forged = {"x-consumer": "system-ken", "x-client-key": "mine"}
    statuses = [narrow.http.get(API, headers=forged).status_code for _ in range(5)]
    assert statuses[-1] == 429
    assert narrow.http.get(API, headers=narrow.bearer("secretariat")).status_code == 200


def test_a_client_may_go_on_after_the_time_that_it_was_told(narrow: Gateway) -> None:
    headers = narrow.bearer("system-tza")
    wait_until(lambda: narrow.http.get(API, headers=headers).status_code == 429)
    wait_until(lambda: narrow.http.get(API, headers=headers).status_code == 200, seconds=5)


@pytest.mark.parametrize("chunked", [False, True], ids=["with a length", "in chunks"])
def test_refuses_a_body_over_the_limit(gateway: Gateway, chunked: bool) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(33):
            yield bytes(1024 * 1024)

    answer = gateway.http.post(API, content=pieces() if chunked else bytes(LIMIT + 1))
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert "32 MiB" in answer.json()["detail"]


def test_lets_a_body_of_exactly_the_limit_through(gateway: Gateway) -> None:
    assert gateway.http.post(API, content=bytes(LIMIT)).json()["bytes"] == LIMIT


def test_repeats_a_read_whose_connection_breaks(gateway: Gateway) -> None:
    gateway.upstreams.broken.clear()
    assert gateway.http.get("/api/v1/scores/read").status_code == 503
    assert gateway.upstreams.broken["GET /api/v1/scores/read"] == 3


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_never_repeats_a_write(gateway: Gateway, method: str) -> None:
    gateway.upstreams.broken.clear()
    asked = {"x-envoy-retry-on": "5xx,reset", "x-envoy-max-retries": "3", "x-envoy-upstream-alt-stat-name": "x"}
    answer = gateway.http.request(method, "/api/v1/scores/write", headers=asked)
    assert (answer.status_code, answer.json()["code"]) == (503, "gateway.service_unavailable")
    assert gateway.upstreams.broken[f"{method} /api/v1/scores/write"] == 1


def test_ends_a_request_that_takes_too_long(gateway: Gateway) -> None:
    generous = {"x-envoy-upstream-rq-timeout-ms": "60000"}
    answer = gateway.http.get("/api/v1/frameworks/slow/versions/1", headers=generous)
    assert (answer.status_code, answer.json()["code"]) == (504, "gateway.timeout")


@pytest.mark.parametrize(("method", "tries"), [("GET", 2), ("POST", 1)])
def test_ends_a_request_for_a_file_that_does_not_begin_in_time(gateway: Gateway, method: str, tries: int) -> None:
    answer = gateway.http.request(method, "/api/v1/cycles/slow")
    assert (answer.status_code, answer.json()["code"]) == (504, "gateway.timeout")
    assert gateway.http.get("/api/v1/cycles/asked").json()[method] == tries


def test_a_slow_line_gets_the_whole_of_a_file(gateway: Gateway) -> None:
    began = time.monotonic()
    assert len(gateway.http.get("/api/v1/cycles/file").content) == 6000
    assert time.monotonic() - began > 2 * gateway.values.timeout_seconds


def test_never_cuts_a_stream(gateway: Gateway) -> None:
    began = time.monotonic()
    with gateway.http.stream("GET", "/api/v1/events/stream", headers=gateway.bearer()) as answer:
        lines = [line for line in answer.iter_lines() if line.startswith("id:")]
    assert len(lines) == 6
    assert time.monotonic() - began > 2 * gateway.values.timeout_seconds
    assert "content-encoding" not in answer.headers


def test_streams_have_connections_of_their_own(gateway: Gateway) -> None:
    with gateway.http.stream("GET", "/api/v1/events/stream", headers=gateway.bearer()) as answer:
        lines = answer.iter_lines()
        next(lines)
        clusters = httpx.get(f"http://127.0.0.1:{gateway.values.admin_port}/clusters").text
    assert "reporting-svc-streams::default_priority::max_requests::1024" in clusters
    streams = re.findall(r"^reporting-svc-streams::[\d.:]+::rq_active::(\d+)", clusters, re.MULTILINE)
    assert sum(map(int, streams)) >= 1
    assert gateway.http.get("/api/v1/events").status_code == 200


def test_tells_services_the_address_of_a_client_and_believes_no_other(gateway: Gateway) -> None:
    forged = {"x-envoy-external-address": "192.0.2.1", "x-forwarded-for": "192.0.2.1"}
    seen = gateway.http.get("/api/v1/events", headers=forged).json()["headers"]
    assert seen["x-envoy-external-address"] == "127.0.0.1"


def test_compresses_large_answers(gateway: Gateway) -> None:
    path = "/api/v1/frameworks/large/versions/1"
    answer = gateway.http.get(path, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.num_bytes_downloaded < len(answer.content) / 5
    whole = gateway.http.get(path, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in whole.headers
    assert (answer.headers["etag"], whole.headers["etag"]) == ('W/"1.2"', '"1.2"')


@pytest.mark.parametrize("path", [API, "/", "/api/v1/nothing", "/health"])
def test_sets_security_headers_on_every_answer(gateway: Gateway, path: str) -> None:
    headers = gateway.http.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["server"] == "openpmm"
    assert not [name for name in headers if name.startswith("x-envoy")]


def test_does_not_answer_other_origins(gateway: Gateway) -> None:
    preflight = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    answer = gateway.http.options(API, headers=preflight)
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_answers_the_origins_that_were_set(make_gateway: MakeGateway) -> None:
    open_one = make_gateway(cors_origins=["https://portal.example"])
    preflight = {"Origin": "https://portal.example", "Access-Control-Request-Method": "GET"}
    assert open_one.http.options(API, headers=preflight).headers["access-control-allow-origin"] == preflight["Origin"]


def test_logs_requests_without_query_and_token(gateway: Gateway) -> None:
    token = gateway.token("system-ken")
    gateway.http.get(f"{API}?secret=hunter2", headers={"Authorization": f"Bearer {token}", "x-request-id": "r-1"})
    wait_until(lambda: "system-ken" in gateway.access_log.read_text())
    text = gateway.access_log.read_text()
    rows = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    assert {"path": API, "consumer": "system-ken", "status": 200}.items() <= rows[-1].items()
    assert "hunter2" not in text
    assert token.split(".")[1] not in text


def test_says_so_when_a_service_is_away(make_gateway: MakeGateway) -> None:
    alone = make_gateway()
    alone.upstreams.stop()
    wait_until(lambda: alone.http.get(API).status_code == 503)
    answer = alone.http.get(API)
    assert answer.json()["code"] == "gateway.service_unavailable"
    assert answer.headers["retry-after"] == "1"
    assert alone.http.get("/health").status_code == 200
