"""What a member does not disclose never leaves for anybody else: every read route, page and event, as every persona."""

import json
import re

import pytest

from local_stack.stack import Stack
from tests.support.gateway import Api, T, accept, disclose, open_cycle, push, submit, wait_for_score
from tests.support.routes import address, public_routes

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
    "reviewer-ken": "restricted",
    "integrator-public": "public",
    "integrator-wco": "wco",
    "loader": "public",
}
ORDER = ["public", "wco", "restricted"]
# Odd figures that appear nowhere else, other ones for each member. SHARE = 100 * DONE / ALL shares ALL with YIELD,
# which stays restricted, so DONE and ALL are hidden with it.
KENYA = {"DONE": 73_131_713, "ALL": 91_919_393, "HOURS": 3.130_913, "SEIZURES": 6_173_517}
UGANDA = {"DONE": 41_717_119, "ALL": 83_737_391, "HOURS": 7.271_911, "SEIZURES": 2_939_171}
REASON = "secret reason zq17"


def marks(*numbers: float) -> list[str]:
    """How a figure may be written: plain, with separators of either language, or cut to its first digits."""
    found = []
    for number in numbers:
        text = f"{number:.10f}".rstrip("0").rstrip(".")
        found += [text[:9] if "." in text else text]
        if number == int(number):
            found += [f"{int(number):,}".replace(",", separator) for separator in (",", "\u202f", "\u00a0", " ")]
    return found


def secrets(values: dict[str, float]) -> dict[str, list[str]]:
    """What can be told of a member, by what it is."""
    share = 100 * values["DONE"] / values["ALL"]
    seized = 100 * values["SEIZURES"] / values["ALL"]
    time_score = 100 * (10 - values["HOURS"]) / 10
    return {
        "SHARE": marks(share),
        "TIME": marks(values["HOURS"], time_score),
        "D1": marks((share + time_score) / 2),
        "YIELD": marks(seized, seized * 10),
        "OVERALL": marks(((share + time_score) / 2 + seized * 10) / 2),
        "DONE": marks(values["DONE"]),
        "ALL": marks(values["ALL"]),
        "SEIZURES": marks(values["SEIZURES"]),
    }


# (member, what) -> its figures, and the level from which on they may be seen
SECRETS = {
    **{("KEN", what): (figures, "restricted") for what, figures in secrets(KENYA).items()},
    ("KEN", "SHARE"): (secrets(KENYA)["SHARE"], "public"),
    ("KEN", "TIME"): (secrets(KENYA)["TIME"], "wco"),
    ("KEN", "D1"): (secrets(KENYA)["D1"], "wco"),
    **{("UGA", what): (figures, "restricted") for what, figures in secrets(UGANDA).items() if what != "OVERALL"},
    ("UGA", "opting out"): ([REASON], "restricted"),
}


@pytest.fixture(scope="module")
def cycle(api: Api) -> str:
    """Kenya discloses SHARE publicly and TIME to the WCO; Uganda nothing; France everything."""
    cycle = open_cycle(api, "leaks")
    push(api, cycle, "KEN", [{"code": code, "year": T, "value": value} for code, value in KENYA.items()])
    disclose(api, cycle, "KEN", "restricted", SHARE="public", TIME="wco")
    rows = [{"code": code, "year": T, "value": value} for code, value in UGANDA.items()]
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
            path = address(route["path"], cycle=cycle, administration=administration)
            for language in ("", "?language=fr"):
                said[path + language] = api.call("GET", path + language, persona).text
    said["events"] = events(api, persona, cycle)
    return said


def events(api: Api, persona: str | None, cycle: str) -> str:
    """Every event of the cycle that the persona gets, page after page."""
    said, after = "", 0
    while True:
        page = api.do("GET", f"/api/v1/events?cycle={cycle}&limit=500&after={after}", persona)
        said += json.dumps(page["items"])
        if not page["items"] or page["next"] == after:
            return said
        after = page["next"]


def level_of(persona: str | None, member: str) -> str:
    """Kenya and Uganda are of the same region; the member's own roles are for Kenya alone."""
    own = persona in ("contact-ken", "system-ken", "reviewer-ken")
    if member == "UGA" and own:
        return "wco" if persona == "contact-ken" else "public"
    return LEVEL_FOR_KENYA[persona]


@pytest.mark.parametrize("persona", LEVEL_FOR_KENYA, ids=str)
def test_no_hidden_figure_reaches_the_persona(api: Api, cycle: str, persona: str | None) -> None:
    leaks = []
    for path, text in everything(api, persona, cycle).items():
        for (member, what), (figures, level) in SECRETS.items():
            hidden = ORDER.index(level) > ORDER.index(level_of(persona, member))
            leaks += [(path, member, what, figure) for figure in figures if hidden and figure in text]
    assert leaks == []


def test_the_search_would_find_a_leak(api: Api, cycle: str) -> None:
    said = "\n".join(everything(api, "secretariat", cycle).values())
    unseen = [name for name, (figures, _) in SECRETS.items() if not any(figure in said for figure in figures)]
    assert unseen == [("UGA", "YIELD")]  # opted out: there is no such value for anybody
    assert SECRETS["KEN", "OVERALL"][0][0] in events(api, "secretariat", cycle)
    assert SECRETS["UGA", "D1"][0][0] in events(api, "secretariat", cycle)


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
