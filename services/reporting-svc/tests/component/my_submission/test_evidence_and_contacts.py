"""Files that stand for answers, and who is told by e-mail."""

from typing import Any
from urllib.parse import urlsplit

import pytest

PAGE = "/my-submission/c-2024"
FILE = f"{PAGE}/evidence/00000000-0000-4000-8000-000000000003"
PERSON = {"name": "Amina <b>", "email": "amina@customs.example", "language": "fr"}


@pytest.fixture
def begun(fake: Any, make: Any) -> Any:
    """A draft with one file and one contact."""
    fake.submission, fake.evidence = make.submission(), [make.file()]
    fake.contacts["contacts"] = [{**PERSON, "given_up": 2}]
    return fake


def landed(browser: Any, answer: Any) -> str:
    """The page that a form leads to."""
    assert answer.status_code == 303, answer.text
    address = urlsplit(answer.headers["location"])
    return str(browser.get(f"{address.path}?{address.query}").text)


def added(browser: Any, name: str = "photo.jpg", content: bytes = b"JPEG", about: str = "IN_D1_A") -> Any:
    """Send the form with a file."""
    return browser.post(f"{PAGE}/evidence", data={"about": about}, files={"file": (name, content)})


def test_files_are_listed_with_what_they_stand_for(begun: Any, browser: Any) -> None:
    page = browser.get(f"{PAGE}/evidence").text
    assert "Été 2024.pdf" in page
    assert "3 KB" in page
    assert f'href="{FILE}"' in page
    assert '<option value="IN_D1_A">' in page
    assert '<option value="D1-A">' in page
    assert f'href="{PAGE}/evidence"' in browser.get(PAGE).text


def test_a_file_goes_on_with_its_name_and_nothing_that_the_browser_says_of_it(begun: Any, browser: Any) -> None:
    assert "The file is added." in landed(browser, added(browser, "Été.pdf", b"%PDF-1.7"))
    call = begun.sent("POST")[-1]
    assert (call.path, call.query, call.body) == (
        "/c-2024/submissions/KEN/evidence",
        {"about": "IN_D1_A", "name": "Été.pdf"},
        b"%PDF-1.7",
    )
    assert call.headers["content-type"] == "application/octet-stream"


def test_nothing_is_sent_without_a_file_or_what_it_stands_for(begun: Any, browser: Any) -> None:
    assert "choose what the file stands for" in landed(browser, added(browser, about=""))
    assert "choose what the file stands for" in landed(browser, added(browser, name=""))
    assert "The file is empty" in landed(browser, added(browser, content=b""))
    assert begun.sent("POST") == []


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        (415, "evidence.type", "Save it as PDF"),
        (413, "evidence.too_large", "it is too large"),
        (409, "evidence.too_many", "Take one away first"),
        (409, "submission.locked", "has been handed in"),
    ],
)
def test_a_refusal_is_told_on_the_page(begun: Any, browser: Any, status: int, code: str, words: str) -> None:
    begun.refusals[("POST", "/evidence")] = (status, code)
    page = landed(browser, added(browser))
    assert words in page
    assert "Été 2024.pdf" in page
    assert '<option value="IN_D1_A" selected>' in page


def test_a_file_is_saved_and_never_shown(begun: Any, browser: Any) -> None:
    answer = browser.get(FILE)
    assert answer.content == b"<script>alert(1)</script>"
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''%C3%89t%C3%A9%202024.pdf"
    assert answer.headers["content-type"] == "application/octet-stream"
    assert (answer.headers["x-content-type-options"], answer.headers["cache-control"]) == ("nosniff", "no-store")


def test_a_file_is_taken_away_also_with_a_double_click(begun: Any, browser: Any) -> None:
    assert "The file is taken away." in landed(browser, browser.post(FILE))
    assert begun.sent("DELETE")[-1].path.endswith("/evidence/00000000-0000-4000-8000-000000000003")
    begun.refusals[("DELETE", "")] = (404, "evidence.not_found")
    assert "The file is taken away." in landed(browser, browser.post(FILE))


def test_what_was_handed_in_keeps_its_files(begun: Any, browser: Any, make: Any) -> None:
    begun.submission = make.submission(status="submitted")
    page = browser.get(f"{PAGE}/evidence").text
    assert "Été 2024.pdf" in page
    assert "<form method=" not in page.partition("<main")[2]


def test_before_anything_is_begun_there_are_no_files_and_one_can_be_added(fake: Any, browser: Any) -> None:
    page = browser.get(f"{PAGE}/evidence").text
    assert "There are no files yet." in page
    assert "Add the file" in page


def test_contacts_are_shown_with_mails_that_did_not_arrive(begun: Any, browser: Any) -> None:
    page = browser.get(f"{PAGE}/contacts").text
    assert "Amina &lt;b&gt;" in page
    assert "amina@customs.example" in page
    assert "2 mail(s) to this address could not be delivered" in page
    assert "sends no mails yet" not in page


def test_contacts_are_kept_as_they_stand_in_the_form(begun: Any, browser: Any) -> None:
    form = {"name.0": "", "email.0": "", "name.1": "Bo", "email.1": " bo@customs.example ", "language.1": "fr"}
    assert "The list is saved." in landed(browser, browser.post(f"{PAGE}/contacts", data=form))
    kept = [{"email": "bo@customs.example", "name": "Bo", "language": "fr"}]
    assert begun.sent("PUT")[-1].document == {"contacts": kept}


def test_contacts_that_are_refused_stay_in_the_form(begun: Any, browser: Any) -> None:
    begun.refusals[("PUT", "/contacts/KEN")] = (422, "request.invalid")
    answer = browser.post(f"{PAGE}/contacts", data={"name.0": "Bo", "email.0": "bo at customs"})
    assert answer.status_code == 422
    assert "Nothing was saved." in answer.text
    assert 'value="bo at customs"' in answer.text


def test_without_a_mail_server_it_is_said(begun: Any, browser: Any) -> None:
    begun.contacts["is_mail_sent"] = False
    assert "sends no mails yet" in browser.get(f"{PAGE}/contacts").text


def test_contacts_are_for_contact_points_and_no_systems(begun: Any, signed_in: Any) -> None:
    system = signed_in("system", scope="submission:push")
    assert f"{PAGE}/contacts" not in system.get(PAGE).text
    assert system.get(f"{PAGE}/contacts").status_code == 403
    answer = system.post(f"{PAGE}/contacts", data={"name.0": "Bo", "email.0": "bo@customs.example"})
    assert answer.status_code == 403
    assert begun.sent("PUT") == []
