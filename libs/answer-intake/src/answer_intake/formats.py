"""The formats that files of answers come in, and which one a body is in."""

from enum import StrEnum

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Format(StrEnum):
    """A format that is read and, but for the errors' sake, written."""

    JSON = "json"
    NDJSON = "ndjson"
    CSV = "csv"
    XLSX = "xlsx"

    @property
    def media_type(self) -> str:
        """What to write into Content-Type."""
        return MEDIA_TYPES[self]


MEDIA_TYPES = {
    Format.JSON: "application/json",
    Format.NDJSON: "application/x-ndjson",
    Format.CSV: "text/csv",
    Format.XLSX: XLSX_TYPE,
}
_BY_TYPE = {
    **{name: fmt for fmt, name in MEDIA_TYPES.items()},
    **{
        "application/ndjson": Format.NDJSON,
        "application/jsonl": Format.NDJSON,
        "application/x-jsonlines": Format.NDJSON,
    },
    **{"application/csv": Format.CSV, "text/tab-separated-values": Format.CSV, "text/json": Format.JSON},
}
_BY_ENDING = {
    **{fmt.value: fmt for fmt in Format},
    **{"jsonl": Format.NDJSON, "tsv": Format.CSV, "txt": Format.CSV},
}
_SAYS_NOTHING = frozenset({"", "application/octet-stream"})
# The encoding is found from the bytes; one that could not be found must not be promised.
_CHARSETS = frozenset(
    {"", "utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "ascii"}
    | {"windows-1252", "cp1252", "iso-8859-1", "latin-1", "latin1"}
)
# How they begin; encrypted workbooks begin like old ones.
WORKBOOK, OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class UnknownFormatError(ValueError):
    """A content type, charset or ending that stands for none of the formats."""


def format_of(content_type: str | None, body: bytes = b"") -> Format:
    """The format that a content type names; when it names none (application/octet-stream), what the body looks like.

    Raises:
        UnknownFormatError: a content type or charset that answers do not come in.
    """
    kind, _, options = (content_type or "").lower().partition(";")
    charset = options.replace(" ", "").replace('"', "").partition("charset=")[2].partition(";")[0]
    if charset not in _CHARSETS:
        raise UnknownFormatError(charset)
    if kind.strip() in _SAYS_NOTHING:
        return _looks_like(body)
    try:
        return _BY_TYPE[kind.strip()]
    except KeyError:
        raise UnknownFormatError(kind.strip()) from None


def format_of_name(name: str, body: bytes = b"") -> Format:
    """The format that the ending of a file's name stands for; without an ending, what the body looks like.

    Raises:
        UnknownFormatError: an ending that stands for no format.
    """
    stem, _, ending = name.rpartition(".")
    if not stem or "/" in ending:
        return _looks_like(body)
    try:
        return _BY_ENDING[ending.lower()]
    except KeyError:
        raise UnknownFormatError(ending) from None


def _looks_like(body: bytes) -> Format:
    start = body[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((WORKBOOK, OLD_WORKBOOK)):
        return Format.XLSX
    if not start.startswith((b"{", b"[")):
        return Format.CSV
    first_line, has_more, _ = start.partition(b"\n")
    is_closed = first_line.rstrip().endswith(b"}") and b'"answers"' not in first_line
    return Format.NDJSON if start.startswith(b"{") and is_closed and has_more else Format.JSON
