"""What a contact point reads on its pages, who else is told what, and what happens while submission-svc is away."""

from collections.abc import Callable
from typing import Any

import pytest

LINE = "is not affiliated with or endorsed by the World Customs Organization"


def test_the_cycles_of_the_own_population_are_listed_with_how_far_they_are(fake: Any, browser: Any, make: Any) -> None:
    fake.cycles = [make.cycle(), make.cycle(code="x-2024", population="others", name={"en": "Foreign"})]
    fake.submission = make.submission(status="returned")
    page = browser.get("/my-submission").text
    assert "Cycle 2024" in page
    assert "Foreign" not in page
    assert "Returned to you" in page
    assert "1 October 2025" in page
    assert LINE in page


def test_without_a_cycle_the_page_says_so(fake: Any, browser: Any) -> None:
    fake.cycles = []
    assert "No cycle is open for Kenya yet" in browser.get("/my-submission").text


def test_before_the_first_file_all_steps_are_there_and_nothing_to_submit(fake: Any, browser: Any) -> None:
    page = browser.get("/my-submission/c-2024").text
    assert "Not begun" in page
    assert [f"Step {n}" in page for n in range(1, 7)] == [True] * 6
    assert "There is nothing to submit yet" in page
    assert 'action="/my-submission/c-2024/submit"' not in page


def test_the_page_shows_where_the_administration_stands(fake: Any, browser: Any, make: Any) -> None:
    fake.submission = make.submission(status="returned", return_reason="D1-A looks too high.", open_threads=1)
    comment = {"by": "secretariat", "at": "2024-12-02T08:30:00Z", "text": "Which source <b>is</b> it?"}
    about = {"kind": "kpi", "code": "D1-A"}
    fake.threads = [
        {"id": "00000000-0000-4000-8000-000000000002", "about": about, "status": "open", "comments": [comment]}
    ]
    page = browser.get("/my-submission/c-2024").text
    assert "D1-A looks too high." in page
    assert "Which source &lt;b&gt;is&lt;/b&gt; it?" in page
    assert "2 December 2024, 08:30 UTC" in page
    assert "(D1-A)</h3>" in page
    assert "<h3>D1-A" not in page
    assert "Figures still unanswered: 2." in page


def test_pages_speak_french_and_ask_for_french(fake: Any, browser: Any, make: Any) -> None:
    fake.submission = make.submission()
    page = browser.get("/my-submission/c-2024?language=fr").text
    assert "Ma soumission" in page
    assert "Brouillon" in page
    assert {caller.language for _, caller in fake.calls} == {"fr"}


def test_levels_are_counted_by_kpi(fake: Any, browser: Any, make: Any) -> None:
    fake.submission = make.submission(disclosure={"default": "restricted", "kpis": {"D1-A": "public"}})
    page = browser.get("/my-submission/c-2024").text
    assert "<small>KPI D1-A</small>" in page


def test_the_score_is_one_click_away_once_it_counts(fake: Any, browser: Any, make: Any) -> None:
    link = 'href="/cycles/c-2024/administrations/KEN"'
    fake.submission = make.submission(status="submitted")
    assert link not in browser.get("/my-submission/c-2024").text
    fake.submission = make.submission(status="draft", in_force_at="2024-12-01T10:00:00Z")
    assert link in browser.get("/my-submission/c-2024").text
    fake.cycles = [make.cycle(is_rehearsal=True)]
    assert link not in browser.get("/my-submission/c-2024").text


def test_taking_back_says_when_it_takes_back_what_counts(fake: Any, browser: Any, make: Any) -> None:
    fake.submission = make.submission(status="submitted")
    assert "also what was accepted" not in browser.get("/my-submission/c-2024").text
    fake.submission = make.submission(status="draft", in_force_at="2024-12-01T10:00:00Z")
    assert "Take everything back, also what was accepted" in browser.get("/my-submission/c-2024").text


def test_a_draft_is_not_said_to_be_hidden_from_those_who_may_read_it(fake: Any, browser: Any, make: Any) -> None:
    fake.submission = make.submission(status="draft")
    assert (
        "Only you, the secretariat and reviewers assigned to you can see it."
        in browser.get("/my-submission/c-2024").text
    )


