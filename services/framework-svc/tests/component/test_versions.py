"""The life of published versions: read in two forms, asked about, retired; and what applied on a date."""

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from framework_spec.reading import read_framework

if TYPE_CHECKING:
    from conftest import Service

SMALL = (Path(__file__).resolve().parents[4] / "tests" / "support" / "small-framework.yaml").read_text(encoding="utf-8")
SECOND = SMALL.replace('version: "1"', 'version: "2"').replace("100 * DONE / ALL", "DONE / ALL")
SECOND = SECOND.replace("unit: percent", "unit: share", 1)
REASON = {"reason": "Version 2 takes its place."}


def publish_both(service: "Service") -> None:
    assert service.publish(SMALL).status_code == 201
    answer = service.publish(SECOND)
    assert answer.status_code == 201, answer.text


def test_a_version_is_exported_as_yaml_that_reads_back_the_same(service: "Service") -> None:
    digest = service.publish(SMALL).json()["digest"]
    answer = service.call("GET", "/frameworks/small/versions/1", headers={"accept": "application/yaml"})
    assert answer.headers["content-type"].startswith("application/yaml")
    assert answer.headers["vary"] == "accept"
    assert read_framework(answer.content).digest() == digest
    assert service.publish(answer.text).status_code == 200
    plain = service.call("GET", "/frameworks/small/versions/1", headers={"accept": "text/html, */*;q=0.8"})
    assert f"sha256:{hashlib.sha256(plain.content).hexdigest()}" == digest
    assert plain.headers["etag"] != answer.headers["etag"]


def test_the_versions_are_listed_page_by_page_with_status_and_dates(service: "Service") -> None:
    publish_both(service)
    assert service.call("POST", "/frameworks/small/versions/1/retire", "secretariat", json=REASON).status_code == 200
    first = service.call("GET", "/frameworks/small/versions?limit=1").json()
    (item,) = first["items"]
    assert (item["version"], item["status"], item["retired_reason"]) == ("1", "retired", REASON["reason"])
    second = service.call("GET", f"/frameworks/small/versions?limit=1&cursor={first['next']}").json()
    assert [(item["version"], item["status"], item["retired_at"]) for item in second["items"]] == [
        ("2", "published", None)
    ]
    assert second["next"] is None
    assert service.call("GET", "/frameworks/none/versions").json()["code"] == "framework.not_found"
    assert service.call("GET", "/frameworks/small/versions?cursor=bm8").json()["code"] == "request.cursor"
    assert service.call("GET", "/frameworks/small/versions?cursor=bm8").status_code == 400


def test_retirement_is_told_once_with_its_reason(service: "Service") -> None:
    publish_both(service)
    count = len(service.events())
    retired = service.call("POST", "/frameworks/small/versions/1/retire", "secretariat", json=REASON).json()
    again = service.call("POST", "/frameworks/small/versions/1/retire", "secretariat", json=REASON).json()
    assert retired["status"] == again["status"] == "retired"
    (event,) = service.events()[count:]
    assert (event["type"], event["subject"]) == ("framework.retired.v1", "small")
    assert (event["data"]["version"], event["data"]["reason"]) == ("1", REASON["reason"])
    other = service.call("POST", "/frameworks/small/versions/1/retire", "secretariat", json={"reason": "Another"})
    assert (other.status_code, other.json()["code"]) == (409, "framework.version_retired")
    assert REASON["reason"] in other.json()["detail"]
    assert service.call("POST", "/frameworks/small/versions/9/retire", "secretariat", json=REASON).status_code == 404
    statuses = {
        row["version"]: row["status"] for row in service.call("GET", "/frameworks/small/versions").json()["items"]
    }
    assert statuses == {"1": "retired", "2": "published"}


@pytest.mark.parametrize("body", [{}, {"reason": " "}, {"reason": "a\u0000b"}, {"reason": "x", "more": 1}])
def test_a_retirement_without_a_proper_reason_is_refused(service: "Service", body: dict[str, Any]) -> None:
    service.publish(SMALL)
    answer = service.call("POST", "/frameworks/small/versions/1/retire", "secretariat", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "request.invalid")


def test_the_definition_on_a_date_is_that_of_the_version_in_force(service: "Service") -> None:
    publish_both(service)
    with service.engine.begin() as connection:
        for version, published, retired in (("1", "2026-01-10", "2026-03-01"), ("2", "2026-02-01", None)):
            values = {"version": version, "published": published, "retired": retired}
            connection.exec_driver_sql(
                "update framework_version set published_at = %(published)s, retired_at = %(retired)s,"
                " retired_by = 'x', retired_reason = 'x' where code = 'small' and version = %(version)s",
                values,
            )
    place = "/frameworks/small/definitions/SHARE"
    january = service.call("GET", f"{place}?on=2026-01-31").json()
    assert (january["version"], january["definition"]["formula"]) == ("1", "100 * DONE / ALL")
    assert (january["next_version"], january["path"]) == ("2", ["OVERALL", "D1"])
    assert [item["code"] for item in january["inputs"]] == ["DONE", "ALL"]
    february = service.call("GET", f"{place}?on=2026-02-01").json()
    assert (february["version"], february["definition"]["formula"]) == ("2", "DONE / ALL")
    assert service.call("GET", place).json()["version"] == "2"
    early = service.call("GET", f"{place}?on=2026-01-09")
    assert (early.status_code, early.json()["code"]) == (404, "framework.no_version_on_date")
    unknown = service.call("GET", "/frameworks/small/definitions/D1?on=2026-02-01")
    assert unknown.json()["code"] == "framework.kpi_not_found"


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_dates_like_others(service: "Service", on: str) -> None:
    service.publish(SMALL)
    assert service.call("GET", f"/frameworks/small/definitions/SHARE?on={on}").status_code in (200, 404)


