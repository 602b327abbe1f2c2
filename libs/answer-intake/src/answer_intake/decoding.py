"""Makes text of the bytes of a file, and refuses bytes that are no text file at all."""

from answer_intake.findings import UnreadableError
from answer_intake.formats import OLD_WORKBOOK, WORKBOOK, Format
from answer_intake.kinds import kind_of
from answer_intake.rows import Table

_WIDE = (b"\xff\xfe", b"\xfe\xff")
_OTHER_FORMATS = ((WORKBOOK, "workbook"), (OLD_WORKBOOK, "old_workbook"), (b"<", "markup"))


def decoded(body: bytes, fmt: Format) -> str:
    """The text of a body in UTF-8, or in UTF-16 with a byte order mark.

    Raises:
        UnreadableError: `answers.encoding` with the line where it stops being UTF-8; `answers.other_format`.
    """
    refuse_other_formats(body, fmt)
    try:
        return body.decode("utf-16" if body.startswith(_WIDE) else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        encoding = "UTF-16" if body.startswith(_WIDE) else "UTF-8"
        raise UnreadableError(
            "answers.encoding", {"encoding": encoding, "line": line, "byte": error.start + 1}
        ) from None


def decoded_leniently(body: bytes, table: Table) -> str:
    """The same for CSV, where what is not UTF-8 is taken for Windows-1252, with a note.

    Raises:
        UnreadableError: `answers.encoding`, `answers.other_format`, `answers.nul`.
    """
    try:
        text = decoded(body, Format.CSV)
    except UnreadableError as error:
        if error.finding.code != "answers.encoding" or body.startswith(_WIDE):
            raise
        try:
            text = body.decode("cp1252")
        except UnicodeDecodeError:
            raise error from None
        table.find(None, None, "answers.encoding_assumed", dict(error.finding.parameters))
    if "\x00" in text:
        raise UnreadableError("answers.nul", {"line": text.count("\n", 0, text.index("\x00")) + 1})
    return text


def refuse_other_formats(body: bytes, fmt: Format) -> None:
    """Refuse what is not text at all, or a page of a website.

    Raises:
        UnreadableError: `answers.other_format`.
    """
    kind = kind_of(body)
    if kind is not None:
        raise UnreadableError("answers.other_format", {"kind": kind})
    start = body[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    for mark, kind in _OTHER_FORMATS:
        if start.startswith(mark):
            raise UnreadableError("answers.other_format", {"format": fmt.value.upper(), "advice": f"is_{kind}"})
