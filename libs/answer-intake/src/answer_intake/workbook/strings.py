"""Reads the texts that a workbook keeps in one place for all its cells."""

import re
import zipfile

from answer_intake.workbook.parts import Attributes, read_part

LONGEST = 32_767  # of any cell, in all spreadsheet programs
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """The text with `_x000D_` and the like as the characters that they stand for."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def shared_strings(archive: zipfile.ZipFile, part: str) -> list[str]:
    """The texts in their order; formatted runs are joined, and hints for reading aloud are left out.

    They are stripped here, once: a million cells may refer to the same long text, which must not become a million.
    """
    found: list[str] = []
    written: list[str] = []
    is_text, is_aside = False, False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal is_text, is_aside
        if name == "si":
            written.clear()
        elif name == "rPh":
            is_aside = True
        is_text = name == "t" and not is_aside

    def end(name: str) -> None:
        nonlocal is_text, is_aside
        is_text = False
        if name == "rPh":
            is_aside = False
        elif name == "si":
            found.append(unescaped("".join(written)).strip()[:LONGEST])

    def text(data: str) -> None:
        if is_text:
            written.append(data)

    read_part(archive, part, start, end, text)
    return found
