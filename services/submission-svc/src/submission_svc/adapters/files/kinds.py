"""Says what a file is by looking at its content, never at its name; nothing in it is opened or carried out."""

import codecs
import re
import zipfile
from pathlib import Path
from typing import BinaryIO

import filetype

from submission_svc.domain.evidence import DOCX, JPEG, PDF, PNG, TEXT, XLSX, FileKind

HEAD_BYTES = 8_192
CHUNK_BYTES = 65_536
MOST_PARTS = 5_000
_SMALLEST_ZIP, _LONGEST_COMMENT = 22, 65_535
_BY_MEDIA_TYPE = {kind.media_type: kind for kind in (PDF, PNG, JPEG)}
_MAIN_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
_ZIP, _END_OF_ZIP = b"PK\x03\x04", b"PK\x05\x06"
# Text that a browser, an office program or a shell would take for more than text.
_NOT_PLAIN = re.compile(rb"\s*(<|\{\\rtf|%!PS|#!|MIME-Version:|From )", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def kind_of(path: Path) -> FileKind | None:
    """The kind of a file, None when it is none that is taken."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
        if head.startswith(_ZIP):
            return _office_kind(file)
        guessed = filetype.guess(head)
        if guessed is not None:
            return _BY_MEDIA_TYPE.get(guessed.mime)
        return TEXT if head and _is_text(file, head) else None


def _office_kind(file: BinaryIO) -> FileKind | None:
    """A Word document or an Excel workbook without macros; an archive with very many parts is not even listed."""
    if not 0 < _count_parts(file) <= MOST_PARTS:
        return None
    try:
        with zipfile.ZipFile(file) as archive:
            names = {name.lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, RuntimeError, ValueError, OverflowError):  # RuntimeError: a way of packing unknown here
        return None
    if "[content_types].xml" not in names or any(name.endswith(("vbaproject.bin", ".exe", ".xlm")) for name in names):
        return None
    found = [kind for part, kind in _MAIN_PARTS.items() if part in names]
    return found[0] if len(found) == 1 else None


def _count_parts(file: BinaryIO) -> int:
    """How many parts the end of the archive claims, and its list can hold; 0 when there is no such end."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _SMALLEST_ZIP - _LONGEST_COMMENT))
    tail = file.read()
    place = tail.rfind(_END_OF_ZIP)
    if place < 0 or len(tail) < place + _SMALLEST_ZIP:
        return 0
    listed = int.from_bytes(tail[place + 12 : place + 16], "little") // 46  # the least that one part takes in the list
    return max(int.from_bytes(tail[place + 10 : place + 12], "little"), min(listed, size))


def _is_text(file: BinaryIO, head: bytes) -> bool:
    """Whether all of it is text that a person may have written, in UTF-8, UTF-16 or a Western code page."""
    if _NOT_PLAIN.match(head.removeprefix(codecs.BOM_UTF8)):
        return False
    encodings = ["utf-16"] if head.startswith(_UTF_16) else ["utf-8", "cp1252"]
    return any(_is_written_in(file, encoding) for encoding in encodings)


def _is_written_in(file: BinaryIO, encoding: str) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := file.read(CHUNK_BYTES):
            if _CONTROL.search(decoder.decode(chunk)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
