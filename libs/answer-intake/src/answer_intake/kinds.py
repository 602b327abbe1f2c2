"""Tells by their bytes files that are never answers, but are sent as such: documents, pictures, archives."""

from answer_intake.formats import WORKBOOK

_KINDS = (
    *((b"%PDF", "pdf"), (b"\x1f\x8b", "archive")),
    *((mark, "picture") for mark in (b"\x89PNG", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*")),
)
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument."
_OF_WORKBOOKS = b"xl/workbook."  # the name of a part; names are never packed


def kind_of(body: bytes) -> str | None:
    """What kind of file this is; None for text and for workbooks, whole or not."""
    if body.startswith(WORKBOOK):
        if _OPEN_DOCUMENT in body[:200]:
            return "open_document"
        return None if _OF_WORKBOOKS in body else "archive"
    if body[4:8] == b"ftyp" and body[:3] == bytes(3):  # HEIC, as telephones take them
        return "picture"
    start = body[:200].lstrip()
    return next((kind for mark, kind in _KINDS if start.startswith(mark)), None)