@pytest.mark.parametrize(("value", "asked"), [(None, "Why is it not given?"), (9.0, "Why is it right?")])
def test_a_warning_names_its_kpi_and_asks_what_fits(
    fake: Any, browser: Any, make: Any, value: float | None, asked: str
) -> None:
    fake.submission = make.submission()
    figures = [{"input": "IN_D1_A", "year": 2024, "value": value}]
    fake.warnings = [make.warning(kpis=["D1-A"], text="Asked of everyone.", figures=figures)]
    page = browser.get("/my-submission/c-2024").text
    assert "<legend>KPI D1-A: Asked of everyone.</legend>" in page
    assert asked in page


@pytest.mark.parametrize(
    ("status", "there", "gone"),
    [
        ("draft", ("/upload", "/submit"), ("/withdraw", "/revise")),
        ("submitted", ("/withdraw",), ("/upload", "/submit", "/revise")),
        ("returned", ("/upload", "/submit"), ("/withdraw", "/revise")),
        ("accepted", ("/withdraw", "/revise"), ("/upload", "/submit")),
        ("withdrawn", ("/upload", "/submit"), ("/withdraw", "/revise")),
    ],
)
def test_only_what_is_possible_now_is_offered(
    fake: Any, browser: Any, make: Any, status: str, there: tuple[str, ...], gone: tuple[str, ...]
) -> None:
    fake.submission = make.submission(status=status)
    page = browser.get("/my-submission/c-2024").text
    assert [f'action="/my-submission/c-2024{each}"' in page for each in there] == [True] * len(there)
    assert [f'action="/my-submission/c-2024{each}"' in page for each in gone] == [False] * len(gone)


WINDOWS = [
    ("ended", "The last day of the cycle has passed"),
    ("closed", "The cycle takes no more submissions"),
    ("not_open_yet", "opens on"),
]


@pytest.mark.parametrize(("state", "words"), WINDOWS)
def test_a_cycle_that_takes_nothing_says_so(fake: Any, browser: Any, make: Any, state: str, words: str) -> None:
    fake.cycles, fake.submission = [make.cycle(state=state)], make.submission()
    page = browser.get("/my-submission/c-2024").text
    assert words in page
    assert "<form" not in page[page.index('class="steps"') : page.index("<footer")]


def test_what_holds_a_submission_up_is_named_in_place_of_the_button(fake: Any, browser: Any, make: Any) -> None:
    fake.submission, fake.warnings = make.submission(), [make.warning()]
    page = browser.get("/my-submission/c-2024").text
    assert "Far from before." in page
    assert "Input A of D1" in page or "IN_D1_A" in page
    assert 'action="/my-submission/c-2024/submit"' not in page


@pytest.mark.parametrize(
    ("role", "claims"),
    [("secretariat", {}), ("reviewer", {"assignments": ["KEN"]}), ("regional_office", {"region": "ESA"})],
)
def test_other_roles_are_told_whom_the_pages_are_for(
    fake: Any, signed_in: Callable[..., Any], role: str, claims: dict[str, Any]
) -> None:
    for path in ("/my-submission", "/my-submission/c-2024", "/my-submission/c-2024/template"):
        page = signed_in(role, **claims).get(path)
        assert page.status_code == 403
        assert "This page is for administrations" in page.text
    assert fake.calls == []


def test_without_a_sign_in_the_page_leads_to_it(world: Any, fake: Any) -> None:
    page = world.get("/my-submission")
    assert page.status_code == 401
    assert 'href="/auth/sign-in"' in page.text
    assert "Please sign in" in page.text


def test_the_link_is_for_members_alone(world: Any, browser: Any, signed_in: Callable[..., Any]) -> None:
    assert 'href="/my-submission"' in browser.get("/about").text
    assert 'href="/my-submission"' not in signed_in("secretariat").get("/about").text
    assert 'href="/my-submission"' not in world.get("/about").text


def test_a_system_without_the_scopes_reads_and_is_offered_nothing_to_send(
    fake: Any, signed_in: Callable[..., Any], make: Any
) -> None:
    fake.submission = make.submission()
    page = signed_in("system").get("/my-submission/c-2024").text
    assert "may send files but not submit" in page
    assert "<form" not in page[page.index('class="steps"') : page.index("<footer")]


