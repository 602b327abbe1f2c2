"""The pages: labels and disclaimer everywhere, nothing hidden in them, safe against hostile names, in two languages."""

import gzip
import re
from collections.abc import Callable
from typing import Any

import pytest

Token = Callable[..., str]
SCORES = {"D1-A": 80.0, "D1-B": "opted_out", "D2-A": "not_applicable", "D2-X": 7.0}
MIXED = {"default": "public", "kpis": {"D1-B": "restricted"}}
SCORE_PAGES = ["/", "/cycles/c-2024", "/cycles/c-2024/regions/ESA", "/cycles/c-2024/administrations/KEN"]
DISCLAIMER = "not affiliated with or endorsed by the World Customs Organization"


@pytest.fixture
def filled(world: Any) -> Any:
    """One administration with every state on its card."""
    world.catalogue()
    world.open()
    world.participate("KEN")
    world.score("KEN", SCORES)
    return world


@pytest.mark.parametrize("path", SCORE_PAGES)
def test_label_and_synthetic_mark_stand_wherever_scores_are_shown(filled: Any, path: str) -> None:
    page = filled.get(path)
    assert page.status_code == 200
    assert "Illustrative, not WCO" in page.text
    assert "(synthetic data)" in page.text


@pytest.mark.parametrize("path", [*SCORE_PAGES, "/about", "/docs", "/cycles/none"])
def test_every_page_has_disclaimer_skip_link_language_and_a_strict_policy(filled: Any, path: str) -> None:
    page = filled.get(path)
    assert DISCLAIMER in page.text
    assert 'href="#content"' in page.text
    assert '<html lang="en">' in page.text
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert ("unsafe-inline" in policy) is (path == "/docs")
    assert not re.search(r"<script>|<style>|\son\w+=|style=", page.text)
    assert page.text.count("<h1") == 1


def lines_of(world: Any) -> dict[str, str]:
    """Node code to score or state, as the explanation tree shows them."""
    page = world.get("/cycles/c-2024/administrations/KEN").text
    tree = page[page.index('class="tree') :]
    return dict(re.findall(r'id="([A-Z0-9-]+)".*?<summary>.*?(?:state |class="value">)([\w.]+)', tree, re.DOTALL))


def test_the_states_are_words_of_their_own_and_never_zero(filled: Any) -> None:
    lines = lines_of(filled)
    assert lines["D1-A"] == "80.0"
    assert lines["D1-B"] == "opted_out"
    assert lines["D2-A"] == "not_applicable"
    assert lines["D2-X"] == "context_only"
    filled.score("KEN", {"D1-A": 0.0}, run=2)
    lines = lines_of(filled)
    assert (lines["D1-A"], lines["D1-B"]) == ("0.0", "missing")


def test_hidden_nodes_are_named_in_general_words_only(world: Any, token: Token) -> None:
    world.catalogue()
    world.open()
    world.score("KEN", {"D1-A": 80.0, "D1-B": 43.21, "D2-A": 55.0}, MIXED)
    public = world.get("/cycles/c-2024/administrations/KEN").text
    assert "43.21" not in public
    assert "KPI D1-B" not in public
    assert "Anything else is left out without further mark" in public
    own = world.get("/cycles/c-2024/administrations/KEN", token("contact_point", administration="KEN")).text
    assert "43.21%" in own
    assert "You see everything of this administration" in own


def test_a_kpi_made_of_a_figure_of_a_fiscal_year_says_so_to_those_who_see_it(world: Any, token: Token) -> None:
    world.catalogue()
    world.open()
    flags = {"D1-A": ["cut_upper", "fiscal_year"], "D1-B": ["fiscal_year"], "D2-A": ["cut_upper"]}
    world.score("KEN", {"D1-A": 80.0, "D1-B": 43.21, "D2-A": 55.0}, MIXED, flags=flags)
    path = "/cycles/c-2024/administrations/KEN"
    assert world.get(path).text.count("Made of a figure of a fiscal year; less comparable.") == 1
    own = world.get(f"{path}?language=fr", token("contact_point", administration="KEN")).text
    assert (
        own.count("Établi à partir d&#39;un chiffre portant sur un exercice budgétaire\u00a0; moins comparable.") == 2
    )


def test_hostile_names_are_text(world: Any) -> None:
    world.catalogue()
    bad = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
    world.open(name={"en": bad, "fr": bad})
    register = {
        "population": "wco-members",
        "regions": [{"code": "ESA", "name": bad}],
        "administrations": [{"code": "KEN", "name": bad, "region": "ESA"}],
    }
    world.feed("framework", "register.changed.v1", register)
    world.score("KEN", SCORES)
    for path in SCORE_PAGES:
        page = world.get(path).text
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_pages_speak_french(filled: Any) -> None:
    page = filled.get("/cycles/c-2024/administrations/KEN?language=fr")
    assert '<html lang="fr">' in page.text
    assert "À titre d&#39;illustration, hors OMD" in page.text
    assert "80,0" in page.text
    assert "Indicateur D1-A" in page.text
    assert "données synthétiques" in page.text
    assert "openpmm_language=fr" in page.headers["set-cookie"]


@pytest.mark.parametrize(
    ("header", "language"),
    [("fr-CA,fr;q=0.8,en;q=0.5", "fr"), ("en;q=0.4,fr;q=0.9", "fr"), ("de,en", "en"), ("*;q=x,,", "en")],
)
def test_the_browser_chooses_the_language_until_the_reader_does(world: Any, header: str, language: str) -> None:
    page = world.get("/about", headers={"accept-language": header})
    assert f'<html lang="{language}">' in page.text
    chosen = world.get("/about", headers={"accept-language": header, "cookie": "openpmm_language=fr"})
    assert '<html lang="fr">' in chosen.text


def test_a_stale_cookie_is_a_note_and_not_an_error(filled: Any) -> None:
    page = filled.get("/", headers={"cookie": "openpmm_token=gone"})
    assert page.status_code == 200
    assert "Your sign-in has ended" in page.text
    assert "public data" in page.text


def test_the_cookie_signs_in_on_pages(filled: Any, token: Token) -> None:
    page = filled.get("/", headers={"cookie": f"openpmm_token={token('secretariat')}"})
    assert "all data (secretariat)" in page.text
    assert 'action="/auth/sign-out"' in page.text


def test_without_a_cycle_the_start_page_says_so(world: Any) -> None:
    page = world.get("/")
    assert page.status_code == 200
    assert "No cycle yet" in page.text


def test_pages_work_before_the_framework_has_arrived(world: Any, token: Token) -> None:
    world.open()
    world.score("KEN", SCORES)
    for path in ("/", "/cycles/c-2024/administrations/KEN"):
        assert world.get(path).status_code == 200


def test_pages_answer_to_head(world: Any) -> None:
    for path in ("/", "/about", "/static/openpmm.css"):
        answer = world.client.head(path)
        assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize("file", ["openpmm.css", "openpmm.js", "docs.js", "mark.svg", "swagger/swagger-ui.css"])
def test_static_files_are_there(world: Any, file: str) -> None:
    answer = world.get(f"/static/{file}")
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("file", ["none.css", "..%2Fframe.py", "swagger/..%2F__init__.py", "swagger/index.html"])
def test_nothing_else_is_static(world: Any, file: str) -> None:
    assert world.get(f"/static/{file}").status_code == 404


def test_pages_are_light(filled: Any) -> None:
    style = filled.get("/static/openpmm.css").content
    for path in SCORE_PAGES:
        page = filled.get(path).content
        assert len(page) + len(style) < 60_000
        assert len(gzip.compress(page)) + len(gzip.compress(style)) < 15_000
