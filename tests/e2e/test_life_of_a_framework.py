"""A framework goes on living through the gateway: what was opened with its first version is scored as before."""

from itertools import count
from typing import Any

from tests.support.embedded import wait_until
from tests.support.gateway import FRAMEWORK, Api, T, accept, open_cycle, push, submit, wait_for_score

YAML = {"content-type": "application/yaml"}
PLACE = "/api/v1/frameworks/small-life"
FIRST = FRAMEWORK.replace("code: small", "code: small-life", 1)


def write(api: Api, method: str, place: str, tag: str | None = None, **content: Any) -> Any:
    """A write of the secretariat that must succeed."""
    headers = {**content.pop("headers", {}), **({"if-match": tag} if tag else {})}
    answer = api.call(method, f"{PLACE}/{place}", "secretariat", headers=headers, **content)
    assert answer.is_success, f"{method} {place}: {answer.status_code} {answer.text[:2000]}"
    return answer


def scored(api: Api, cycle: str, administration: str) -> dict[str, Any]:
    """The scores of an administration whose answers are those of everybody here."""
    push(api, cycle, administration)
    submit(api, cycle, administration)
    accept(api, cycle, administration)
    return scores_of(wait_for_score(api, cycle, administration))


def scores_of(summary: Any) -> dict[str, Any]:
    """The score of each node."""
    return {node["code"]: node["score"] for node in summary["nodes"]}


def test_the_first_version_scores_its_own_cycle_as_before_whatever_comes_after_it(api: Api) -> None:
    api.do("POST", "/api/v1/frameworks", "secretariat", content=FIRST, headers=YAML)
    document = api.call("GET", f"{PLACE}/versions/1", None).content
    old = open_cycle(api, "life-old", framework="small-life")
    before = scored(api, old, "KEN")
    assert (before["SHARE"], before["TIME"], before["YIELD"], before["OVERALL"]) == (80, 50, 70, 67.5)

    publish_second(api)
    new = open_cycle(api, "life-new", framework="small-life", version="2")
    assert scored(api, new, "KEN") == before | {"TIME": 75, "D1": 77.5, "OVERALL": 73.75}
    write(api, "POST", "versions/1/retire", json={"reason": "Version 2 takes its place."})

    assert scored(api, old, "UGA") == before
    assert scores_of(api.do("GET", f"/api/v1/scores/{old}/KEN", "secretariat")) == before
    assert api.call("GET", f"{PLACE}/versions/1", None).content == document
    assert api.do("GET", f"{PLACE}/definitions/TIME")["version"] == "2"
    refused_for_new_cycles(api)


def publish_second(api: Api) -> None:
    """A second version in which a KPI is scored otherwise and a rule runs in the shadow."""
    tag = write(api, "POST", "versions/1/clone", json={"version": "2"}).headers["etag"]
    time = dict(api.do("GET", f"{PLACE}/definitions/TIME")["definition"])
    time["scoring"] = {**time["scoring"], "upper": 20}
    tag = write(api, "PUT", "drafts/2/nodes/TIME", tag, json=time).headers["etag"]
    rule = {
        "kind": "comparison", "severity": "error", "check": "DONE <= 0", "shadow": True,
        "text": {"en": "Nothing is done.", "fr": "Rien n'est fait."},
    }  # fmt: skip
    tag = write(api, "PUT", "drafts/2/rules/NOTHING-DONE", tag, json=rule).headers["etag"]
    write(api, "POST", "drafts/2/publish", tag)
    found = api.do("GET", f"{PLACE}/difference?from=1&to=2")
    assert [(change["kind"], change["code"], change["breaks"]) for change in found["changes"]] == [
        ("added", "NOTHING-DONE", None), ("rescored", "TIME", "scores")
    ]  # fmt: skip


def refused_for_new_cycles(api: Api) -> None:
    """A cycle cannot be opened any more with the retired version, once its service has heard of that."""
    numbers = count()

    def opened() -> Any:
        body = {
            "code": f"life-late-{next(numbers)}", "name": {"en": "Too late"}, "framework": "small-life",
            "framework_version": "1", "reporting_year": T, "opens_on": "2020-01-01", "closes_on": "2099-12-31",
            "is_rehearsal": True,
        }  # fmt: skip
        return api.call("POST", "/api/v1/cycles", "secretariat", json=body)

    wait_until(lambda: opened().status_code == 409, seconds=30)
    answer = opened()
    assert (answer.status_code, answer.json()["code"]) == (409, "cycle.framework_retired")
