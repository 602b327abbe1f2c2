"""What a member does not disclose never leaves for anybody else: every read route, page and event, as every persona."""

import re

import pytest

from local_stack.stack import Stack
from tests.support.gateway import Api, T, accept, disclose, open_cycle, push, submit, wait_for_score
from tests.support.routes import public_routes

ROUTES = public_routes()
# What each persona may see of Kenya (region ESA), and of whatever has these levels.
LEVEL_FOR_KENYA = {
    None: "public",
    "secretariat": "restricted",
    "contact-ken": "restricted",
    "system-ken": "restricted",
    "contact-fra": "wco",
    "system-fra": "public",
    "office-esa": "wco",
    "office-eur": "public",
    "reviewer": "public",
    "integrator-public": "public",
    "integrator-wco": "wco",
    "loader": "public",
}
ORDER = ["public", "wco", "restricted"]
# Odd figures that appear nowhere else. SHARE = 100 * DONE / ALL uses ALL, as YIELD does; YIELD stays restricted.
VALUES = {"DONE": 73_131_713, "ALL": 91_919_393, "HOURS": 3.130_913, "SEIZURES": 6_173_517}
REASON = "secret reason zq17"


def marks(*numbers: float) -> list[str]:
    """How a figure may be written: plain, with separators of either language, or cut to its first digits."""
    found = []
    for number in numbers:
        text = f"{number:.10f}".rstrip("0").rstrip(".")
        found += [text[:9] if "." in text else text]
        if number == int(number):
            found += [
                f"{int(number):,}",
                f"{int(number):,}".replace(",", "\u202f"),
                f"{int(number):,}".replace(",", "\u00a0"),
            ]
    return found


SHARE = 100 * VALUES["DONE"] / VALUES["ALL"]
YIELD = 100 * VALUES["SEIZURES"] / VALUES["ALL"]
TIME_SCORE = 100 * (10 - VALUES["HOURS"]) / 10
YIELD_SCORE = YIELD * 10
# figure -> the level from which on it may be seen, with SHARE public, TIME wco, YIELD and CONTEXT restricted
SECRETS = {
    "YIELD": (marks(YIELD), "restricted"),
    "YIELD score": (marks(YIELD_SCORE), "restricted"),
    "OVERALL score": (marks(((SHARE + TIME_SCORE) / 2 + YIELD_SCORE) / 2), "restricted"),
    "SEIZURES": (marks(VALUES["SEIZURES"]), "restricted"),
    "ALL": (marks(VALUES["ALL"]), "restricted"),
    "HOURS": (marks(VALUES["HOURS"]), "wco"),
    "TIME score": (marks(TIME_SCORE), "wco"),
    "D1 score": (marks((SHARE + TIME_SCORE) / 2), "wco"),
    "opting out": ([REASON], "restricted"),
}


@pytest.fixture(scope="module")
def cycle(api: Api) -> str:
    """Kenya discloses SHARE publicly and TIME to the WCO; Uganda nothing; France everything."""
    cycle = open_cycle(api, "leaks")
    rows = [{"code": code, "year": T, "value": value} for code, value in VALUES.items()]
    push(api, cycle, "KEN", rows)
    disclose(api, cycle, "KEN", "restricted", SHARE="public", TIME="wco")
    push(api, cycle, "UGA", [*rows, {"code": "YIELD", "state": "opted_out", "reason": REASON}])
    push(api, cycle, "FRA")
    disclose(api, cycle, "FRA", "public")
    for member in ("KEN", "UGA", "FRA"):
        submit(api, cycle, member)
        accept(api, cycle, member)
        wait_for_score(api, cycle, member)
    api.eventually(
        f"/api/v1/reports/{cycle}/administrations/UGA", "secretariat", lambda answer: answer.status_code == 200
    )
    return cycle


