"""Reads forms. Files stay in memory while they are passed on: nothing of a submission is written to a disk here."""

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

MOST_FIELDS = 20
MULTIPART = "multipart/form-data"


class _KeptInMemory(MultiPartParser):
    spool_max_size = 64 * 2**20  # above what a body may have, so that no temporary file is ever made


async def read_form(request: Request) -> FormData:
    """The fields of a form; none when the body is no form.

    Raises:
        HTTPException: 400 for a form that cannot be read, 413 for one that is too large.
    """
    if not request.headers.get("content-type", "").lower().startswith(MULTIPART):
        return await request.form()
    parser = _KeptInMemory(request.headers, request.stream(), max_files=1, max_fields=MOST_FIELDS)
    try:
        return await parser.parse()
    except MultiPartException:
        raise HTTPException(400, "The form cannot be read.") from None


async def file_of(form: FormData) -> bytes | None:
    """The file that was chosen; None when none was."""
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        return None
    return await file.read()


def text_of(form: FormData, name: str, most: int) -> str:
    """A field as text without line breaks and control characters, cut where the form's own bound is."""
    value = form.get(name)
    words = value if isinstance(value, str) else ""
    return " ".join("".join(each if each.isprintable() else " " for each in words).split())[:most]
