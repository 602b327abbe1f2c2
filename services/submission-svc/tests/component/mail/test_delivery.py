"""Delivery when the mail server is away, refuses, answers slowly or dies: no mail is lost, none is tried for ever."""

import threading
import time
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from service_kit.worker import Loop
from submission_svc.application.ports.mail import AddressRefusedError, PostOfficeAwayError
from submission_svc.domain.mail import MOST_ATTEMPTS, Letter
from submission_svc.entrypoints.mailing import Postman, Reminders

BRUNO = {"email": "bruno@customs.example", "name": "Bruno", "language": "en"}
AMINA = {"email": "amina@customs.example", "name": "Amina", "language": "en"}


def told(post: Any) -> dict[str, Any]:
    """What the contact point reads about mails to the first contact."""
    contact: dict[str, Any] = post.service.call("GET", "/c-2024/contacts/KEN", "contact-ken").json()["contacts"][0]
    return {name: contact[name] for name in ("waiting", "given_up", "last_error")}


def test_a_mail_waits_while_the_server_is_away_and_nothing_is_held_against_it(accepted: Any, start_server: Any) -> None:
    box = start_server()
    for _ in range(MOST_ATTEMPTS + 1):
        with pytest.raises(PostOfficeAwayError, match="ConnectionRefusedError"):
            accepted.send(1)
    assert accepted.kept() == [("amina@customs.example", 0, False, False)]
    assert told(accepted) == {"waiting": 1, "given_up": 0, "last_error": None}
    assert accepted.send(box.port) == 1
    assert accepted.kept() == [("amina@customs.example", 1, True, False)]
    assert (accepted.send(box.port), len(box.arrived)) == (0, 1)


def test_an_address_that_is_refused_for_good_is_given_up_and_others_get_theirs(
    post: Any, make: Any, start_server: Any
) -> None:
    post.set_contacts(AMINA, BRUNO)
    post.service.push(make.figure())
    post.service.move("submit", "contact-ken")
    post.service.move("accept", "secretariat")
    box = start_server()
    box.answers["amina@customs.example"] = "550 5.1.1 No such\tuser"
    assert post.send(box.port) == 2
    assert box.recipients == ["bruno@customs.example"]
    assert told(post) == {"waiting": 0, "given_up": 1, "last_error": "550 5.1.1 No such user"}


def test_a_mail_that_cannot_be_written_is_given_up_and_the_office_stays_open(office: Any, start_server: Any) -> None:
    box = start_server()
    evil = Letter(1, "=?utf-8?q?=0d=0a?=@customs.example", "Amina", "en", "Returned", "Please mend it.")
    with office(f"smtp://127.0.0.1:{box.port}").session() as session:
        with pytest.raises(AddressRefusedError, match="cannot be written as a mail"):
            session.send(evil)
        session.send(replace(evil, email="bruno@customs.example"))
    assert box.recipients == ["bruno@customs.example"]


def test_a_refusal_for_now_is_tried_again_later_and_given_up_at_last(accepted: Any, start_server: Any) -> None:
    box = start_server()
    box.answers["amina@customs.example"] = "451 4.7.1 Greylisted, try again"
    tried: list[datetime] = []
    while told(accepted)["given_up"] == 0 and len(tried) < 1_000:
        if accepted.send(box.port):
            tried.append(accepted.service.clock.now)
        accepted.service.clock.now += timedelta(seconds=30)
    waits = [later - earlier for earlier, later in pairwise(tried)]
    assert len(tried) == MOST_ATTEMPTS
    assert waits == sorted(waits)
    assert waits[0] < timedelta(minutes=2) < timedelta(hours=4) < waits[-1]
    assert told(accepted)["last_error"] == "451 4.7.1 Greylisted, try again"
    assert accepted.send(box.port) == 0


def test_a_mail_that_is_taken_at_last_leaves_no_error(accepted: Any, start_server: Any) -> None:
    box = start_server()
    box.answer_to_data = "452 4.3.1 Disk full"
    assert accepted.send(box.port) == 1
    assert accepted.kept("attempts, error") == [(1, "452 4.3.1 Disk full")]
    box.answer_to_data = None
    assert accepted.send(box.port) == 0
    accepted.service.clock.now += timedelta(minutes=1)
    assert accepted.send(box.port) == 1
    assert accepted.kept("attempts, error, sent_at is not null") == [(2, None, True)]


def test_a_slow_server_holds_nobody_up_for_long_and_the_mail_is_tried_again(accepted: Any, start_server: Any) -> None:
    box = start_server()
    box.delay_seconds = 1.5
    began = time.monotonic()
    with pytest.raises(PostOfficeAwayError, match="timed out"):
        accepted.send(box.port)
    assert time.monotonic() - began < 5
    assert accepted.kept() == [("amina@customs.example", 1, False, False)]
    box.delay_seconds = 0.0
    accepted.service.clock.now += timedelta(minutes=1)
    assert accepted.send(box.port) == 1


def test_a_sender_that_died_while_sending_leaves_the_mail_to_the_next(accepted: Any, start_server: Any) -> None:
    with accepted.unit_of_work() as uow:
        assert uow.mails.take(accepted.service.clock() + timedelta(seconds=1)).attempts == 1
        uow.commit()
    box = start_server()
    assert accepted.send(box.port) == 0
    accepted.service.clock.now += timedelta(minutes=1)
    assert accepted.send(box.port) == 1


def test_two_senders_never_take_the_same_mail(accepted: Any) -> None:
    with accepted.unit_of_work() as first, accepted.unit_of_work() as second:
        taken = [uow.mails.take(accepted.service.clock() + timedelta(seconds=1)) for uow in (first, second)]
    assert [mail is not None for mail in taken] == [True, False]


def test_a_mail_that_nobody_could_send_for_two_weeks_is_given_up(accepted: Any, start_server: Any) -> None:
    accepted.service.clock.now += timedelta(days=14)
    box = start_server()
    assert (accepted.send(box.port), box.arrived) == (0, [])
    assert told(accepted) == {"waiting": 0, "given_up": 1, "last_error": "It was of no use any more."}


def test_the_worker_sends_what_is_written_while_it_runs(post: Any, make: Any, start_server: Any) -> None:
    box = start_server()
    stop = threading.Event()
    loops: list[Loop] = [
        Postman(post.mailing(box.port), look_seconds=0.05),
        Reminders(post.unit_of_work, post.service.clock),
    ]
    threads = [threading.Thread(target=loop.run, args=(stop,)) for loop in loops]
    for thread in threads:
        thread.start()
    try:
        post.service.push(make.figure())
        post.service.move("submit", "contact-ken")
        post.service.move("accept", "secretariat")
        post.service.clock.now += timedelta(seconds=1)
        deadline = time.monotonic() + 20
        while not box.arrived and time.monotonic() < deadline:
            time.sleep(0.02)
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=10)
    assert [mail["Message-ID"] for mail in box.arrived] == [f"<openpmm-mail-{post.kept('id')[0][0]}@wco.example>"]
    assert all(loop.is_ready for loop in loops)


def test_while_the_server_is_away_the_worker_asks_ever_more_seldom_and_stays_ready(accepted: Any) -> None:
    accepted.service.clock.now += timedelta(seconds=1)
    postman = Postman(accepted.mailing(1), look_seconds=5.0)
    waits = [5.0]
    for _ in range(8):
        waits.append(postman._round(waits[-1]))
    assert waits == [5, 10, 20, 40, 80, 160, 300, 300, 300]
    assert postman.is_ready