def test_a_cycle_of_others_and_a_code_that_is_none_are_not_there(fake: Any, browser: Any, make: Any) -> None:
    fake.cycles = [make.cycle(population="others")]
    page = browser.get("/my-submission/c-2024")
    assert (page.status_code, "Not a cycle of yours" in page.text) == (404, True)
    assert browser.get("/my-submission/Caps").status_code == 404
    assert browser.get("/my-submission/c-2024/none").status_code == 404


def test_a_token_that_ended_meanwhile_leads_to_the_sign_in(fake: Any, browser: Any) -> None:
    fake.refusals[("GET", "/c-2024")] = (401, "token.expired")
    page = browser.get("/my-submission/c-2024")
    assert (page.status_code, "Please sign in" in page.text) == (401, True)


@pytest.mark.parametrize("path", ["/my-submission", "/my-submission/c-2024", "/my-submission/c-2024/template"])
def test_while_submissions_are_away_the_page_says_what_to_do(fake: Any, browser: Any, path: str) -> None:
    fake.is_away = True
    page = browser.get(path)
    assert page.status_code == 503
    assert "Submissions cannot be reached at the moment" in page.text
    assert "What was saved is safe" in page.text
    assert f'href="{path}"' in page.text


def test_nothing_stays_in_the_browser(fake: Any, browser: Any) -> None:
    for path in ("/my-submission", "/my-submission/c-2024", "/my-submission/c-2024/template"):
        page = browser.get(path)
        assert page.headers["cache-control"] == "no-store"
        assert "default-src 'none'" in page.headers["content-security-policy"]


def test_each_call_carries_the_token_of_whoever_reads(fake: Any, signed_in: Callable[..., Any]) -> None:
    signed_in().get("/my-submission/c-2024")
    signed_in(administration="UGA").get("/my-submission/c-2024")
    tokens = {caller.administration: caller.token for _, caller in fake.calls}
    assert set(tokens) == {"KEN", "UGA"}
    assert tokens["KEN"] != tokens["UGA"]
    assert tokens["KEN"] not in repr(fake.calls)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_template_is_a_download_in_the_language_that_was_chosen(fake: Any, browser: Any, language: str) -> None:
    answer = browser.get(f"/my-submission/c-2024/template?language={language}")
    assert answer.content == f"PK-template-{language}".encode()
    assert answer.headers["content-disposition"] == f'attachment; filename="c-2024-KEN-{language}.xlsx"'
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_pages_are_small(fake: Any, browser: Any, make: Any) -> None:
    fake.submission, fake.warnings = make.submission(), [make.warning(id=f"outlier:X:{n}") for n in range(300)]
    page = browser.get("/my-submission/c-2024").content
    style = browser.get("/static/my.css").content
    assert len(page) + len(style) < 80_000
    assert b"275 more follow" in page


def test_what_others_would_see_is_shown_through_their_eyes(fake: Any, browser: Any, make: Any) -> None:
    assert "nothing to see before you have sent a file" in browser.get("/my-submission/c-2024/as-seen-by").text
    fake.submission = make.submission()
    hidden = {"kpis": 3, "inputs": 7, "comments": 0, "evidence": 1}
    kpis = [
        {"code": "D1-A", "state": "answered", "value": 12.5},
        {"code": "D1-B", "state": "opted_out", "value": None},
    ]
    inputs = [{"code": "IN_D1_A", "year": 2024, "value": 5.0}]
    known = {"role": "contact_point", "level": "wco", "knows_cycle": True}
    fake.seen = known | {"kpis": kpis, "inputs": inputs, "hidden": hidden}
    page = browser.get("/my-submission/c-2024/as-seen-by?role=contact_point").text
    assert fake.calls[-1][0].query == {"role": "contact_point"}
    assert "Kept from this role: KPIs 3, figures 7, comments 0, files 1." in page
    assert "12.5%" in page
    assert "Opted out" in page
    fake.seen = fake.seen | {"knows_cycle": False}
    assert "there is no such cycle at all" in browser.get("/my-submission/c-2024/as-seen-by").text
    assert browser.get("/my-submission/c-2024/as-seen-by?role=king").status_code == 404
