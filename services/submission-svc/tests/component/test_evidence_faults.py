"""Evidence when the disk or the process fails: nothing half is kept, and what is left over is swept."""

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID, uuid4

import pytest

from service_kit.clock import utc_now
from submission_svc.adapters.db.evidence import known_files
from submission_svc.adapters.files.evidence_store import FilesStore
from submission_svc.entrypoints.sweeping import Sweep
from tests.support.shelf import PDF, Shelf


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
