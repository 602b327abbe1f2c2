"""Drafts: gaps are allowed, nobody overwrites what he has not read, and all that is wrong comes at once."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from httpx2 import Response

from framework_spec.drafts import Draft

if TYPE_CHECKING:
    from conftest import Service

SMALL = (Path(__file__).resolve().parents[4] / "tests" / "support" / "small-framework.yaml").read_text(encoding="utf-8")
PLACE = "/frameworks/small/drafts/1"
YAML = {"content-type": "application/yaml"}


def put(service: "Service", place: str, content: str | bytes, tag: str | None = None, **options: Any) -> Response:
    headers = {**YAML, **({"if-match": tag} if tag else {})}
    person = options.pop("person", "secretariat")
    return service.call("PUT", place, person, content=content, headers=headers, **options)


def read(service: "Service", place: str = PLACE) -> Response:
    return service.call("GET", place, "secretariat")


def test_a_draft_may_lack_almost_everything_and_reads_back_as_it_is(service: "Service") -> None:
    answer = put(service, PLACE, "name: {en: Early}\nroot: {code: R, kind: index, children: null}\n")
    assert answer.status_code == 201, answer.text
    found = read(service)
    assert found.json() == {
        "code": "small",
        "version": "1",
        "name": {"en": "Early"},
        "root": {"code": "R", "kind": "index", "children": None},
    }
    assert found.headers["etag"] == answer.headers["etag"]
    assert found.headers["cache-control"] == "private, no-cache"
    written = service.call("GET", PLACE, "secretariat", headers={"accept": "application/yaml"})
    assert Draft.read(written.content).document == found.json()
    again = put(service, PLACE, written.content, written.headers["etag"])
    assert (again.status_code, again.json()["tag"]) == (200, answer.json()["tag"])
    same = service.call("GET", PLACE, "secretariat", headers={"if-none-match": found.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")
    grown = put(service, f"{PLACE}/nodes/D1?parent=R", "kind: dimension", answer.headers["etag"])
    assert grown.json()["changes"]["en"] == [
        "Dimension D1 was added. Breaks the time series of scores; values remain comparable."
    ]


def test_all_that_is_missing_for_publication_is_told_at_once(service: "Service") -> None:
    bad = SMALL.replace('formula: "HOURS"', 'formula: "HOURZ"').replace("weight: 1", "weight: -1", 1)
    tag = put(service, PLACE, bad).headers["etag"]
    problems = read(service, f"{PLACE}/problems").json()
    assert problems["errors"] >= 2
    refused = service.call("POST", f"{PLACE}/publish", "secretariat", headers={"if-match": tag})
    assert (refused.status_code, refused.json()["code"]) == (422, "framework.rejected")
    told = {(error["code"], error["pointer"]) for error in refused.json()["errors"]}
    assert told == {(each["code"], each["path"]) for each in problems["items"] if each["severity"] == "error"}
    assert service.rows("select 1 from framework_version where code = 'small'") == []
    assert read(service).headers["etag"] == tag


def test_a_misspelt_field_hides_nothing_else(service: "Service") -> None:
    tag = put(service, PLACE, SMALL).headers["etag"]
    put(service, f"{PLACE}/nodes/TIME", "{kind: kpi, formulae: HOURS}", tag)
    told = read(service, f"{PLACE}/problems").json()
    said = " ".join(item["message"] for item in told["items"])
    assert "did you mean formula?" in said
    for missing in ("'formula'", "'direction'", "'scoring'", "a name for every node", "no unit", "no definition"):
        assert missing in said
    assert told["warnings"] > 0


def test_parts_are_edited_one_by_one(service: "Service") -> None:
    tag = put(service, PLACE, SMALL).headers["etag"]
    steps = [
        ("PUT", "nodes/TIME?parent=D2&place=0", 'kind: kpi\nname: {en: "Time"}\nformula: "HOURS"\n'),
        ("PUT", "nodes/NEW?parent=D1", "kind: group"),
        ("DELETE", "nodes/SHARE", None),
        ("PUT", "inputs/DONE", "unit: count"),
        ("PUT", "rules/R1", "kind: range\nseverity: error\nvalue: DONE\nminimum: 0\ntext: {en: No}\nshadow: true"),
        ("PUT", "bands/A", "from: 80"),
        ("DELETE", "inputs/SEIZURES", None),
    ]
    for method, part, content in steps:
        headers = {**YAML, "if-match": tag}
        options = {"content": content} if content else {}
        answer = service.call(method, f"{PLACE}/{part}", "secretariat", headers=headers, **options)
        assert answer.status_code == 200, answer.text
        assert answer.json()["changes"]["fr"]
        tag = answer.headers["etag"]
    document = read(service).json()
    first, second = document["root"]["children"]
    assert [child["code"] for child in first["children"]] == ["NEW"]
    assert [child["code"] for child in second["children"]] == ["TIME", "YIELD", "CONTEXT"]
    assert [item["code"] for item in document["inputs"]] == ["DONE", "ALL", "HOURS"]
    assert (document["rules"][0]["id"], document["bands"][0]["from"]) == ("R1", 80)


@pytest.mark.parametrize(
    ("method", "part", "content", "words"),
    [
        ("PUT", "nodes/NONE", "kind: group", "name its parent"),
        ("PUT", "nodes/NEW?parent=NONE", "kind: group", "no node NONE"),
        ("PUT", "nodes/NEW?parent=SHARE", "kind: group", "has no children"),
        ("PUT", "nodes/D1?parent=D1", "kind: group", "below itself"),
        ("PUT", "nodes/D1", "code: D9", "The address names D1"),
        ("PUT", "rules/R1", "id: R2", "The address names R1"),
        ("PUT", "inputs/ALL", "- 1", "1 fault;"),
        ("PUT", "inputs/ALL", "a: &x 1\nb: [", "faults;|fault;"),
        ("DELETE", "nodes/OVERALL", None, "is the root"),
        ("DELETE", "nodes/NONE", None, "no node NONE"),
        ("DELETE", "bands/Z", None, "no Z among the bands"),
        ("DELETE", "colours/Z", None, "cannot be taken"),
    ],
)
def test_what_cannot_be_edited_is_refused_in_words(
    service: "Service", method: str, part: str, content: str | None, words: str
) -> None:
    tag = put(service, PLACE, SMALL).headers["etag"]
    options = {"content": content} if content else {}
    headers = {**YAML, "if-match": tag}
    answer = service.call(method, f"{PLACE}/{part}", "secretariat", headers=headers, **options)
    assert answer.status_code == 422
    assert any(word in answer.json()["detail"] for word in words.split("|")), answer.text
    assert read(service).headers["etag"] == tag


def test_a_draft_is_named_as_its_address(service: "Service") -> None:
    answer = put(service, PLACE, SMALL.replace('version: "1"', "version: 1").replace("code: small", "code: other"))
    assert (answer.status_code, answer.json()["code"]) == (422, "framework.another_name")
    assert [error["pointer"] for error in answer.json()["errors"]] == ["code", "version"]


def test_edits_cannot_stack_a_tree_that_nothing_can_walk(service: "Service") -> None:
    tag = put(service, PLACE, "root: {code: N0, kind: index}").headers["etag"]
    statuses = []
    for number in range(45):
        answer = put(service, f"{PLACE}/nodes/N{number + 1}?parent=N{number}", "kind: group", tag)
        statuses.append(answer.status_code)
        tag = answer.headers.get("etag", tag)
    assert statuses[0] == 200
    assert statuses[-1] in (413, 422)
    assert Draft.read(service.call("GET", PLACE, "secretariat", headers={"accept": "application/yaml"}).content)


def test_who_comes_second_is_told_what_changed_meanwhile(service: "Service") -> None:
    mine = put(service, PLACE, SMALL).headers["etag"]
    put(service, f"{PLACE}/nodes/TIME", 'kind: kpi\nname: {en: "Time"}\nformula: "2 * HOURS"', mine)
    unread = put(service, PLACE, SMALL)
    assert (unread.status_code, unread.json()["code"]) == (428, "framework.draft_unread")
    late = put(service, f"{PLACE}/inputs/ALL", "unit: number", mine)
    assert (late.status_code, late.json()["code"]) == (412, "framework.draft_changed")
    assert late.headers["etag"] == read(service).headers["etag"]
    assert any("formula changed from “HOURS” to “2 * HOURS”" in error["message"] for error in late.json()["errors"])
    assert all(error["hint"].startswith("secretariat, 20") for error in late.json()["errors"])
    strange = put(service, PLACE, SMALL, '"sha256:strange"')
    assert "no earlier state" in strange.json()["detail"]
    for method, place in (("POST", f"{PLACE}/publish"), ("DELETE", PLACE)):
        assert service.call(method, place, "secretariat").status_code == 428
        assert service.call(method, place, "secretariat", headers={"if-match": mine}).status_code == 412
    assert put(service, PLACE, SMALL, "*").status_code == 200


def test_of_many_who_change_the_same_state_one_succeeds(service: "Service") -> None:
    tag = put(service, PLACE, SMALL).headers["etag"]
    places = [f"{PLACE}/inputs/NEW{number}" for number in range(8)]
    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(lambda place: put(service, place, "unit: count", tag).status_code, places))
    assert sorted(statuses) == [200, *[412] * 7]
    assert len(read(service).json()["inputs"]) == 5


def test_editors_who_read_again_lose_nothing(service: "Service") -> None:
    put(service, PLACE, SMALL)

    def add(number: int) -> None:
        while True:
            tag = read(service).headers["etag"]
            if put(service, f"{PLACE}/inputs/NEW{number}", "unit: count", tag).status_code == 200:
                return

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(8)))
    codes = {item["code"] for item in read(service).json()["inputs"]}
    assert codes == {"DONE", "ALL", "HOURS", "SEIZURES", *(f"NEW{number}" for number in range(8))}


def test_of_many_who_begin_a_draft_one_succeeds(service: "Service") -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda number: put(service, PLACE, f"note: {{en: n{number}}}"), range(8)))
    assert [answer.status_code for answer in answers].count(201) == 1
    assert {answer.status_code for answer in answers} <= {201, 409, 428}
    (made,) = [answer for answer in answers if answer.status_code == 201]
    assert read(service).headers["etag"] == made.headers["etag"]


def test_of_many_who_publish_a_draft_one_succeeds(service: "Service") -> None:
    tag = put(service, PLACE, SMALL).headers["etag"]
    count = len(service.events())
    with ThreadPoolExecutor(4) as pool:
        statuses = list(
            pool.map(
                lambda _: (
                    service.call("POST", f"{PLACE}/publish", "secretariat", headers={"if-match": tag}).status_code
                ),
                range(8),
            )
        )
    assert sorted(statuses) == [201, *[404] * 7]
    assert len(service.events()) == count + 1


def test_a_published_version_is_not_drafted_again(service: "Service") -> None:
    service.publish(SMALL)
    answer = put(service, PLACE, SMALL)
    assert (answer.status_code, answer.json()["code"]) == (409, "framework.version_published")
    for method, place in (("POST", f"{PLACE}/publish"), ("GET", PLACE), ("DELETE", PLACE)):
        gone = service.call(method, place, "secretariat", headers={"if-match": "*"})
        assert (gone.status_code, gone.json()["code"]) == (404, "framework.draft_not_found")
        assert "is published already" in gone.json()["detail"]
        assert "/api/v1/frameworks/small/versions/1." in gone.json()["detail"]
    clone = "/frameworks/small/versions/1/clone"
    assert service.call("POST", clone, "secretariat", json={"version": "1"}).status_code == 409
    assert service.call("POST", clone, "secretariat", json={"version": "2"}).status_code == 201
    again = service.call("POST", clone, "secretariat", json={"version": "2"})
    assert (again.status_code, again.json()["code"]) == (409, "framework.draft_exists")
    assert service.call("POST", clone, "secretariat", json={"version": "a b"}).status_code == 422
    other = service.call("POST", "/frameworks/small/versions/9/clone", "secretariat", json={"version": "2"})
    assert other.json()["code"] == "framework.not_found"


def test_a_deleted_draft_is_gone_and_its_trail_stays(service: "Service") -> None:
    tag = put(service, PLACE, SMALL).headers["etag"]
    assert service.call("DELETE", PLACE, "secretariat", headers={"if-match": tag}).status_code == 204
    assert read(service).json()["code"] == "framework.draft_not_found"
    assert put(service, PLACE, SMALL, tag).status_code == 412
    entries = service.call("GET", "/frameworks/small/audit", "secretariat").json()["items"]
    assert [entry["action"] for entry in entries] == ["draft.deleted", "draft.begun"]
    assert entries[0]["detail"]["before"] == tag.strip('"')


def test_a_draft_that_was_published_beside_it_does_not_go_in_silence(service: "Service") -> None:
    tag = put(service, PLACE, SMALL).headers["etag"]
    service.publish(SMALL)
    count = len(service.events())
    answer = service.call("POST", f"{PLACE}/publish", "secretariat", headers={"if-match": tag})
    assert (answer.status_code, len(service.events())) == (200, count)
    entries = service.call("GET", "/frameworks/small/audit", "secretariat").json()["items"]
    assert [entry["action"] for entry in entries] == ["draft.deleted", "framework.published", "draft.begun"]
    assert entries[0]["detail"]["before"] == tag.strip('"')


@pytest.mark.parametrize(("signs", "status"), [(300, 200), (500, 413)])
def test_a_draft_is_measured_in_bytes_as_it_is_written(
    service: "Service", monkeypatch: pytest.MonkeyPatch, signs: int, status: int
) -> None:
    tag = put(service, PLACE, SMALL).headers["etag"]
    size = len(json.dumps(read(service).json(), ensure_ascii=False).encode())
    monkeypatch.setattr(
        "framework_svc.domain.draft.MAXIMUM_BYTES", size + 1_200
    )  # a sign is three bytes, or six escaped
    node = "kind: group\nname: {zh: " + "海" * signs + "}"
    assert put(service, f"{PLACE}/nodes/NEW?parent=OVERALL", node, tag).status_code == status


def test_drafts_and_the_trail_are_listed_page_by_page(service: "Service") -> None:
    for version in ("1", "2", "3"):
        put(service, f"/frameworks/small/drafts/{version}", "{}")
    for place, key in (("drafts", "version"), ("audit", "subject")):
        seen: list[str] = []
        cursor: str | None = ""
        while cursor is not None:
            page = read(service, f"/frameworks/small/{place}?limit=2{cursor}").json()
            seen += [item[key] for item in page["items"]]
            cursor = page["next"] and f"&cursor={page['next']}"
        assert len(seen) == len(set(seen)) == 3
        assert read(service, f"/frameworks/small/{place}?cursor=bm8").status_code == 400
    assert service.call("GET", "/frameworks/sma/audit", "secretariat").json()["items"] == []


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"a: [", b"- 1", b"&a [*a, *a]", b"{" * 5000, b"null"])
def test_text_that_is_no_document_is_refused_in_words(service: "Service", body: bytes) -> None:
    answer = put(service, PLACE, body)
    assert (answer.status_code, answer.json()["code"]) == (422, "framework.rejected")
    assert answer.json()["errors"][0]["message"]


@pytest.mark.parametrize("person", [None, "contact-ken"])
def test_drafts_and_the_trail_are_for_the_secretariat_only(service: "Service", person: str | None) -> None:
    tag = put(service, PLACE, SMALL).headers["etag"]
    for method, place in (
        ("GET", "/frameworks/small/drafts"),
        ("GET", PLACE),
        ("GET", f"{PLACE}/problems"),
        ("GET", f"{PLACE}/difference?since=1"),
        ("PUT", PLACE),
        ("DELETE", PLACE),
        ("POST", f"{PLACE}/publish"),
        ("PUT", f"{PLACE}/nodes/D1"),
        ("DELETE", f"{PLACE}/nodes/D1"),
        ("PUT", f"{PLACE}/rules/R"),
        ("DELETE", f"{PLACE}/inputs/ALL"),
        ("POST", "/frameworks/small/versions/1/clone"),
        ("GET", "/frameworks/small/audit"),
    ):
        options: dict[str, Any] = {"content": json.dumps({"version": "2"})} if method in ("PUT", "POST") else {}
        headers = {"content-type": "application/json", "if-match": tag}
        answer = service.call(method, place, person, headers=headers, **options)
        assert answer.status_code == (401 if person is None else 403), (method, place)
    assert read(service).headers["etag"] == tag
