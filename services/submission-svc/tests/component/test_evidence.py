"""Evidence over HTTP: what is taken, what is refused, and what becomes of it."""

from datetime import timedelta
from typing import Any

import pytest

from submission_svc.domain.evidence import Limits
from tests.support.shelf import DOCX, JPEG, PDF, PLACE, PNG, XLSX, Shelf, office


def test_a_file_is_kept_and_comes_back_as_it_was(shelf: Shelf) -> None:
    answer = shelf.add()
    added = answer.json()
    assert (answer.status_code, added["media_type"], added["size"], added["is_new"]) == (
        201,
        "application/pdf",
        len(PDF),
        True,
    )
    assert answer.headers["location"].endswith(f"{PLACE}/{added['id']}")
    content = shelf.get(f"/{added['id']}/content")
    assert content.content == PDF
    assert shelf.get(f"/{added['id']}").json()["sha256"] == added["sha256"]
    (kept,) = shelf.files()
    assert kept.read_bytes() == PDF
    assert kept.stat().st_mode & 0o077 == 0
    assert kept.parent.stat().st_mode & 0o077 == 0
    assert added["sha256"] not in str(kept)


def test_content_is_an_attachment_that_nothing_renders(shelf: Shelf) -> None:
    added = shelf.add(name='été "1";\u2028x.pdf'.replace("\u2028", " ")).json()
    headers = shelf.get(f"/{added['id']}/content").headers
    assert headers["content-disposition"] == (
        "attachment; filename=\"_t_ _1__ x.pdf\"; filename*=UTF-8''%C3%A9t%C3%A9%20%221%22%3B%20x.pdf"
    )
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert headers["cache-control"] == "private, no-store"
    assert headers["content-type"] == "application/pdf"


