"""Reads forms. Files stay in memory while they are passed on: nothing of a submission is written to a disk here."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from service_kit.errors import Kind, ProblemError

MOST_FIELDS = 20
MULTIPART = "multipart/form-data"
FILE = "file"
UNREADABLE = "my_submission.unreadable_form"


@dataclass(frozen=True)
class Form:
    """What was filled in, and the file that was chosen; None when none was."""

    fields: Mapping[str, str]
    file: bytes | None
    file_name: str = ""

    def text(self, name: str, most: int) -> str:
        """A field without line breaks and control characters, cut where the form's own bound is."""
        words = "".join(each if each.isprintable() else " " for each in self.fields.get(name, ""))
        return " ".join(words.split())[:most]


class _KeptInMemory(MultiPartParser):
    spool_max_size = 64 * 2**20  # above what a body may have, so that no temporary file is ever made


async def read_form(request: Request) -> Form:
    """The form; an empty one when the body is none.

    Raises:
        ProblemError: `my_submission.unreadable_form` (400).
        HTTPException: 413 for one that is too large.
    """
    form = await _parsed(request)
    try:
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        file = form.get(FILE)
        if isinstance(file, UploadFile) and file.filename:
            return Form(fields, await file.read(), file.filename)
        return Form(fields, None)
    finally:
        await form.close()


async def _parsed(request: Request) -> FormData:
    if not request.headers.get("content-type", "").lower().startswith(MULTIPART):
        return await request.form()
    parser = _KeptInMemory(request.headers, request.stream(), max_files=1, max_fields=MOST_FIELDS)
    try:
        return await parser.parse()
    except MultiPartException:
        raise ProblemError(UNREADABLE, Kind.MALFORMED, "The form cannot be read.") from None