def test_kpis_are_found_by_sdg_and_by_tool_and_tools_by_outcome(service: "Service") -> None:
    linked = SMALL.replace('formula: "HOURS"', 'formula: "HOURS"\n          sdgs: [16]\n          tools: ["TRS Guide"]')
    linked = linked.replace(
        'formula: "SEIZURES"', 'formula: "SEIZURES"\n          sdgs: [3, 16]\n          tools: ["SAFE"]'
    )
    assert service.publish(linked).status_code == 201
    place = "/frameworks/small/versions/1/kpis"
    peace = service.call("GET", f"{place}?sdg=16").json()
    assert [item["code"] for item in peace["items"]] == ["TIME", "CONTEXT"]
    assert [item["code"] for item in service.call("GET", f"{place}?tool=SAFE").json()["items"]] == ["CONTEXT"]
    outcome = service.call("GET", f"{place}?below=D1").json()
    assert outcome["tools"] == [{"tool": "TRS Guide", "kpis": ["TIME"], "kpis_inferred": []}]
    assert outcome["sdgs"] == [{"sdg": 16, "kpis": ["TIME"]}]
    assert len(service.call("GET", place).json()["items"]) == 4
    assert service.call("GET", f"{place}?below=NONE").json()["code"] == "framework.node_not_found"
    assert service.call("GET", f"{place}?sdg=18").status_code == 422


def test_language_gaps_are_listed_with_their_place(service: "Service") -> None:
    service.publish(SMALL.replace(', fr: "Ensemble"', ""))
    found = service.call("GET", "/frameworks/small/versions/1/language-gaps").json()
    assert found["items"] == [{"path": "root.name", "code": "OVERALL", "languages": ["fr"]}]
    assert service.call("GET", "/frameworks/small/versions/1/language-gaps?language=en").json()["items"] == []


def test_the_rule_pack_is_what_its_digest_is_over(service: "Service") -> None:
    service.publish(SMALL)
    answer = service.call("GET", "/frameworks/small/versions/1/rule-pack")
    assert answer.headers["etag"] == f'"sha256:{hashlib.sha256(answer.content).hexdigest()}"'
    assert (answer.json()["framework"], answer.json()["version"]) == ("small", "1")


def test_the_difference_is_json_and_text_in_both_languages(service: "Service") -> None:
    publish_both(service)
    place = "/frameworks/small/difference?from=1&to=2"
    found = service.call("GET", place).json()
    assert (found["old"]["version"], found["new"]["version"], found["breaks_series"]) == ("1", "2", True)
    assert {change["field"] for change in found["changes"]} == {"formula", "unit"}
    assert any("formula changed from" in sentence for sentence in found["sentences"])
    answer = service.call("GET", f"{place}&language=fr", headers={"accept": "text/plain"})
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert "Rompt la série chronologique" in answer.text
    assert service.call("GET", "/frameworks/small/difference?from=1&to=1").json()["changes"] == []
    assert service.call("GET", "/frameworks/small/difference?from=1&to=3").status_code == 404
    assert service.call("GET", f"{place}&language=de").status_code == 422


@pytest.mark.parametrize(
    ("query", "liked", "sentence"),
    [
        ("", "fr-CA, en;q=0.5", "Rompt la série"),
        ("", "en, fr;q=0.5", "Breaks the time series"),
        ("", "de", "Breaks the time series"),
        ("", "fr;q=0", "Breaks the time series"),
        ("&language=en", "fr", "Breaks the time series"),
    ],
)
def test_a_difference_is_in_the_language_that_the_reader_likes(
    service: "Service", query: str, liked: str, sentence: str
) -> None:
    publish_both(service)
    service.call("POST", "/frameworks/small/versions/2/clone", "secretariat", json={"version": "3"})
    for place in ("difference?from=1&to=2", "drafts/3/difference?since=1"):
        for kind in ("text/plain", "application/json"):
            headers = {"accept": kind, "accept-language": liked}
            answer = service.call("GET", f"/frameworks/small/{place}{query}", "secretariat", headers=headers)
            assert answer.headers["content-type"].startswith(kind)
            assert answer.headers["vary"].startswith("accept, accept-language")
            assert sentence in answer.text


@pytest.mark.parametrize(
    "place",
    [
        "/frameworks",
        "/framework-schema",
        "/populations",
        "/populations/wco-members",
        "/frameworks/small/versions",
        "/frameworks/small/versions/1",
        "/frameworks/small/versions/1/kpis",
        "/frameworks/small/versions/1/language-gaps",
        "/frameworks/small/versions/1/rule-pack",
        "/frameworks/small/definitions/SHARE",
        "/frameworks/small/difference?from=1&to=2",
    ],
)
def test_every_read_is_cacheable(service: "Service", place: str) -> None:
    publish_both(service)
    answer = service.call("GET", place)
    assert answer.headers["cache-control"].startswith("public, max-age=")
    again = service.call("GET", place, headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert json.loads(answer.content)


def test_only_the_secretariat_retires(service: "Service") -> None:
    service.publish(SMALL)
    for person, status in ((None, 401), ("contact-ken", 403)):
        answer = service.call("POST", "/frameworks/small/versions/1/retire", person, json=REASON)
        assert answer.status_code == status