def everything(api: Api, persona: str | None, cycle: str) -> dict[str, str]:
    """What all read routes say to the persona, by path; France's own data are left out of the question."""
    said = {}
    for route in ROUTES:
        if route["method"] != "GET" or "stream" in route["path"] or "static" in route["path"]:
            continue
        for administration in ("KEN", "UGA"):
            path = route["path"].format(
                code="small" if "frameworks" in route["path"] else "wco-members",
                version="1", cycle=cycle, administration=administration, region="ESA",
            )  # fmt: skip
            for language in ("", "?language=fr"):
                said[path + language] = api.call("GET", path + language, persona).text
    said["events"] = api.call("GET", f"/api/v1/events?cycle={cycle}&limit=1000", persona).text
    return said


@pytest.mark.parametrize("persona", LEVEL_FOR_KENYA, ids=str)
def test_no_hidden_figure_reaches_the_persona(api: Api, cycle: str, persona: str | None) -> None:
    reached = LEVEL_FOR_KENYA[persona]
    leaks = []
    for path, text in everything(api, persona, cycle).items():
        for name, (figures, level) in SECRETS.items():
            about_uganda = "/UGA" in path and persona not in ("secretariat",)
            allowed = ORDER.index(level) <= ORDER.index(reached) and not about_uganda
            leaks += [(path, name) for figure in figures if not allowed and figure in text]
    assert leaks == []


def test_the_search_would_find_a_leak(api: Api, cycle: str) -> None:
    said = "\n".join(everything(api, "secretariat", cycle).values())
    assert [name for name, (figures, _) in SECRETS.items() if not any(figure in said for figure in figures)] == []


@pytest.mark.parametrize(
    "persona", [None, "office-eur", "integrator-public", "system-fra", "reviewer", "loader"], ids=str
)
def test_who_takes_part_is_not_told(api: Api, cycle: str, persona: str | None) -> None:
    """Uganda discloses nothing: below the WCO level it looks like Zambia, which does not take part."""
    for path in (
        f"/api/v1/scores/{cycle}/%s", f"/api/v1/scores/{cycle}/%s/explanation",
        f"/api/v1/reports/{cycle}/administrations/%s", f"/cycles/{cycle}/administrations/%s",
    ):  # fmt: skip
        taking_part = api.call("GET", path % "UGA", persona)
        absent = api.call("GET", path % "ZMB", persona)
        assert taking_part.status_code == absent.status_code == 404, path
        assert _same_words(taking_part.text, "UGA", "Uganda") == _same_words(absent.text, "ZMB", "Zambia")


def _same_words(text: str, *names: str) -> str:
    for name in names:
        text = text.replace(name, "X")
    return re.sub(r'"request_id":\s*"[^"]*"', "", text)


def test_the_public_learns_counts_of_a_region_only(api: Api, cycle: str) -> None:
    counted = api.do("GET", f"/api/v1/cycles/{cycle}/participation")
    assert next(row for row in counted["regions"] if row["code"] == "ESA")["accepted"] == 2
    assert "UGA" not in api.call("GET", f"/api/v1/cycles/{cycle}/participation").text
    seen = api.do("GET", f"/api/v1/cycles/{cycle}/participation", "office-esa")
    assert {row["code"] for row in seen["administrations"]} >= {"KEN", "UGA"}


def test_narrowed_disclosure_takes_scores_back(api: Api, stack: Stack) -> None:
    cycle = open_cycle(api, "narrowed")
    push(api, cycle, "RWA")
    disclose(api, cycle, "RWA", "public")
    submit(api, cycle, "RWA")
    accept(api, cycle, "RWA")
    api.eventually(f"/api/v1/scores/{cycle}/RWA", None, lambda answer: answer.status_code == 200)
    api.eventually(f"/api/v1/events?cycle={cycle}", None, lambda answer: "score.updated.v1" in answer.text)
    disclose(api, cycle, "RWA", "restricted")
    api.eventually(f"/api/v1/scores/{cycle}/RWA", None, lambda answer: answer.status_code == 404)
    api.eventually(f"/api/v1/events?cycle={cycle}", None, lambda answer: "score.retracted.v1" in answer.text)
    api.eventually(f"/cycles/{cycle}/administrations/RWA", None, lambda answer: answer.status_code == 404)
