"""A stack with another list of levels: a level in between is set, obeyed and shown; taken out again, it is closed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from local_stack.stack import running_stack
from tests.support.gateway import Api, accept, disclose, open_cycle, push, submit, wait_for_score

pytestmark = pytest.mark.drill
FOUR = Path(__file__).resolve().parents[1] / "support" / "four-levels.yaml"
CHOICE = {"SHARE": "members", "TIME": "regional"}
CYCLE = "levels"


@contextmanager
def system(folder: Path, levels: str) -> Iterator[Api]:
    """Everything on a data folder that outlives it, with a list of levels; an empty name is the list shipped."""
    environment = {"OPENPMM_LEVELS_FILE": levels, "OPENPMM_RATE_LIMIT_PER_SECOND": "5000"}
    with running_stack(folder, keep=True, environment=environment) as stack:
        api = Api(stack)
        yield api
        api.close()


def seen(api: Api, persona: str | None) -> set[str]:
    """The nodes of Kenya's score that a persona is told of."""
    answer = api.call("GET", f"/api/v1/scores/{CYCLE}/KEN", persona)
    return {node["code"] for node in answer.json().get("nodes", ())}


def logged(api: Api, persona: str | None) -> list[tuple[str, set[str]]]:
    """What the log has for a persona of Kenya's score: the level it was written for, and its nodes."""
    items = api.do("GET", f"/api/v1/events?cycle={CYCLE}&administration=KEN", persona)["items"]
    return [(each["data"]["level"], {node["code"] for node in each["data"].get("nodes", ())}) for each in items]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A data folder that PostgreSQL can pass through: when we are root, it runs as nobody."""
    with TemporaryDirectory(prefix="openpmm-") as name:
        Path(name).chmod(0o711)
        yield Path(name)


def test_a_level_in_between_is_set_obeyed_and_shown_and_closed_when_it_is_taken_out(folder: Path) -> None:
    with system(folder, str(FOUR)) as api:
        open_cycle(api, CYCLE)
        push(api, CYCLE, "KEN")
        disclose(api, CYCLE, "KEN", "restricted", **CHOICE)
        refused = api.call(
            "PUT",
            f"/api/v1/cycles/{CYCLE}/submissions/KEN/disclosure",
            "contact-ken",
            json={"default": "wco", "kpis": {}},
        )
        assert refused.status_code == 422
        submit(api, CYCLE, "KEN")
        accept(api, CYCLE, "KEN")
        wait_for_score(api, CYCLE, "KEN")
        report = f"/api/v1/reports/{CYCLE}/administrations/KEN"
        api.eventually(report, "office-esa", lambda answer: answer.status_code == 200)
        assert [seen(api, persona) for persona in (None, "contact-fra", "office-esa", "office-eur")] == [
            set(), {"SHARE"}, {"SHARE", "TIME", "D1"}, set()
        ]  # fmt: skip
        assert logged(api, "contact-fra") == [("members", {"SHARE"})]
        assert logged(api, "office-esa") == [("regional", {"SHARE", "TIME", "D1"})]
        assert logged(api, None) == []
        choosing = api.call("GET", f"/my-submission/{CYCLE}/disclosure", "contact-ken").text
        assert "<b>Regional</b>: Your regional office" in choosing
        assert '<option value="regional" selected>Regional</option>' in choosing
        page = api.call("GET", f"/cycles/{CYCLE}/administrations/KEN", "office-esa").text
        assert "shares at Regional level" in page
        assert "Regional level of ESA, public data of others" in page
        eyes = api.do(
            "GET", f"/api/v1/cycles/{CYCLE}/submissions/KEN/as-seen-by?role=integrator_members", "contact-ken"
        )
        assert (eyes["level"], [kpi["code"] for kpi in eyes["kpis"]]) == ("members", ["SHARE"])
        offered = api.call("GET", f"/my-submission/{CYCLE}/as-seen-by?role=integrator_regional", "contact-ken").text
        assert "Integrator with the Regional level" in offered
    with system(folder, "") as api:
        for persona in (None, "contact-fra", "office-esa"):
            assert seen(api, persona) == set()
            assert logged(api, persona) == []
        chosen = api.do("GET", f"/api/v1/cycles/{CYCLE}/submissions/KEN/disclosure", "contact-ken")
        assert chosen == {"default": "restricted", "kpis": {"SHARE": "restricted", "TIME": "restricted"}}
        own = api.do("GET", f"/api/v1/scores/{CYCLE}/KEN", "contact-ken")
        assert {node["level"] for node in own["nodes"]} == {"restricted"}
        disclose(api, CYCLE, "KEN", "wco")
        api.eventually(f"/api/v1/scores/{CYCLE}/KEN", "contact-fra", lambda answer: "OVERALL" in answer.text)