@pytest.mark.parametrize(
    ("content", "name", "media_type", "kept"),
    [
        (PDF, "a.pdf", "application/pdf", "a.pdf"),
        (PNG, "a.PNG", "image/png", "a.PNG"),
        (JPEG, "a.jpeg", "image/jpeg", "a.jpeg"),
        (DOCX, "a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "a.docx"),
        (XLSX, "a.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "a.xlsx"),
        (b"a,b\n1,2\n", "a.csv", "text/csv", "a.csv"),
        (b"a,b\n1,2\n", "a.txt", "text/plain", "a.txt"),
        ("é".encode("cp1252"), "a.txt", "text/plain", "a.txt"),
        ("\ufeffé".encode("utf-16-le"), "a.csv", "text/csv", "a.csv"),
        (b"x" * 9_999, "a.txt", "text/plain", "a.txt"),
        (PNG, "a.pdf", "image/png", "a.pdf.png"),
        (XLSX, "a", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "a.xlsx"),
        (b"just words", "a.html", "text/plain", "a.html.txt"),
        (PDF, "C:\\temp\\..\\x/../a.pdf", "application/pdf", "a.pdf"),
    ],
)
def test_the_content_says_what_a_file_is(shelf: Shelf, content: bytes, name: str, media_type: str, kept: str) -> None:
    added = shelf.add(content, name=name).json()
    assert (added["media_type"], added["name"]) == (media_type, kept)
    own = name.replace("\\", "/").rpartition("/")[2]
    assert (added["note"] is None) == (kept == own)


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00" + bytes(100),
        b"\x7fELF" + bytes(100),
        b"GIF89a" + bytes(50),
        b"<html><script>alert(1)</script>",
        b"\xef\xbb\xbf <svg onload='x'>",
        b"#!/bin/sh\nrm -rf /\n",
        b"{\\rtf1 hello}",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        b"words\x00and more",
        b"\xff\xfe\x00",
        office("a.txt"),
        office("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        office("[Content_Types].xml", "word/document.xml", "xl/workbook.xml"),
        office("[Content_Types].xml", "xl/workbook.xml")[:-30],
        b"PK\x03\x04 and then nothing",
        b" %PDF-1.7 not at the beginning\x00",
    ],
)
def test_what_is_none_of_the_types_is_refused(shelf: Shelf, content: bytes) -> None:
    answer = shelf.add(content)
    assert (answer.status_code, answer.json()["code"]) == (415, "evidence.type")
    assert shelf.files() == []


def test_an_archive_that_claims_very_many_parts_is_not_listed(shelf: Shelf) -> None:
    many = bytearray(DOCX)
    place = many.rfind(b"PK\x05\x06")
    many[place + 10 : place + 12] = (60_000).to_bytes(2, "little")
    assert shelf.add(bytes(many)).status_code == 415


@pytest.mark.parametrize(
    ("options", "status", "code"),
    [
        ({"content": b""}, 422, "evidence.empty"),
        ({"content": b"x" * 10_001}, 413, "evidence.too_large"),
        ({"about": "K-TYME"}, 422, "evidence.unknown_code"),
        ({"name": "a\u202efdp.exe"}, 422, "evidence.name"),
        ({"name": "..."}, 422, "evidence.name"),
        ({"name": "x" * 201}, 422, "evidence.name"),
        ({"name": "a\x00.pdf"}, 422, "evidence.name"),
        ({"member": "UGA"}, 403, "submission.foreign"),
        ({"person": "reader-ken"}, 403, "submission.scope_missing"),
        ({"person": "secretariat"}, 403, "submission.not_allowed"),
        ({"cycle": "c-1999"}, 404, "cycle.not_found"),
    ],
)
def test_what_cannot_be_evidence_is_refused_with_the_reason(
    shelf: Shelf, options: dict[str, Any], status: int, code: str
) -> None:
    answer = shelf.add(**options)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert shelf.files() == []
    assert shelf.service.rows("select * from submission") == []


def test_an_unknown_code_is_answered_with_the_one_that_was_meant(shelf: Shelf) -> None:
    assert "Did you mean K-TIME?" in shelf.add(about="K-TYME").json()["detail"]


def test_a_form_is_refused_with_what_to_do(shelf: Shelf) -> None:
    answer = shelf.service.call("POST", f"{PLACE}?about=K-TIME&name=a.pdf", "contact-ken", files={"file": PDF})
    assert (answer.status_code, answer.json()["code"]) == (415, "evidence.media_type")
    assert "--data-binary" in answer.json()["detail"]


def test_the_same_file_again_changes_nothing(shelf: Shelf) -> None:
    first = shelf.add().json()
    before = shelf.service.table("submission"), shelf.service.table("evidence"), shelf.service.table("audit_entry")
    again = shelf.add()
    assert (again.status_code, again.json()["id"], again.json()["is_new"]) == (200, first["id"], False)
    after = shelf.service.table("submission"), shelf.service.table("evidence"), shelf.service.table("audit_entry")
    assert after == before
    assert len(shelf.files()) == 1


def test_the_same_content_is_stored_once_for_a_member_and_never_shared(shelf: Shelf) -> None:
    shelf.add()
    shelf.add(about="HOURS", name="other.pdf")
    assert len(shelf.files()) == 1
    shelf.add(member="UGA", person="system-uga")
    assert len(shelf.files()) == 2
    assert len(shelf.service.rows("select * from evidence_file")) == 2


def test_a_file_that_the_disk_has_lost_is_kept_again(shelf: Shelf) -> None:
    shelf.add()
    shelf.files()[0].unlink()
    number = shelf.add(about="HOURS").json()["id"]
    assert shelf.get(f"/{number}/content").content == PDF


def test_a_damaged_file_is_not_handed_out(shelf: Shelf) -> None:
    number = shelf.add().json()["id"]
    shelf.files()[0].write_bytes(PDF[:-1] + b"!")
    answer = shelf.get(f"/{number}/content")
    assert (answer.status_code, answer.json()["code"]) == (503, "evidence.store_unavailable")


def test_there_are_limits_for_an_answer_and_for_a_submission(shelf: Shelf) -> None:
    shelf.use(limits=Limits(file_bytes=10_000, files_per_code=2, submission_bytes=100))
    assert shelf.add(b"a" * 40, name="1.txt").status_code == 201
    assert shelf.add(b"b" * 40, name="2.txt").status_code == 201
    assert shelf.add(b"c", name="3.txt").json()["code"] == "evidence.too_many"
    assert shelf.add(b"d" * 40, name="4.txt", about="HOURS").json()["code"] == "evidence.too_much"
    assert shelf.add(b"e" * 20, name="5.txt", about="HOURS").status_code == 201
    assert len(shelf.files()) == 3


def test_adding_and_removing_for_ever_fills_no_disk(shelf: Shelf) -> None:
    shelf.use(limits=Limits(file_bytes=10_000, files_per_code=2, submission_bytes=100))
    for number in range(4):
        added = shelf.add(f"{number}".encode() * 100, name="a.txt")
        assert shelf.remove(added.json()["id"]).status_code == 204
    assert shelf.add(b"x", name="a.txt").json()["code"] == "evidence.too_much"


def test_evidence_begins_a_draft_and_changes_its_tag(shelf: Shelf) -> None:
    shelf.add()
    one = shelf.service.call("GET", "/c-2024/submissions/KEN", "contact-ken")
    assert one.json()["status"] == "draft"
    shelf.add(about="HOURS")
    other = shelf.service.call("GET", "/c-2024/submissions/KEN", "contact-ken")
    assert one.headers["etag"] != other.headers["etag"]


def test_submitted_evidence_stands_fast(shelf: Shelf, make: Any) -> None:
    shelf.service.push(make.figure())
    number = shelf.add().json()["id"]
    assert shelf.service.move("submit", "contact-ken").status_code == 200
    assert shelf.add(about="HOURS").json()["code"] == "submission.locked"
    assert shelf.remove(number).json()["code"] == "submission.locked"
    shelf.service.clock.now += timedelta(days=400)
    assert shelf.add(about="HOURS").status_code == 409


def test_what_was_taken_away_is_gone_from_the_list_and_stays_in_the_past(shelf: Shelf) -> None:
    number = shelf.add().json()["id"]
    moment = shelf.service.clock.now.isoformat()
    shelf.service.clock.now += timedelta(minutes=1)
    assert shelf.remove(number).status_code == 204
    assert shelf.remove(number).status_code == 204
    assert shelf.names() == []
    assert shelf.names(params={"as_of": moment}) == ["report.pdf"]
    assert shelf.get(f"/{number}").json()["removed_at"] is not None
    assert shelf.get(f"/{number}/content").content == PDF


def test_the_audit_trail_tells_what_was_added_and_taken_away(shelf: Shelf) -> None:
    number = shelf.add().json()["id"]
    shelf.remove(number)
    entries = shelf.service.rows("select action, subject, detail from audit_entry order by id desc limit 2")
    assert [(each.action, each.subject) for each in entries] == [
        ("evidence.removed", "c-2024/KEN"),
        ("evidence.added", "c-2024/KEN"),
    ]
    assert all(each.detail["evidence"] == number for each in entries)
    assert "report" not in str(entries)


def test_the_rules_are_told_which_codes_have_evidence(shelf: Shelf) -> None:
    shelf.add()
    number = shelf.add(about="HOURS").json()["id"]
    (row,) = shelf.service.rows("select id from submission")
    unit_of_work = shelf.service.app.state.dependencies.unit_of_work
    with unit_of_work() as uow:
        assert uow.warnings.facts("testers", "KEN", row.id).evidence == {"K-TIME", "HOURS"}
    shelf.remove(number)
    with unit_of_work() as uow:
        assert uow.warnings.facts("testers", "KEN", row.id).evidence == {"K-TIME"}
