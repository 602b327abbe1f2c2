"""The words of mails: both languages say the same, and nothing can get into a header that does not belong there."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from string import Template
from typing import Any, get_args

import pytest

from submission_svc.adapters.smtp import message
from submission_svc.domain.contact import MailLanguage
from submission_svc.domain.cycle import WindowState
from submission_svc.domain.mail import LONGEST_WAIT, MOST_ATTEMPTS, Mail, MailKind, next_attempt
from submission_svc.domain.mail_words import BODIES, FRAMES, MENDING, SUBJECTS, letter

DETAIL = {"reason": "of a mail of before: 2023 is 987", "deadline": "2025-12-31"}
MAIL = Mail(
    id=7,
    kind="returned",
    email="amina@customs.example",
    name="Amina Juma",
    language="en",
    detail=DETAIL,
    attempts=1,
    cycle="c-2024",
    cycle_name={"en": "Cycle 2024", "fr": "Cycle de 2024"},
    is_rehearsal=False,
    administration="KEN",
    administration_name={"en": "Kenya", "fr": "Kenya (fr)"},
)
KINDS, LANGUAGES = get_args(MailKind), get_args(MailLanguage)


@pytest.mark.parametrize("catalogue", [SUBJECTS, BODIES, MENDING, FRAMES])
def test_both_languages_have_the_same_texts_with_the_same_gaps(catalogue: Any) -> None:
    gaps = [
        {name: sorted(text.get_identifiers()) for name, text in catalogue[language].items()} for language in LANGUAGES
    ]
    assert gaps[0] == gaps[1]
    assert all(isinstance(text, Template) for texts in catalogue.values() for text in texts.values())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_all_its_words_in_every_language(kind: Any, language: Any) -> None:
    made = letter(replace(MAIL, kind=kind, language=language), "https://pmm.example/")
    assert "Kenya" in made.subject
    assert "$" not in made.subject + made.body
    assert "https://pmm.example/my-submission/c-2024\n" in made.body
    assert "https://pmm.example/api/v1/cycles/c-2024/submissions/KEN\n" in made.body
    assert ("https://pmm.example/cycles/c-2024/administrations/KEN\n" in made.body) == (kind == "accepted")


def test_a_return_says_where_the_reason_stands_and_not_the_reason_which_may_hold_figures() -> None:
    made = letter(MAIL, None)
    assert made.subject == "Returned: the submission of Kenya, Cycle 2024"
    assert "stand with the submission.\n\nPlease mend it" in made.body
    assert "2023" not in made.body
    assert "The last day for it is 2025-12-31 (UTC)." in made.body
    assert "http" not in made.body


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("window", get_args(WindowState))
def test_a_return_says_what_the_member_can_do_in_every_state_of_the_window(language: Any, window: Any) -> None:
    detail = {**DETAIL, "window": window}
    made = letter(replace(MAIL, language=language, detail=detail), None)
    others = [MENDING[language][each].template for each in get_args(WindowState) if each != window]
    assert MENDING[language][window].substitute(deadline="2025-12-31") in made.body
    assert not any(each in made.body for each in others)


def test_a_return_that_cannot_be_mended_sends_to_the_secretariat() -> None:
    ended = letter(replace(MAIL, detail={"window": "ended"}), None).body
    assert "cannot be changed or submitted at present" in ended
    assert "ask the secretariat to extend your deadline" in " ".join(ended.split())
    closed = letter(replace(MAIL, detail={"window": "closed"}, language="fr"), None).body
    assert "demandez d’abord au secrétariat de rouvrir le cycle" in closed
    assert "prolonger" not in closed


def test_a_mail_of_before_that_knows_no_window_promises_nothing() -> None:
    assert replace(MAIL, detail={}).window == "ended"
    assert replace(MAIL, detail={"deadline": "2025-12-31"}).window == "open"


def test_a_text_is_in_the_language_of_the_reader() -> None:
    made = letter(replace(MAIL, language="fr"), None)
    assert made.subject == "Renvoyée : soumission « Kenya (fr) », Cycle de 2024"
    assert made.body.startswith("Bonjour Amina Juma,\n\nle secrétariat a renvoyé la soumission « Kenya (fr) »")


def test_names_that_are_missing_are_codes_and_a_rehearsal_says_so() -> None:
    made = letter(replace(MAIL, cycle_name={}, administration_name={}, is_rehearsal=True, kind="accepted"), "https://x")
    assert made.subject == "Accepted: the submission of KEN, c-2024"
    assert "This cycle is a rehearsal" in made.body
    assert "/administrations/" not in made.body


def test_text_with_signs_of_the_templates_stays_as_it_is() -> None:
    made = letter(replace(MAIL, cycle_name={"en": "$name owes $5 ${cycle}"}), None)
    assert "“$name owes $5 ${cycle}”" in made.body


@pytest.mark.parametrize(
    "evil",
    [
        *("x\r\nBcc: all@customs.example", "x\nBcc: a@b.c", "x\r\rBcc: a@b.c", "x\u2028Bcc: y"),
        *("=?utf-8?q?x=0d=0aBcc:_a=40b.c?=", "=?utf-8?b?DQpCY2M6IGFAYi5j?=", "=?utf-8?q?x?= =?us-ascii?q?=0aBcc:_y?="),
    ],
)
def test_no_name_begins_another_header(evil: str) -> None:
    mail = replace(MAIL, name=evil, cycle_name={"en": evil}, administration_name={"en": evil})
    sent = message(letter(mail, None), "pmm@wco.example").as_bytes()
    headers = sent.partition(b"\r\n\r\n")[0].decode()
    assert not any(line.startswith("Bcc") for line in headers.splitlines())


def test_an_address_that_holds_an_encoded_word_is_written_to_by_nobody() -> None:
    made = letter(replace(MAIL, email="=?utf-8?q?=0d=0a?=@customs.example"), None)
    with pytest.raises(ValueError, match="written as it is"):
        message(made, "pmm@wco.example")


def test_a_mail_says_from_whom_to_whom_and_that_no_person_wrote_it() -> None:
    sent = message(letter(replace(MAIL, name="Amina, “Juma”"), None), "pmm@wco.example")
    assert sent["From"] == "OpenPMM <pmm@wco.example>"
    assert sent["To"].addresses[0].addr_spec == "amina@customs.example"
    assert sent["To"].addresses[0].display_name == "Amina, “Juma”"
    assert sent["Message-ID"] == "<openpmm-mail-7@wco.example>"
    assert (sent["Auto-Submitted"], sent["Content-Language"]) == ("auto-generated", "en")


def test_each_wait_is_longer_up_to_a_limit() -> None:
    now = datetime(2025, 1, 1, tzinfo=UTC)
    waits = [next_attempt(number, now) - now for number in range(1, MOST_ATTEMPTS + 5)]
    assert waits[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT
