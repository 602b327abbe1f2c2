"""Publishing: versions never change, all faults come at once, and what is published can be cached for ever."""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from framework_svc.adapters.db.tables import metadata
from framework_svc.bootstrap import process
from framework_svc.bootstrap.loading import load_shipped
from service_kit import migrations
from service_kit.revisions import require_newest

if TYPE_CHECKING:
    from conftest import Service

SMALL = (Path(__file__).resolve().parents[4] / "tests" / "support" / "small-framework.yaml").read_text(encoding="utf-8")


def test_the_shipped_frameworks_are_there_with_their_labels(service: "Service") -> None:
    items = {item["code"]: item for item in service.call("GET", "/frameworks").json()["items"]}
    assert items["openpmm-demo"]["label"]["en"] == "Illustrative, not WCO"
    assert items["pmm-v1-public"]["purpose"] == "catalogue"


def test_the_list_comes_in_pages(service: "Service") -> None:
    service.publish(SMALL)
    service.publish(SMALL.replace('version: "1"', 'version: "2"'))
    seen: list[tuple[str, str]] = []
    parameters: dict[str, str] = {"limit": "2"}
    while parameters.get("cursor") != "None":
        page = service.call("GET", "/frameworks", params=parameters).json()
        seen += [(item["code"], item["version"]) for item in page["items"]]
        assert len(page["items"]) <= 2
        parameters["cursor"] = str(page["next"])
    whole = service.call("GET", "/frameworks").json()
    assert seen == [(item["code"], item["version"]) for item in whole["items"]] == sorted(seen)
    assert whole["next"] is None
    assert len(seen) >= 4
    assert service.call("GET", "/frameworks?cursor=abc").json()["code"] == "request.cursor"


def test_loading_what_ships_again_changes_nothing(service: "Service") -> None:
    before = service.rows("select ctid, xmin, * from framework_version"), len(service.events())
    load_shipped(service.settings)
    assert (service.rows("select ctid, xmin, * from framework_version"), len(service.events())) == before


@pytest.mark.parametrize(
    "place", ["/frameworks/a%00b/versions/1", "/frameworks/small/versions/%00", "/populations/%00"]
)
def test_odd_codes_are_not_found(service: "Service", place: str) -> None:
    assert service.call("GET", place).status_code in (404, 422)


@pytest.mark.parametrize("text", ["a\u0000b", "\ud800"])
def test_text_that_cannot_be_stored_or_read_is_refused(service: "Service", text: str) -> None:
    body = json.dumps({"name": text, "administrations": [{"code": "AA", "name": "A"}]}).encode()
    kind = {"content-type": "application/json"}
    answer = service.call("PUT", "/populations/testers", "secretariat", content=body, headers=kind)
    assert answer.status_code in (400, 422), answer.text
    framework = SMALL.replace('en: "Small"', f"en: {json.dumps(text)}")
    assert service.publish(framework).status_code == 422


def test_publishing_tells_the_others_once(service: "Service") -> None:
    count = len(service.events())
    assert service.publish(SMALL).status_code == 201
    assert service.publish(SMALL).status_code == 200
    (event,) = service.events()[count:]
    assert (event["type"], event["subject"]) == ("framework.published.v1", "small")
    assert event["data"]["document"]["root"]["code"] == "OVERALL"
    (entry,) = service.rows("select * from audit_entry where subject = 'small@1'")
    assert (entry.actor, entry.action) == ("secretariat", "framework.published")


def test_a_published_version_never_changes(service: "Service") -> None:
    service.publish(SMALL)
    answer = service.publish(SMALL.replace("upper: 10,", "upper: 20,"))
    assert (answer.status_code, answer.json()["code"]) == (409, "framework.version_published")
    assert "Give the changed document a new version" in answer.json()["detail"]
    assert service.publish(SMALL.replace("upper: 10,", "upper: 20,").replace('version: "1"', 'version: "2"')).is_success


