"""Sending a file: once however often the form is sent, and what its report says."""

from typing import Any
from urllib.parse import urlsplit

import pytest

JOB = "/my-submission/c-2024/uploads/00000000-0000-4000-8000-000000000001"
FILE = {"file": ("filled in.xlsx", b"PK-the-figures", "application/vnd.ms-excel")}


def send(browser: Any, key: str = "k1", files: Any = FILE, **fields: str) -> Any:
    """Send the upload form."""
    return browser.post("/my-submission/c-2024/upload", data={"key": key} | fields, files=files)


def key_of(fake: Any, place: int = -1) -> str:
    """The Idempotency-Key of a push."""
    return str(fake.sent("POST")[place].headers["idempotency-key"])


def test_a_file_is_pushed_as_a_job_and_its_report_is_opened(fake: Any, browser: Any) -> None:
    answer = send(browser)
    assert (answer.status_code, answer.headers["location"]) == (303, JOB)
    pushed = fake.sent("POST")[0]
    assert pushed.body == b"PK-the-figures"
    assert pushed.headers["prefer"] == "respond-async"
    assert pushed.headers["content-type"] == "application/octet-stream"
    assert pushed.query == {"on_error": "refuse_all"}


def test_a_double_click_sends_the_same_key_and_another_file_another_one(fake: Any, browser: Any) -> None:
    send(browser)
    send(browser)
    send(browser, files={"file": ("b.xlsx", b"PK-other", "x/y")})
    send(browser, good="yes")
    send(browser, key="k2")
    keys = [key_of(fake, place) for place in range(5)]
    assert keys[0] == keys[1]
    assert len(set(keys)) == 4
    assert fake.sent("POST")[3].query["on_error"] == "take_good"


def test_each_page_has_a_key_of_its_own(browser: Any) -> None:
    pages = [browser.get("/my-submission/c-2024").text for _ in range(2)]
    assert pages[0].partition('name="key" value="')[2][:32] != pages[1].partition('name="key" value="')[2][:32]


@pytest.mark.parametrize(
    ("files", "words"),
    [({"file": ("", b"", "x/y")}, "No file was chosen"), ({"file": ("a.xlsx", b"", "x/y")}, "The file is empty")],
)
def test_no_file_and_an_empty_one_are_told_and_not_sent(fake: Any, browser: Any, files: Any, words: str) -> None:
    answer = send(browser, files=files)
    assert answer.status_code == 303
    address = urlsplit(answer.headers["location"])
    assert words in browser.get(f"{address.path}?{address.query}").text
    assert fake.sent("POST") == []


def test_a_body_that_is_no_form_is_told(fake: Any, browser: Any) -> None:
    assert (
        browser.post("/my-submission/c-2024/upload", json={})
        .headers["location"]
        .endswith("refused=no_file&at=upload#upload")
    )
    broken = {"content-type": "multipart/form-data; boundary=x"}
    page = browser.post("/my-submission/c-2024/upload", content=b"--y\r\nnonsense", headers=broken)
    assert page.status_code == 400
    assert "The form could not be read" in page.text
    assert fake.sent("POST") == []


def test_a_file_that_is_too_large_is_told_on_a_page(fake: Any, browser: Any) -> None:
    page = send(browser, files={"file": ("a.xlsx", b"x" * (33_554_432 + 10), "x/y")})
    assert page.status_code == 413
    assert "The file is too large" in page.text
    assert fake.sent("POST") == []


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        (409, "cycle.not_open", "does not take submissions of yours today"),
        (429, "job.too_many", "Many files of yours are waiting already"),
        (422, "something.new", "That was not taken"),
    ],
)
def test_a_refusal_is_told_on_the_page_of_the_cycle(
    fake: Any, browser: Any, status: int, code: str, words: str
) -> None:
    fake.refusals[("POST", "/answers")] = (status, code)
    answer = send(browser)
    assert answer.status_code == 303
    address = urlsplit(answer.headers["location"])
    assert words in browser.get(f"{address.path}?{address.query}").text


def test_a_line_that_breaks_while_sending_is_told_with_what_to_do(fake: Any, browser: Any) -> None:
    fake.is_away = True
    page = send(browser)
    assert page.status_code == 503
    assert "sending it twice does no harm" in page.text


def test_what_was_saved_is_counted(browser: Any) -> None:
    page = browser.get(JOB).text
    assert "Your file is saved" in page
    assert "Figures still unanswered: 2." in page
    assert 'http-equiv="refresh"' not in page


def test_a_file_without_anything_new_says_so(fake: Any, browser: Any, make: Any) -> None:
    fake.jobs = [make.job(outcome={"received": 4, "unchanged": 4})]
    assert "Nothing new in this file" in browser.get(JOB).text


