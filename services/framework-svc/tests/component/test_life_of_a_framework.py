"""openpmm-demo goes through its life: draft, publication, a redefined second version, difference, retirement."""

import hashlib
from typing import TYPE_CHECKING, Any

from framework_svc.adapters.shipped import shipped_frameworks

if TYPE_CHECKING:
    from conftest import Service

DEMO = next(source for source in shipped_frameworks(with_demo=True) if b"code: openpmm-demo" in source).decode()
LIFE = "/frameworks/demo-life"
YAML = {"content-type": "application/yaml"}


def test_a_framework_lives_without_rewriting_its_past(service: "Service") -> None:
    first = begun_in_two_languages_and_published(service)
    kpi = redefined_in_a_clone(service)
    difference_is_named(service, kpi)
    retired(service)
    again = service.call("GET", f"{LIFE}/versions/1")
    assert again.content == first
    versions = service.call("GET", f"{LIFE}/versions").json()["items"]
    assert [(item["version"], item["status"]) for item in versions] == [("1", "retired"), ("2", "published")]
    applied = service.call("GET", f"{LIFE}/definitions/{kpi}").json()
    assert (applied["version"], applied["definition"]["formula"][:3]) == ("2", "2 *")
    assert [event["type"] for event in service.events()[-3:]] == [
        "framework.published.v1",
        "framework.published.v1",
        "framework.retired.v1",
    ]
    assert trail(service) == [
        "draft.begun",
        "draft.edited",
        "framework.published",
        "draft.cloned",
        "draft.edited",
        "draft.edited",
        "framework.published",
        "framework.retired",
    ]


def begun_in_two_languages_and_published(service: "Service") -> bytes:
    document = DEMO.replace("code: openpmm-demo", "code: demo-life", 1)
    assert "fr:" in document
    tag = call(service, "PUT", "drafts/1", content=document, headers=YAML).headers["etag"]
    root = call(service, "GET", "drafts/1").json()["root"]
    fields = {name: value for name, value in root.items() if name != "children"}
    changed = {**fields, "name": {"en": "Life of a framework", "fr": "Vie d'un cadre"}}
    tag = call(service, "PUT", f"drafts/1/nodes/{root['code']}", tag, json=changed).headers["etag"]
    assert call(service, "GET", "drafts/1/problems").json()["errors"] == 0
    made = call(service, "POST", "drafts/1/publish", tag).json()
    found = service.call("GET", f"{LIFE}/versions/1")
    assert made["digest"] == f"sha256:{hashlib.sha256(found.content).hexdigest()}"
    assert call(service, "GET", "drafts").json()["items"] == []
    return bytes(found.content)


def redefined_in_a_clone(service: "Service") -> str:
    tag = call(service, "POST", "versions/1/clone", json={"version": "2"}).headers["etag"]
    kpi = service.call("GET", f"{LIFE}/versions/1/kpis").json()["items"][0]["code"]
    definition: dict[str, Any] = service.call("GET", f"{LIFE}/definitions/{kpi}").json()
    changed = {**definition["definition"], "formula": f"2 * ({definition['definition']['formula']})"}
    tag = call(service, "PUT", f"drafts/2/nodes/{kpi}", tag, json=changed).headers["etag"]
    rule = {
        "kind": "range",
        "severity": "error",
        "value": definition["inputs"][0]["code"],
        "minimum": 1,
        "shadow": True,
        "text": {"en": "At least one.", "fr": "Au moins un."},
    }
    tag = call(service, "PUT", "drafts/2/rules/AT-LEAST-ONE", tag, json=rule).headers["etag"]
    planned = call(service, "GET", "drafts/2/difference?since=1").json()
    assert planned["breaks_series"] is True
    assert call(service, "POST", "drafts/2/publish", tag).status_code == 201
    return str(kpi)


def difference_is_named(service: "Service", kpi: str) -> None:
    found = service.call("GET", f"{LIFE}/difference?from=1&to=2").json()
    named = {(change["kind"], change["code"]): change["breaks"] for change in found["changes"]}
    assert named == {("redefined", kpi): "values", ("added", "AT-LEAST-ONE"): None}
    text = service.call("GET", f"{LIFE}/difference?from=1&to=2&language=fr", headers={"accept": "text/plain"}).text
    assert "Rompt la série chronologique" in text
    packs = [service.call("GET", f"{LIFE}/versions/{version}/rule-pack") for version in "12"]
    assert packs[0].headers["etag"] != packs[1].headers["etag"]
    (rule,) = [rule for rule in packs[1].json()["rules"] if rule["id"] == "AT-LEAST-ONE"]
    assert rule["shadow"] is True


def retired(service: "Service") -> None:
    answer = call(service, "POST", "versions/1/retire", json={"reason": "Version 2 takes its place."})
    assert answer.json()["status"] == "retired"


def trail(service: "Service") -> list[str]:
    entries = call(service, "GET", "audit").json()["items"]
    assert all({"before", "after"} <= entry["detail"].keys() for entry in entries)
    edits = [entry["detail"]["changes"] for entry in entries if entry["action"] == "draft.edited"]
    assert all(edit["en"] and edit["fr"] for edit in edits)
    return [entry["action"] for entry in reversed(entries)]


def call(service: "Service", method: str, place: str, tag: str | None = None, **options: Any) -> Any:
    headers = {**options.pop("headers", {}), **({"if-match": tag} if tag else {})}
    answer = service.call(method, f"{LIFE}/{place}", "secretariat", headers=headers, **options)
    assert answer.is_success, answer.text
    return answer
