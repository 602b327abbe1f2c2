"""Evidence over HTTP: what is taken, what is refused, who sees it, and that nothing half is ever kept."""

import io
import threading
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID, uuid4

import pytest

from service_kit.clock import utc_now
from submission_svc.adapters.db.evidence import known_files
from submission_svc.adapters.files.evidence_store import FilesStore
from submission_svc.domain.evidence import Limits
from submission_svc.entrypoints.sweeping import Sweep

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
JPEG = b"\xff\xd8\xff\xe0" + bytes(64)
PLACE = "/c-2024/submissions/KEN/evidence"


def office(*parts: str) -> bytes:
    """An archive with these parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for part in parts:
            archive.writestr(part, "<x/>")
    return written.getvalue()


DOCX = office("[Content_Types].xml", "word/document.xml")
XLSX = office("[Content_Types].xml", "xl/workbook.xml")


class Shelf:
    """Evidence of a service, with the folder where it lies."""

    def __init__(self, service: Any, folder: Path) -> None:
        self.service, self.folder = service, folder

    def add(self, content: bytes = PDF, person: str = "contact-ken", **options: Any) -> Any:
        """Send a file."""
        member, cycle = options.pop("member", "KEN"), options.pop("cycle", "c-2024")
        query = {"about": "K-TIME", "name": "report.pdf", **options}
        path = f"/{cycle}/submissions/{member}/evidence"
        return self.service.call("POST", path, person, params=query, content=content)

    def get(self, rest: str = "", person: str | None = "contact-ken", **options: Any) -> Any:
        """Read below the evidence of Kenya."""
        return self.service.call("GET", f"{PLACE}{rest}", person, **options)

    def names(self, person: str | None = "contact-ken", **options: Any) -> list[str]:
        """The names of what a person sees."""
        return [each["name"] for each in self.get("", person, **options).json()["items"]]

    def remove(self, number: str, person: str = "contact-ken") -> Any:
        """Take a file away."""
        return self.service.call("DELETE", f"{PLACE}/{number}", person)

    def files(self, below: str = "*") -> list[Path]:
        """The files in the folder."""
        return sorted(path for path in self.folder.glob(f"{below}/**/*") if path.is_file())

    def use(self, **changes: Any) -> None:
        """Change what the service has for evidence."""
        held = self.service.app.state.dependencies
        self.service.app.state.dependencies = replace(held, evidence=replace(held.evidence, **changes))


@pytest.fixture
def shelf(service: Any, tmp_path: Path) -> Shelf:
    """Evidence with an empty folder."""
    made = Shelf(service, tmp_path / "evidence")
    made.use(store=FilesStore(made.folder, 10_000))
    return made


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


def accept(shelf: Shelf, disclosure: dict[str, Any]) -> None:
    """Choose a disclosure and bring the submission in force."""
    path = "/c-2024/submissions/KEN/disclosure"
    assert shelf.service.call("PUT", path, "contact-ken", json=disclosure).status_code == 200
    assert shelf.service.move("submit", "contact-ken").status_code == 200
    assert shelf.service.move("accept", "secretariat").status_code == 200


@pytest.fixture
def disclosed(shelf: Shelf, make: Any) -> Shelf:
    """Evidence about all kinds of codes, with K-SHARE and K-TIME public, K-GROWTH for members, K-BALANCE closed."""
    shelf.service.push(make.figure())
    for code in ("K-SHARE", "K-TIME", "K-GROWTH", "K-BALANCE"):
        shelf.add(name=f"{code}.pdf", about=code)
    for code in ("HOURS", "DECLARATIONS_ALL", "DECLARATIONS_ELECTRONIC", "BALANCE", "UNUSED"):
        shelf.add(name=f"{code}.pdf", about=code)
    levels = {"K-SHARE": "public", "K-TIME": "public", "K-GROWTH": "wco"}
    accept(shelf, {"default": "restricted", "kpis": levels})
    return shelf


PUBLIC = {"K-SHARE.pdf", "K-TIME.pdf", "HOURS.pdf"}
# DECLARATIONS_ALL is in K-SHARE and in K-GROWTH: both inputs are shown only where both KPIs are.
MEMBERS = PUBLIC | {"K-GROWTH.pdf", "DECLARATIONS_ALL.pdf", "DECLARATIONS_ELECTRONIC.pdf"}


@pytest.mark.parametrize(
    ("person", "seen"),
    [
        (None, PUBLIC),
        ("system-uga", PUBLIC),
        ("reviewer", PUBLIC),
        ("office-eur", PUBLIC),
        ("contact-uga-elsewhere", PUBLIC),
        ("contact-uga", MEMBERS),
        ("office-esa", MEMBERS),
        ("integrator", MEMBERS),
    ],
)
def test_others_see_evidence_as_the_answer_is_disclosed(disclosed: Shelf, person: str | None, seen: set[str]) -> None:
    assert set(disclosed.names(person)) == seen
    for each in disclosed.get("", "contact-ken").json()["items"]:
        for rest in ("", "/content"):
            answer = disclosed.get(f"/{each['id']}{rest}", person)
            assert answer.status_code == (200 if each["name"] in seen else 404)


@pytest.mark.parametrize("person", ["contact-ken", "reader-ken", "secretariat", "reviewer-ken"])
def test_who_reads_the_submission_sees_all_of_it(disclosed: Shelf, person: str) -> None:
    assert len(disclosed.names(person)) == 9


@pytest.mark.parametrize("person", [None, "contact-uga", "office-esa", "integrator"])
def test_before_acceptance_others_see_nothing(shelf: Shelf, make: Any, person: str | None) -> None:
    shelf.service.push(make.figure())
    number = shelf.add().json()["id"]
    disclosure = {"default": "public", "kpis": {}}
    shelf.service.call("PUT", "/c-2024/submissions/KEN/disclosure", "contact-ken", json=disclosure)
    assert shelf.names(person) == []
    shelf.service.move("submit", "contact-ken")
    assert shelf.names(person) == []
    assert shelf.get(f"/{number}", person).status_code == 404


def test_others_see_what_is_in_force_while_a_revision_is_prepared(disclosed: Shelf) -> None:
    opened = disclosed.service.call("POST", "/c-2024/submissions/KEN/revise", "contact-ken")
    assert opened.status_code == 200, opened.text
    for each in disclosed.get("", "contact-ken").json()["items"]:
        disclosed.remove(each["id"])
    disclosed.add(name="new.pdf")
    assert disclosed.names("contact-ken") == ["new.pdf"]
    assert set(disclosed.names(None)) == PUBLIC


def test_a_change_of_disclosure_holds_at_once(disclosed: Shelf) -> None:
    closed = {"default": "restricted", "kpis": {}}
    disclosed.service.call("PUT", "/c-2024/submissions/KEN/disclosure", "contact-ken", json=closed)
    assert disclosed.names("contact-uga") == []


@pytest.mark.parametrize("person", [None, "contact-uga", "office-esa"])
def test_nothing_to_see_and_nothing_there_are_one_answer(shelf: Shelf, make: Any, person: str | None) -> None:
    number, strange = shelf.add().json()["id"], str(uuid4())
    lists = {
        shelf.service.call("GET", f"/c-2024/submissions/{code}/evidence", person).text for code in ("KEN", "RWA", "QQQ")
    }
    assert lists == {'{"items":[]}'}
    for rest in ("", "/content"):
        answers = {
            shelf.service.call("GET", f"/c-2024/submissions/{code}/evidence/{one}{rest}", person).text.replace(one, "")
            for code in ("KEN", "RWA", "QQQ")
            for one in (number, strange)
        }
        assert len(answers) == 1


def test_the_past_is_for_those_who_read_the_submission(disclosed: Shelf) -> None:
    moment = {"as_of": disclosed.service.clock.now.isoformat()}
    assert disclosed.get("", "contact-uga", params=moment).status_code == 403
    assert disclosed.get("", "contact-ken", params={"as_of": "2025-03-01T12:00:00"}).status_code == 422


def test_evidence_of_a_rehearsal_is_for_its_member_only(shelf: Shelf, make: Any) -> None:
    shelf.service.open_cycle("rehearsal", is_rehearsal=True)
    assert shelf.service.push(make.figure(), person="loader", cycle="rehearsal").status_code == 200
    assert shelf.add(cycle="rehearsal").status_code == 201
    path = "/rehearsal/submissions/KEN"
    shelf.service.call("PUT", f"{path}/disclosure", "contact-ken", json={"default": "public", "kpis": {}})
    for step in ("submit", "accept"):
        assert shelf.service.call("POST", f"{path}/{step}", "loader").status_code == 200
    seen = {
        person: len(shelf.service.call("GET", f"{path}/evidence", person).json().get("items", []))
        for person in ("contact-ken", "secretariat", "contact-uga", "integrator", None)
    }
    assert seen == {"contact-ken": 1, "secretariat": 1, "contact-uga": 0, "integrator": 0, None: 0}


class FullDisk(FilesStore):
    """A store whose disk is full: the kernel says so at every write."""

    def create(self, path: Path) -> BinaryIO:
        """What takes nothing."""
        path.touch()
        return Path("/dev/full").open("wb", buffering=0)


class BrokenDisk(FilesStore):
    """A store whose folder cannot be written."""

    def create(self, path: Path) -> BinaryIO:
        """What cannot be made."""
        raise PermissionError(13, "no")


@pytest.mark.parametrize(
    ("store", "status", "code"),
    [(FullDisk, 507, "evidence.no_space"), (BrokenDisk, 503, "evidence.store_unavailable")],
)
def test_a_disk_that_takes_nothing_is_a_clear_answer(
    shelf: Shelf, store: type[FilesStore], status: int, code: str
) -> None:
    shelf.use(store=store(shelf.folder, 10_000))
    answer = shelf.add()
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert shelf.files() == []
    assert shelf.service.rows("select * from submission") == []


@pytest.mark.parametrize("step", ["received", "keep"])
def test_a_disk_that_fails_at_the_last_step_leaves_nothing(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    where = {"received": ("os.fsync", full), "keep": ("pathlib.Path.replace", full)}[step]
    monkeypatch.setattr(*where)
    answer = shelf.add()
    assert answer.status_code == 507
    monkeypatch.undo()
    assert shelf.files() == []
    assert shelf.service.rows("select * from evidence_file") == []
    assert shelf.add().status_code == 201


def sweep(shelf: Shelf, hours: int) -> int:
    """What the worker does, some hours later than the real clock."""

    def known(files: Any) -> set[Any]:
        with shelf.service.engine.connect() as connection:
            return known_files(connection, files)

    store = shelf.service.app.state.dependencies.evidence.store
    return Sweep(store, known, lambda: utc_now() + timedelta(hours=hours)).sweep()


def test_what_a_crash_left_over_is_swept_and_nothing_else(shelf: Shelf) -> None:
    number = shelf.add().json()["id"]
    store = shelf.service.app.state.dependencies.evidence.store
    half, orphan = store.begin(), store.begin()
    half.write(b"half of it")
    orphan.write(b"whole, but its transaction never came")
    orphan.received()
    orphan.keep(uuid4())
    assert len(shelf.files()) == 3
    assert sweep(shelf, hours=0) == 0, "a request may still be at work"
    assert sweep(shelf, hours=2) == 2
    half.discard()
    assert len(shelf.files()) == 1
    assert shelf.get(f"/{number}/content").content == PDF


def test_the_sweep_asks_once_for_a_folder_and_leaves_alone_what_is_not_of_the_store(shelf: Shelf) -> None:
    store = shelf.service.app.state.dependencies.evidence.store
    numbers = [UUID(hex=f"ab{place:030x}") for place in range(3)]
    for number in numbers:
        orphan = store.begin()
        orphan.write(b"whole")
        orphan.received()
        orphan.keep(number)
    foreign = shelf.folder / "kept" / "ab" / "restored.log"
    foreign.write_bytes(b"by an operator")
    asked: list[list[UUID]] = []

    def known(files: Any) -> set[UUID]:
        asked.append(sorted(files))
        return {numbers[0]}

    assert Sweep(store, known, lambda: utc_now() + timedelta(hours=2)).sweep() == 2
    assert asked == [numbers]
    assert sorted(path.name for path in foreign.parent.iterdir()) == [numbers[0].hex, "restored.log"]


def test_a_crash_between_disk_and_database_leaves_only_an_orphan(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*_: Any) -> None:
        raise SystemError("killed")

    with monkeypatch.context() as patched:
        patched.setattr("submission_svc.adapters.db.evidence.SqlEvidence.add", die)
        assert shelf.add().status_code == 500
    assert len(shelf.files("kept")) == 1
    assert shelf.service.rows("select * from submission") == []
    assert sweep(shelf, hours=2) == 1
    assert shelf.add().status_code == 201


def test_two_of_the_same_file_at_once_are_stored_once(shelf: Shelf) -> None:
    shelf.add(b"first", name="a.txt")
    answers: list[int] = []
    threads = [
        threading.Thread(target=lambda code=code: answers.append(shelf.add(about=code).status_code))
        for code in ("K-TIME", "HOURS", "K-SHARE", "BALANCE")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert answers == [201] * 4
    assert len(shelf.files()) == 2