def test_errors_are_told_by_cause_and_row_with_the_marked_workbook(fake: Any, browser: Any, make: Any) -> None:
    fake.jobs = [make.job(state="failed", errors_found=5214, outcome={"code": "answers.invalid", "detail": "no"})]
    hint = "Did you mean XK?"
    place = {
        "code": "x",
        "message": "There is no input <XX>.",
        "hint": hint,
        "row": 12,
        "column": "code",
        "cell": "A12",
    }
    group = {"text": "No input XX: 5,214 rows, first at row 12. Did you mean XK?", "rows": 5214, "code": "x"}
    fake.findings = {"errors_found": 5214, "errors": [place] * 60, "groups": [group]}
    page = browser.get(JOB).text
    assert "Nothing was saved" in page
    assert "5,214 errors, by cause" in page
    assert "first at row 12" in page
    assert "cell A12" in page
    assert page.count("There is no input &lt;XX&gt;.") == 20
    assert f'href="{JOB}/errors?form=xlsx"' in page
    assert 'type="file"' in page


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_marked_workbook_and_list_are_downloads(browser: Any, form: str) -> None:
    answer = browser.get(f"{JOB}/errors?form={form}")
    assert answer.content == f"marked-{form}".encode()
    assert answer.headers["content-disposition"] == f'attachment; filename="c-2024-KEN-errors.{form}"'
    assert browser.get(f"{JOB}/errors?form=exe").status_code == 404


def test_good_rows_saved_beside_bad_ones_are_told_apart(fake: Any, browser: Any, make: Any) -> None:
    fake.jobs = [make.job(errors_found=1)]
    fake.findings = {"errors_found": 1, "errors": [{"message": "No.", "row": 3, "column": "year"}], "groups": []}
    page = browser.get(JOB).text
    assert "Saved in part" in page
    assert "row 3, year" in page
    nothing = {"received": 4, "created": 0, "updated": 0, "removed": 0, "unchanged": 3}
    fake.jobs = [make.job(errors_found=1, outcome=nothing)]
    page = browser.get(JOB).text
    assert "Nothing was saved" in page
    assert "row 3, year" in page


def test_a_file_refused_as_a_whole_has_its_reason_in_words(fake: Any, browser: Any, make: Any) -> None:
    fake.jobs = [make.job(state="failed", outcome={"code": "submission.locked", "detail": "locked"})]
    assert "Take it back or open it for changes first" in browser.get(JOB).text
    fake.jobs = [make.job(state="failed", outcome={"code": "something.new", "detail": "As submission-svc says."})]
    assert "As submission-svc says." in browser.get(JOB).text


def test_a_long_upload_shows_how_far_it_is_and_can_be_stopped(fake: Any, browser: Any, make: Any) -> None:
    fake.jobs = [make.job(state="running", stage="checking", rows_done=50_000, rows_total=100_000, outcome=None)]
    page = browser.get(JOB).text
    assert 'http-equiv="refresh" content="3"' in page
    assert "Checking the answers: 50,000 of 100,000 rows" in page
    assert 'width="50.0%"' in page
    answer = browser.post(f"{JOB}/cancel")
    assert (answer.status_code, answer.headers["location"]) == (303, JOB)
    assert fake.sent("POST")[-1].path.endswith("/cancel")


def test_a_file_whose_cells_are_being_marked_is_still_on_its_way(fake: Any, browser: Any, make: Any) -> None:
    fake.jobs = [make.job(state="running", stage="marking", rows_done=1, rows_total=4, errors_found=2)]
    page = browser.get(JOB).text
    assert "Marking the faulty cells: 1 of 4 rows" in page
    assert "/errors?form=" not in page


def test_a_stopped_upload_says_that_nothing_was_saved(fake: Any, browser: Any, make: Any) -> None:
    fake.jobs = [make.job(state="cancelled", outcome=None)]
    assert "Stopped; nothing was saved" in browser.get(JOB).text


def test_rules_that_ask_for_something_are_named_and_others_are_not(fake: Any, browser: Any, make: Any) -> None:
    rules = [{"text": "Mend this.", "blocks": True, "kpis": ["D1-A"]}, {"text": "Evidence is welcome."}]
    fake.jobs = [make.job(outcome={"created": 1, "violations": rules})]
    page = browser.get(JOB).text
    assert "KPI D1-A: Mend this." in page
    assert "Evidence is welcome." not in page


@pytest.mark.parametrize("step", ["upload", "reasons", "submit", "withdraw", "revise"])
def test_the_address_of_a_form_leads_to_its_page(browser: Any, step: str) -> None:
    answer = browser.get(f"/my-submission/c-2024/{step}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/my-submission/c-2024#{step}")
