"""Reasons, answers to threads, disclosure, submitting and taking back; and that no other site can send our forms."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest

CYCLE = "/my-submission/c-2024"
THREAD = f"{CYCLE}/threads/00000000-0000-4000-8000-000000000002"
FORMS: list[tuple[str, dict[str, str]]] = [
    ("reasons", {"id.0": "outlier:IN_D1_A:2024", "code.0": "confirmed"}),
    ("submit", {"confirmed": "yes"}),
    ("withdraw", {}),
    ("revise", {}),
    ("disclosure", {"default": "public"}),
    ("threads/00000000-0000-4000-8000-000000000002", {"text": "Ours."}),
    ("uploads/00000000-0000-4000-8000-000000000001/cancel", {}),
    ("evidence", {"about": "IN_D1_A"}),
    ("evidence/00000000-0000-4000-8000-000000000003", {}),
    ("contacts", {"name.0": "A", "email.0": "a@b.example"}),
]


@pytest.fixture
def begun(fake: Any, make: Any) -> Any:
    """A draft with two warnings; the second had a reason before."""
    fake.submission = make.submission()
    earlier = {"code": "methodology_change", "text": "New system.", "at": "2022-01-01T00:00:00Z"}
    fake.warnings = [make.warning(), make.warning(id="revision:X:2023", text="Was other.", earlier_reason=earlier)]
    return fake


def landed(browser: Any, answer: Any) -> str:
    """The page that a form leads to."""
    assert answer.status_code == 303, answer.text
    address = urlsplit(answer.headers["location"])
    return str(browser.get(f"{address.path}?{address.query}").text)


def reasons_of(fake: Any) -> list[dict[str, Any]]:
    """The reasons that were put."""
    said: list[dict[str, Any]] = fake.sent("PUT")[-1].document["reasons"]
    return said


def test_reasons_are_kept_and_what_is_not_filled_in_stays_open(begun: Any, browser: Any) -> None:
    form = {
        "id.0": "outlier:IN_D1_A:2024",
        "code.0": "confirmed",
        "text.0": " Checked \r\n twice. ",
        "id.1": "revision:X:2023",
    }
    assert "Your reasons are saved." in landed(browser, browser.post(f"{CYCLE}/reasons", data=form))
    assert reasons_of(begun) == [{"id": "outlier:IN_D1_A:2024", "code": "confirmed", "text": "Checked twice."}]


def test_the_earlier_reason_is_offered_and_taken_again(begun: Any, browser: Any) -> None:
    assert "Give the earlier reason again: Method has changed" in browser.get(CYCLE).text
    browser.post(f"{CYCLE}/reasons", data={"id.1": "revision:X:2023", "code.1": "", "again.1": "yes"})
    assert reasons_of(begun) == [{"id": "revision:X:2023", "code": "methodology_change", "text": "New system."}]


@pytest.mark.parametrize("form", [{"code.0": "other"}, {"code.0": "", "text.0": "Words alone."}])
def test_an_incomplete_reason_is_told_and_the_complete_ones_are_kept(
    begun: Any, browser: Any, form: dict[str, str]
) -> None:
    both = {"id.0": "outlier:IN_D1_A:2024", "id.1": "revision:X:2023", "code.1": "correction"} | form
    answer = browser.post(f"{CYCLE}/reasons", data=both)
    assert answer.status_code == 422
    assert "What was complete is saved" in answer.text
    assert [each["id"] for each in reasons_of(begun)] == ["revision:X:2023"]


def test_what_was_typed_of_a_reason_that_is_not_kept_stays(begun: Any, browser: Any, make: Any) -> None:
    given = {"code": "confirmed", "text": "Yes.", "at": "2024-12-01T10:00:00Z"}
    begun.warnings[1] = make.warning(id="revision:X:2023", text="Was other.", reason=given)
    form = {"id.0": "outlier:IN_D1_A:2024", "code.0": "other", "id.1": "revision:X:2023", "text.1": "New words."}
    page = browser.post(f"{CYCLE}/reasons", data=form).text
    assert "Nothing was saved: each reason needs a choice" in page
    assert '<option value="other" selected>' in page
    assert 'value="New words."' in page
    assert begun.sent("PUT") == []


@pytest.mark.parametrize(
    ("step", "refused"), [("upload", "no_file"), ("reasons", "no_reason"), ("submit", "not_confirmed")]
)
def test_what_is_told_stands_where_the_browser_jumps_to(begun: Any, browser: Any, step: str, refused: str) -> None:
    address = browser.post(f"{CYCLE}/{step}").headers["location"]
    assert address == f"{CYCLE}?refused={refused}&at={step}#{step}"
    page = browser.get(address.partition("#")[0]).text
    assert page.count('role="alert"') == 1
    assert f'id="{step}"' in page.partition('role="alert"')[0].rpartition("<h2")[2]


def test_what_is_told_at_no_place_of_the_page_stands_at_its_top(begun: Any, browser: Any) -> None:
    page = browser.get(f"{CYCLE}?refused=no_text&at=threads").text
    assert 'role="alert"' in page.partition("<h1>")[0]


def test_no_reason_and_unknown_warnings_are_not_sent(begun: Any, browser: Any) -> None:
    form = {"id.0": "no-such", "code.0": "confirmed", "id.1": "revision:X:2023", "code.1": "nonsense"}
    assert "No reason was chosen" in landed(browser, browser.post(f"{CYCLE}/reasons", data=form))
    assert begun.sent("PUT") == []


def test_a_reason_can_be_changed_later(begun: Any, browser: Any, make: Any) -> None:
    given = {"code": "confirmed", "text": "Yes.", "at": "2024-12-01T10:00:00Z"}
    begun.warnings = [make.warning(reason=given)]
    assert 'name="id.0"' not in browser.get(CYCLE).text
    page = browser.get(f"{CYCLE}?change=outlier:IN_D1_A:2024").text
    assert '<option value="confirmed" selected>' in page
    assert 'value="Yes."' in page


def test_submitting_needs_the_tick_and_is_done_once(begun: Any, browser: Any) -> None:
    assert "tick the sentence of confirmation first" in landed(browser, browser.post(f"{CYCLE}/submit"))
    assert begun.sent("POST") == []
    assert "has been handed in" in landed(browser, browser.post(f"{CYCLE}/submit", data={"confirmed": "yes"}))
    assert [call.path for call in begun.sent("POST")] == ["/c-2024/submissions/KEN/submit"]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("submission.incomplete", "step 4 lists"),
        ("cycle.closed", "closed"),
        ("submission.empty", "nothing to submit yet"),
    ],
)
def test_a_refused_submission_says_why(begun: Any, browser: Any, code: str, words: str) -> None:
    begun.refusals[("POST", "/submit")] = (409, code)
    assert words in landed(browser, browser.post(f"{CYCLE}/submit", data={"confirmed": "yes"}))


@pytest.mark.parametrize(("how", "status"), [("withdraw", "withdrawn"), ("revise", "draft")])
def test_a_second_click_on_what_is_done_is_done(begun: Any, browser: Any, make: Any, how: str, status: str) -> None:
    begun.refusals[("POST", f"/{how}")] = (409, "submission.wrong_status")
    begun.submission = make.submission(status=status)
    assert browser.post(f"{CYCLE}/{how}").headers["location"] == f"{CYCLE}?done={how}"
    begun.submission = make.submission(status="returned")
    assert "not possible in the present state" in landed(browser, browser.post(f"{CYCLE}/{how}"))


def test_an_answer_to_the_secretariat_is_sent_once(begun: Any, browser: Any, make: Any, signed_in: Any) -> None:
    begun.submission = make.submission(open_threads=1)
    comment = {"by": "secretariat", "at": "2024-12-02T08:30:00Z", "text": "Which source?"}
    thread = {
        "id": THREAD[-36:],
        "about": {"kind": "submission", "code": None},
        "status": "open",
        "comments": [comment],
    }
    begun.threads = [thread]
    assert "Your answer has been sent." in landed(browser, browser.post(THREAD, data={"text": "The register."}))
    assert begun.sent("POST")[-1].document == {"text": "The register."}
    thread["comments"] = [comment, {**comment, "by": "member", "text": "The register."}]
    browser.post(THREAD, data={"text": "The register."})
    assert len(begun.sent("POST")) == 1
    assert "Nothing was written." in landed(browser, browser.post(THREAD, data={"text": "  "}))
    assert (
        signed_in("system", scope="submission:push submission:submit").post(THREAD, data={"text": "x"}).status_code
        == 403
    )


def test_disclosure_is_chosen_kpi_by_kpi_from_what_was_read(begun: Any, browser: Any) -> None:
    page = browser.get(f"{CYCLE}/disclosure").text
    assert 'name="kpi.D1-A"' in page
    assert "&#34;7-9&#34;" in page
    form = {"tag": '"7-9"', "default": "wco", "kpi.D1-A": "", "kpi.D1-B": "public", "kpi.D2-A": "nonsense"}
    assert "who sees what is saved" in landed(browser, browser.post(f"{CYCLE}/disclosure", data=form))
    put = begun.sent("PUT")[-1]
    assert put.document == {"default": "wco", "kpis": {"D1-B": "public"}}
    assert put.headers == {"if-match": '"7-9"'}
    begun.refusals[("PUT", "/disclosure")] = (412, "submission.changed")
    assert "Somebody has changed the submission" in landed(browser, browser.post(f"{CYCLE}/disclosure", data=form))
    assert "No level was chosen" in landed(browser, browser.post(f"{CYCLE}/disclosure", data={"default": "all"}))


@pytest.mark.parametrize(("step", "form"), FORMS)
@pytest.mark.parametrize(
    ("site", "headers"),
    [
        ("cross-site", {}),
        ("same-site", {"origin": "http://testserver"}),
        (None, {"origin": "https://evil.test"}),
        (None, {"origin": "null"}),
        (None, {}),
    ],
)
def test_no_other_site_sends_our_forms(
    begun: Any, browser: Any, step: str, form: dict[str, str], site: str | None, headers: dict[str, str]
) -> None:
    page = browser.post(f"{CYCLE}/{step}", site=site, headers=headers, data=form)
    assert page.status_code == 403
    assert "Not sent from our pages" in page.text
    assert begun.calls == []


def test_a_file_from_another_site_is_refused_unread(begun: Any, browser: Any) -> None:
    page = browser.post(f"{CYCLE}/upload", site="cross-site", files={"file": ("a.xlsx", b"PK", "x/y")})
    assert (page.status_code, begun.calls) == (403, [])


def test_an_older_browser_that_says_its_origin_may_send(begun: Any, browser: Any) -> None:
    answer = browser.post(f"{CYCLE}/withdraw", site=None, headers={"origin": "http://testserver"})
    assert answer.status_code == 303


@pytest.mark.parametrize(("step", "form"), FORMS)
def test_other_roles_send_nothing(begun: Any, signed_in: Callable[..., Any], step: str, form: dict[str, str]) -> None:
    for role in ("secretariat", "reviewer"):
        assert signed_in(role).post(f"{CYCLE}/{step}", data=form).status_code == 403
    assert signed_in("system").post(f"{CYCLE}/{step}", data=form).status_code == 403
    assert begun.calls == []


@pytest.mark.parametrize("told", ["?done=%3Cscript%3E", "?refused=%3Cscript%3E", "?done=x&change=%22%3E%3Cscript%3E"])
def test_words_of_others_in_an_address_are_never_shown(begun: Any, browser: Any, told: str) -> None:
    assert "<script>" not in browser.get(f"{CYCLE}{told}").text