def test_two_that_publish_at_once_make_one_version(service: "Service") -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: service.publish(SMALL).status_code, range(8)))
    assert set(answers) <= {200, 201}
    assert answers.count(201) == 1
    assert len(service.rows("select 1 from framework_version where code = 'small'")) == 1


def test_the_document_is_what_its_digest_is_over_and_cacheable(service: "Service") -> None:
    digest = service.publish(SMALL).json()["digest"]
    answer = service.call("GET", "/frameworks/small/versions/1")
    assert f"sha256:{hashlib.sha256(answer.content).hexdigest()}" == digest
    assert answer.headers["etag"] == f'"{digest}"'
    again = service.call("GET", "/frameworks/small/versions/1", headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert service.call("GET", "/frameworks/small/versions/7").json()["code"] == "framework.not_found"


def test_all_faults_are_named_with_their_lines_and_nothing_is_saved(service: "Service") -> None:
    bad = SMALL.replace('formula: "HOURS"', 'formula: "HOURZ"').replace("weight: 1", "weight: -1", 1)
    answer = service.publish(bad)
    assert (answer.status_code, answer.json()["code"]) == (422, "framework.rejected")
    errors = answer.json()["errors"]
    assert len(errors) >= 2
    assert {error["line"] for error in errors} >= {
        1 + bad[: bad.index("weight: -1")].count("\n"),
        1 + bad[: bad.index("HOURZ")].count("\n"),
    }
    assert service.rows("select 1 from framework_version where code = 'small'") == []


def test_a_framework_of_an_unknown_population_is_refused(service: "Service") -> None:
    answer = service.publish(SMALL.replace("population: wco-members", "population: moon"))
    assert (answer.status_code, answer.json()["code"]) == (422, "framework.unknown_population")


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"a: [", b"- 1", b"&a [*a, *a]", b"{" * 5000, b"null"])
def test_anything_else_is_refused_in_words(service: "Service", body: bytes) -> None:
    kind = {"content-type": "application/yaml"}
    answer = service.call("POST", "/frameworks", "secretariat", content=body, headers=kind)
    assert (answer.status_code, answer.json()["code"]) == (422, "framework.rejected")
    assert answer.json()["errors"][0]["message"]


BOMB = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in pairwise("abcdefghijklmnopqrstuvwxyz"))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (SMALL + "#" * (10 * 2**20), "document.too_large"),
        (BOMB + SMALL, "document.alias"),
        (SMALL.replace("inputs:", "inputs:\n" + "  - {code: A, unit: count}\n" * 150_000), "document.too_many_values"),
    ],
)
def test_what_would_explode_is_refused_in_words_and_nothing_is_saved(
    service: "Service", content: str, code: str
) -> None:
    for answer in (
        service.publish(content),
        service.call(
            "PUT",
            "/frameworks/small/drafts/1",
            "secretariat",
            content=content,
            headers={"content-type": "application/yaml"},
        ),
    ):
        assert (answer.status_code, answer.json()["code"]) == (422, "framework.rejected")
        assert code in [error["code"] for error in answer.json()["errors"]]
    assert service.rows("select 1 from framework_version where code = 'small'") == []
    assert service.rows("select 1 from framework_draft") == []
    assert service.rows("select 1 from audit_entry where subject like 'small%'") == []


def test_another_media_type_is_refused(service: "Service") -> None:
    answer = service.call("POST", "/frameworks", "secretariat", content=b"x", headers={"content-type": "text/html"})
    assert (answer.status_code, answer.json()["code"]) == (415, "framework.media_type")


def test_only_the_secretariat_publishes(service: "Service") -> None:
    assert service.publish(SMALL, person=None).status_code == 401
    assert service.publish(SMALL, person="contact-ken").status_code == 403
    assert service.call("PUT", "/populations/x-y", "contact-ken", json={}).status_code == 403


def test_the_json_schema_is_published(service: "Service") -> None:
    schema = service.call("GET", "/framework-schema").json()
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert "properties" in json.dumps(schema)


def test_the_migrated_database_is_what_the_code_says(service: "Service") -> None:
    assert migrations.drift(service.engine, metadata) == []
    require_newest(process.migrations, service.engine)
