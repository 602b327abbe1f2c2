"""Reads the XML parts of a workbook in pieces: no document type, no entity, no part that is longer than it says."""

import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from xml.parsers import expat

from answer_intake.findings import UnreadableError
from answer_intake.showing import shown

PIECE = 2**16
Attributes = list[str]  # name, value, name, value, ...
Start = Callable[[str, Attributes], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def nothing(_: object) -> None:
    """The handler of what is of no interest."""


def pieces(archive: zipfile.ZipFile, part: str, start: Start, end: End, text: Text) -> Iterator[None]:
    """Read a part piece by piece; the handlers get names without prefix. After each piece the caller may stop.

    Raises:
        UnreadableError: the part is damaged, or has a document type or entities of its own.
    """
    parser = _parser(start, end, text)
    try:
        with archive.open(part) as stream:
            while piece := stream.read(PIECE):
                parser.Parse(piece, False)
                yield
            parser.Parse(b"", True)
            yield
    # RuntimeError is what zipfile says of a password and of a way of packing that it does not know.
    except (expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError, KeyError, RuntimeError):
        raise UnreadableError("workbook.damaged", {"part": shown(part)}) from None


def read_part(archive: zipfile.ZipFile, part: str, start: Start, end: End = nothing, text: Text = nothing) -> None:
    """Read a part as a whole; nothing happens when there is none."""
    if part in archive.NameToInfo:
        for _ in pieces(archive, part, start, end, text):
            pass


def attribute(attributes: Attributes, name: str) -> str | None:
    """An attribute by its name without prefix."""
    for place in range(0, len(attributes), 2):
        if attributes[place].rpartition(":")[2] == name:
            return attributes[place + 1]
    return None


def related(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """What a part refers to inside the file, by id: the last word of the kind, and the name of the part."""
    folder, name = posixpath.split(part)
    found: dict[str, tuple[str, str]] = {}

    def start(element: str, attributes: Attributes) -> None:
        if element == "Relationship" and attribute(attributes, "TargetMode") != "External":
            kind = (attribute(attributes, "Type") or "").rpartition("/")[2]
            target = posixpath.normpath(posixpath.join("/", folder, attribute(attributes, "Target") or ""))
            found[attribute(attributes, "Id") or ""] = (kind, target.lstrip("/"))

    read_part(archive, f"{folder}/_rels/{name}.rels", start)
    return found


def _parser(start: Start, end: End, text: Text) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.ordered_attributes = True
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype

    def first(name: str, attributes: Attributes) -> None:
        # Most workbooks use no prefixes; only those that do pay for taking them off.
        has_prefixes = ":" in name or any(value.startswith("xmlns:") for value in attributes[::2])
        parser.StartElementHandler = _start_without_prefix(start) if has_prefixes else start
        parser.EndElementHandler = _end_without_prefix(end) if has_prefixes else end
        parser.CharacterDataHandler = text
        parser.StartElementHandler(name, attributes)

    parser.StartElementHandler = first
    return parser


def _start_without_prefix(handler: Start) -> Start:
    return lambda name, attributes: handler(name.rpartition(":")[2], attributes)


def _end_without_prefix(handler: End) -> End:
    return lambda name: handler(name.rpartition(":")[2])


def _refuse_doctype(*_: object) -> None:
    raise UnreadableError("workbook.doctype")
