"""Mails about returns and acceptances: who gets one, in which language, and what is never in it."""

from datetime import timedelta
from typing import Any

import pytest

AMINA = {"email": "amina@customs.example", "name": "Amina Juma", "language": "en"}
BRUNO = {"email": "bruno@customs.example", "name": "Bruno Njoroge", "language": "fr"}


def test_contacts_hear_of_the_acceptance_in_their_language(post: Any, make: Any, start_server: Any) -> None:
    post.set_contacts(AMINA, BRUNO)
    post.set_contacts({**AMINA, "email": "u@customs.example"}, member="UGA")
    post.service.push(make.figure("HOURS", 7531))
    post.service.move("submit", "contact-ken")
    assert post.kept() == []
    post.service.move("accept", "secretariat")
    box = start_server()
    assert post.send(box.port) == 2
    assert box.recipients == ["amina@customs.example", "bruno@customs.example"]
    english, french = box.arrived
    assert english["Subject"] == "Accepted: the submission of KEN, Cycle"
    assert french["Subject"] == "Acceptée : soumission « KEN », Cycle"
    assert "https://pmm.example/cycles/c-2024/administrations/KEN" in english.get_content()
    assert not any("7531" in mail.as_string() for mail in box.arrived)


def test_a_mail_names_the_administration_in_the_language_of_its_reader(post: Any, make: Any, start_server: Any) -> None:
    event = make.register({"KEN": "ESA"}, 1)
    event.data["administrations"][0] |= {"name": "Kenya", "names": {"fr": "Kénya"}}
    post.service.hear(event)
    post.set_contacts(BRUNO)
    post.service.push(make.figure())
    post.service.move("submit", "contact-ken")
    post.service.move("accept", "secretariat")
    box = start_server()
    post.send(box.port)
    assert box.arrived[0]["Subject"] == "Acceptée : soumission « Kénya », Cycle"


def test_a_return_keeps_the_reason_back_and_says_until_when_it_can_be_mended(
    post: Any, make: Any, start_server: Any
) -> None:
    extension = {"until": "2026-01-31", "reason": "?"}
    post.service.call("PUT", "/c-2024/extensions/KEN", "secretariat", json=extension)
    post.service.push(make.figure())
    post.service.move("submit", "contact-ken")
    reason = "The figure 987654321 looks swapped."
    post.service.move("return", "secretariat", json={"reason": reason})
    box = start_server()
    post.send(box.port)
    body = box.arrived[0].get_content()
    assert "987654321" not in body
    assert "987654321" not in str(post.kept("detail"))
    assert "https://pmm.example/my-submission/c-2024\n" in body
    assert "The last day for it is 2026-01-31 (UTC)." in body


@pytest.mark.parametrize(
    ("policy", "is_closed", "window", "told"),
    [
        ("refused", False, "ended", "ask the secretariat to extend your deadline or to reopen the cycle"),
        ("refused", True, "closed", "ask the secretariat to reopen the cycle"),
        ("accepted_late", False, "late", "mend it and submit it again all the same"),
    ],
)
def test_after_the_deadline_a_return_says_what_the_member_can_do(
    post: Any, make: Any, start_server: Any, policy: str, is_closed: bool, window: str, told: str
) -> None:
    post.service.open_cycle("other", late_policy=policy)
    body = {"contacts": [AMINA]}
    assert post.service.call("PUT", "/other/contacts/KEN", "contact-ken", json=body).status_code == 200
    post.service.push(make.figure(), cycle="other")
    post.service.call("POST", "/other/submissions/KEN/submit", "contact-ken")
    post.service.clock.now += timedelta(days=400)
    if is_closed:
        post.service.close("other")
    post.service.call("POST", "/other/submissions/KEN/return", "secretariat", json={"reason": "Late."})
    assert post.kept("kind, detail") == [("returned", {"window": window})]
    box = start_server()
    post.send(box.port)
    assert told in " ".join(box.arrived[0].get_content().split())


def test_a_step_that_was_not_taken_writes_no_mail(post: Any, make: Any) -> None:
    post.service.push(make.figure())
    assert post.service.move("accept", "secretariat").status_code == 409
    post.service.move("submit", "contact-ken")
    for _ in range(2):
        post.service.move("accept", "secretariat")
    post.service.move("withdraw", "contact-ken")
    assert post.kept("kind, email") == [("accepted", "amina@customs.example")]


def test_each_return_is_told(post: Any, make: Any) -> None:
    post.service.push(make.figure())
    for number in range(3):
        post.service.move("submit", "contact-ken")
        post.service.move("return", "secretariat", json={"reason": f"No. {number}"})
    assert post.kept("kind") == [("returned",)] * 3


def test_who_is_taken_out_gets_nothing_more(accepted: Any, start_server: Any) -> None:
    accepted.set_contacts(BRUNO)
    box = start_server()
    assert (accepted.send(box.port), box.arrived) == (0, [])


def test_a_rehearsal_is_told_to_be_one(post: Any, make: Any, start_server: Any) -> None:
    post.service.open_cycle("rehearsal", is_rehearsal=True)
    body = {"contacts": [AMINA]}
    assert post.service.call("PUT", "/rehearsal/contacts/KEN", "contact-ken", json=body).status_code == 200
    post.service.push(make.figure(), cycle="rehearsal")
    for step, person in (("submit", "contact-ken"), ("accept", "secretariat")):
        post.service.call("POST", f"/rehearsal/submissions/KEN/{step}", person)
    box = start_server()
    post.send(box.port)
    assert "This cycle is a rehearsal" in box.arrived[0].get_content()
