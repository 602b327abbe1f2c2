"""A figure of a fiscal year, from the push to the page: its KPIs are flagged as less comparable, as the push says."""

from typing import Any

from tests.support.gateway import FRAMEWORK, Api, accept, answers, disclose, open_cycle, submit, wait_for_score

CODE = "small-fiscal"
TAKING_FISCAL_YEARS = FRAMEWORK.replace("code: small", f"code: {CODE}", 1).replace(
    "{code: HOURS,", "{code: HOURS, fiscal_year: allowed,"
)
PERIOD = "2023-07-01/2024-06-30"
NOBODY_ELSE: dict[str, list[str]] = {"SHARE": [], "YIELD": [], "OVERALL": []}


def flags(nodes: list[dict[str, Any]]) -> dict[str, list[str]]:
    """The flags of a few nodes."""
    return {node["code"]: node["flags"] for node in nodes if node["code"] in {"TIME", *NOBODY_ELSE}}


def test_kpis_made_of_a_figure_of_a_fiscal_year_are_flagged_everywhere(api: Api) -> None:
    yaml = {"content-type": "application/yaml"}
    api.do("POST", "/api/v1/frameworks", "secretariat", content=TAKING_FISCAL_YEARS, headers=yaml)
    cycle = open_cycle(api, "fiscal", framework=CODE)
    rows = [row | ({"period": PERIOD} if row["code"] == "HOURS" else {}) for row in answers()]
    path = f"/api/v1/cycles/{cycle}/submissions/KEN/answers"

    tried = api.do("POST", f"{path}?dry_run=true", "system-ken", json={"answers": rows})
    assert flags(tried["projected_scores"]["nodes"]) == {"TIME": ["fiscal_year"], **NOBODY_ELSE}

    pushed = api.do("POST", path, "system-ken", json={"answers": rows})
    assert [note["code"] for note in pushed["notes"]] == ["answers.fiscal_period"]
    disclose(api, cycle, "KEN", "public")
    submit(api, cycle, "KEN")
    accept(api, cycle, "KEN")
    assert flags(wait_for_score(api, cycle, "KEN")["nodes"]) == {"TIME": ["fiscal_year"], **NOBODY_ELSE}
    explained = api.do("GET", f"/api/v1/scores/{cycle}/KEN/explanation")
    assert flags(explained["nodes"]) == {"TIME": ["fiscal_year"], **NOBODY_ELSE}
    said = "Made of a figure of a fiscal year; less comparable."
    page = api.eventually(f"/cycles/{cycle}/administrations/KEN?language=en", None, lambda answer: said in answer.text)
    assert page.text.count(said) == 1
