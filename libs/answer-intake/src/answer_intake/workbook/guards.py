"""Looks at the file before anything in it is read: is it a workbook, is it whole, and is it of a bearable size."""

import io
import zipfile
from pathlib import PurePosixPath

from answer_intake.findings import UnreadableError
from answer_intake.formats import OLD_WORKBOOK, WORKBOOK
from answer_intake.kinds import kind_of

MOST_PARTS = 1_000
MOST_BYTES = 160 * 2**20  # 200,000 rows of answers with long comments are some 100 MB of XML
MOST_RATIO = 250  # blank rows that are only coloured compress by about 100
SMALL_BYTES = 2 * 2**20  # a part this small is no bomb, whatever its ratio

WORKBOOK_PART = "xl/workbook.xml"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def opened(body: bytes) -> zipfile.ZipFile:
    """The file as an archive whose parts may be read.

    Raises:
        UnreadableError: it is no XLSX workbook, it is damaged, it has macros or a password, or it would swell.
    """
    _refuse_other_formats(body)
    archive = _archive(body)
    parts = archive.infolist()
    _refuse_sizes(parts)
    _refuse_names(parts)
    if WORKBOOK_PART not in archive.NameToInfo:
        raise _no_workbook(body)
    return archive


def unpacked_bytes(body: bytes) -> int:
    """How large a workbook is unpacked, by its own account, which nothing is read beyond; 0 for what is none."""
    if not body.startswith(WORKBOOK):
        return 0
    try:
        return sum(part.file_size for part in _archive(body).infolist())
    except UnreadableError:
        return 0


def _archive(body: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(body))
    except (zipfile.BadZipFile, RuntimeError, ValueError, OverflowError):  # RuntimeError: a way of packing unknown here
        raise UnreadableError("workbook.damaged") from None


def _refuse_other_formats(body: bytes) -> None:
    if body.startswith(OLD_WORKBOOK):
        raise UnreadableError("workbook.encrypted" if _ENCRYPTED in body else "workbook.old_format")
    if not body.startswith(WORKBOOK):
        raise _no_workbook(body)


def _no_workbook(body: bytes) -> UnreadableError:
    kind = kind_of(body)
    return UnreadableError("workbook.not_a_workbook", {} if kind is None else {"kind": kind})


def _refuse_sizes(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS:
        raise UnreadableError("workbook.too_many_parts", {"most": MOST_PARTS})
    swollen = (part.file_size > max(SMALL_BYTES, MOST_RATIO * part.compress_size) for part in parts)
    if any(swollen) or sum(part.file_size for part in parts) > MOST_BYTES:
        raise UnreadableError("workbook.too_large", {"megabytes": MOST_BYTES // 2**20})


def _refuse_names(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if len({name.lower() for name in names}) < len(names) or not all(_is_plain(name) for name in names):
        raise UnreadableError("workbook.bad_names")
    if any(part.flag_bits & 1 or part.compress_type not in _METHODS for part in parts):
        raise UnreadableError("workbook.encrypted")
    if any(name.lower().endswith(("vbaproject.bin", ".xlm")) or "/macrosheets/" in name.lower() for name in names):
        raise UnreadableError("workbook.macros")
    if WORKBOOK_PART not in names and "xl/workbook.bin" in names:
        raise UnreadableError("workbook.old_format")


def _is_plain(name: str) -> bool:
    path = PurePosixPath(name)
    return not (path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or "\x00" in name)
