"""Evidence in a folder that only its owner may enter: written aside, brought to the disk, moved into place.

`incoming/` has files that are not whole yet, `kept/ab/abcd...` those that are; names are ids, and tell nothing.
"""

import errno
import hashlib
import os
import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID, uuid4

import structlog

from service_kit.errors import Kind, ProblemError
from service_kit.languages import french_number
from submission_svc.adapters.files.kinds import kind_of
from submission_svc.domain.evidence import Received

log = structlog.get_logger()
CHUNK_BYTES = 65_536
_ID = re.compile("[0-9a-f]{32}")
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class FilesStore:
    """The folder. It is made when the first file comes in."""

    def __init__(self, root: Path, most_bytes: int) -> None:
        self._incoming, self._kept = root / "incoming", root / "kept"
        self._most_bytes = most_bytes

    def begin(self) -> "FilesIncoming":
        """Begin to take a file in.

        Raises:
            ProblemError: `evidence.no_space` (507), `evidence.store_unavailable` (503).
        """
        with told_in_words():
            _make(self._incoming)
            path = self._incoming / f"{uuid4().hex}.part"
            return FilesIncoming(path, self.create(path), self._place, self._most_bytes)

    def create(self, path: Path) -> BinaryIO:
        """A new file that only its owner may read; for tests to replace."""
        return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb", buffering=0)

    def has(self, file: UUID, size: int) -> bool:
        """Whether the file is there, in its whole length."""
        place = self._place(file)
        return place.is_file() and place.stat().st_size == size

    def read(self, file: UUID, sha256: str) -> Iterator[bytes]:
        """The content, once it is seen to be what was stored.

        Raises:
            ProblemError: `evidence.store_unavailable` (503).
        """
        try:
            opened = self._place(file).open("rb")
        except OSError as error:
            raise _away(error) from None
        if hashlib.file_digest(opened, "sha256").hexdigest() != sha256:
            opened.close()
            log.error("evidence_damaged", file=str(file))
            raise _away(None)
        opened.seek(0)
        return _chunks(opened)

    def sweep(self, known: Callable[[Collection[UUID]], Collection[UUID]], before: datetime) -> int:
        """Remove what is older than `before` and not known, and what never came in whole; how many files went."""
        gone = [path for path in _files(self._incoming) if _is_older(path, before)]
        for folder in sorted(self._kept.glob("??")):
            old = {UUID(hex=path.name): path for path in _files(folder) if _is_ours(path) and _is_older(path, before)}
            named = known(list(old)) if old else ()
            gone += [path for number, path in old.items() if number not in named]
        for path in gone:
            path.unlink(missing_ok=True)
        return len(gone)

    def _place(self, file: UUID) -> Path:
        return self._kept / file.hex[:2] / file.hex


class FilesIncoming:
    """A file that is coming in."""

    def __init__(self, path: Path, opened: BinaryIO, place: Callable[[UUID], Path], most_bytes: int) -> None:
        self._path, self._opened, self._place, self._most_bytes = path, opened, place, most_bytes
        self._digest, self._size = hashlib.sha256(), 0

    def write(self, chunk: bytes) -> None:
        """Take some more.

        Raises:
            ProblemError: `evidence.too_large` (413), `evidence.no_space` (507), `evidence.store_unavailable` (503).
        """
        self._size += len(chunk)
        if self._size > self._most_bytes:
            detail = f"The file is larger than {self._most_bytes:,} bytes. Make it smaller, or send it in parts."
            most = french_number(self._most_bytes)
            french = f"Le fichier dépasse {most} octets. Réduisez-le, ou envoyez-le en plusieurs parties."
            raise ProblemError("evidence.too_large", Kind.TOO_LARGE, detail, french=french)
        self._digest.update(chunk)
        with told_in_words():
            rest = memoryview(chunk)
            while rest:
                rest = rest[self._opened.write(rest) :]

    def received(self) -> Received:
        """Say what has come in, once all of it is on the disk; raises like `write`."""
        with told_in_words():
            os.fsync(self._opened.fileno())
            self._opened.close()
            return Received(self._size, self._digest.hexdigest(), kind_of(self._path))

    def keep(self, file: UUID) -> None:
        """Keep it under this id, durably, in one move; raises like `write`."""
        place = self._place(file)
        with told_in_words():
            _make(place.parent)
            self._path.replace(place)
            for folder in (place.parent, place.parent.parent):
                _bring_to_disk(folder)

    def discard(self) -> None:
        """Forget it, unless it is kept; the sweep removes what cannot be removed now."""
        try:
            self._opened.close()
            self._path.unlink(missing_ok=True)
        except OSError as error:
            log.warning("evidence_not_discarded", error=type(error).__name__)


@contextmanager
def told_in_words() -> Iterator[None]:
    """Turns what the disk refuses into an answer."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            log.error("evidence_disk_full", error=error.errno)
            detail = (
                "There is no room for the file here. Nothing was saved. The operators have to make room; then send it"
            )
            french = (
                "Il n'y a pas de place ici pour le fichier. Rien n'a été enregistré. Les exploitants doivent faire "
                "de la place ; renvoyez-le ensuite."
            )
            raise ProblemError("evidence.no_space", Kind.NO_SPACE, f"{detail} again.", french=french) from None
        raise _away(error) from None


def _away(error: OSError | None) -> ProblemError:
    log.error("evidence_store_unavailable", error=None if error is None else error.errno)
    detail = "The place where evidence is kept does not answer as it should; the operators can see why in the log."
    french = "L'endroit où sont conservés les justificatifs ne répond pas ; les exploitants voient pourquoi au journal."
    wait = {"retry-after": "60"}
    return ProblemError("evidence.store_unavailable", Kind.UNAVAILABLE, detail, french=french, headers=wait)


def _make(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _bring_to_disk(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _chunks(opened: BinaryIO) -> Iterator[bytes]:
    with opened:
        while chunk := opened.read(CHUNK_BYTES):
            yield chunk


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*") if path.is_file())


def _is_ours(path: Path) -> bool:
    """Whether the store has named it; what a backup or a person has put here is not ours to judge."""
    return _ID.fullmatch(path.name) is not None


def _is_older(path: Path, before: datetime) -> bool:
    """Whether it is that old, and still there: a file that comes in is moved while others look."""
    try:
        return path.stat().st_mtime < before.timestamp()
    except FileNotFoundError:
        return False
