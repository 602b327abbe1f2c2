"""Files that are refused before anything in them is read, each with a code and words of its own."""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress

import pytest

from answer_intake.findings import UnreadableError
from answer_intake.wording import words
from answer_intake.workbook import guards
from answer_intake.workbook import sheet as sheet_module
from answer_intake.workbook.reading import read_workbook

Build = Callable[..., bytes]
Rezip = Callable[[bytes, Mapping[str, bytes | None]], bytes]
HEADING = ("code", "year", "value", "comment")
SHEET = "xl/worksheets/sheet1.xml"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">
<c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>"""
OUTSIDE = ENTITIES.replace(b'"ha"', b'SYSTEM "file:///etc/passwd"')


@pytest.fixture
def good(build: Build) -> bytes:
    """A workbook that nothing is wrong with."""
    return build(("ALL", 2024, 5))


def refused(body: bytes, code: str) -> None:
    with pytest.raises(UnreadableError, match=f"^{code}$") as caught:
        read_workbook(body, many=False)
    for language in ("en", "fr"):
        assert all(words(caught.value.finding, language))


@pytest.mark.parametrize("body", [b"", b"code,year,value\n", b"<html><table></table></html>", b"PK", b"\xff" * 90])
def test_refuses_what_is_no_workbook(body: bytes) -> None:
    refused(body, "workbook.not_a_workbook")


def test_refuses_old_and_encrypted_workbooks_by_name() -> None:
    refused(COMPOUND, "workbook.old_format")
    refused(COMPOUND + "EncryptedPackage".encode("utf-16-le"), "workbook.encrypted")


def test_refuses_a_binary_workbook_and_an_archive_that_is_none(good: bytes, rezip: Rezip) -> None:
    refused(rezip(good, {"xl/workbook.xml": None, "xl/workbook.bin": b"x"}), "workbook.old_format")
    refused(rezip(good, {"xl/workbook.xml": None}), "workbook.not_a_workbook")


@pytest.mark.parametrize("part", ["xl/vbaProject.bin", "xl/VBAPROJECT.BIN", "xl/macrosheets/sheet1.xml"])
def test_refuses_macros(good: bytes, rezip: Rezip, part: str) -> None:
    refused(rezip(good, {part: b"x"}), "workbook.macros")


def test_refuses_a_file_cut_at_any_byte(good: bytes) -> None:
    for length in range(4, len(good) - 1, 97):
        with pytest.raises(UnreadableError, match=r"^workbook\.damaged$"):
            read_workbook(good[:length], many=False)


def test_refuses_or_reads_a_file_with_any_byte_changed(good: bytes) -> None:
    for place in range(0, len(good), 31):
        body = bytearray(good)
        body[place] ^= 0xFF
        with suppress(UnreadableError):
            read_workbook(bytes(body), many=False)


def test_refuses_a_bomb_by_its_ratio_and_by_its_size(good: bytes, rezip: Rezip) -> None:
    bomb = rezip(good, {SHEET: b" " * (30 * 2**20)})
    assert len(bomb) < 100_000
    refused(bomb, "workbook.too_large")
    refused(rezip(good, {f"xl/media/{n}": b"x" * (2 * 2**20) for n in range(81)}), "workbook.too_large")


def test_a_part_that_says_it_is_small_is_not_read_further(good: bytes, rezip: Rezip) -> None:
    body = bytearray(rezip(good, {SHEET: b"<worksheet>" + b" " * (30 * 2**20)}))
    with zipfile.ZipFile(io.BytesIO(bytes(body))) as archive:
        start = archive.start_dir
        while body[start + 46 : start + 46 + len(SHEET)] != SHEET.encode():
            name, extra, comment = struct.unpack_from("<HHH", body, start + 28)
            start += 46 + name + extra + comment
    struct.pack_into("<I", body, start + 24, 100)
    refused(bytes(body), "workbook.damaged")


def test_refuses_too_many_parts(good: bytes, rezip: Rezip) -> None:
    many = {f"xl/media/{number}.png": b"" for number in range(guards.MOST_PARTS)}
    refused(rezip(good, many), "workbook.too_many_parts")


@pytest.mark.parametrize("sheet", [ENTITIES, OUTSIDE, ENTITIES.decode().encode("utf-16")])
def test_refuses_document_types_and_entities(good: bytes, rezip: Rezip, sheet: bytes) -> None:
    refused(rezip(good, {SHEET: sheet}), "workbook.doctype")


@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_refuses_them_in_every_part_that_is_read(good: bytes, rezip: Rezip, part: str) -> None:
    refused(rezip(good, {part: ENTITIES}), "workbook.doctype")


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "xl\\..\\x", "C:x", "XL/Workbook.xml"])
def test_refuses_names_that_lead_elsewhere_or_stand_twice(good: bytes, rezip: Rezip, name: str) -> None:
    refused(rezip(good, {name: b"x"}), "workbook.bad_names")


def test_does_not_follow_links_to_other_files(good: bytes, rezip: Rezip) -> None:
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        related = archive.read("xl/_rels/workbook.xml.rels")
    away = related.replace(b'Target="/xl/worksheets/sheet1.xml"', b'Target="file:///etc/x.xml" TargetMode="External"')
    assert away != related
    refused(rezip(good, {"xl/_rels/workbook.xml.rels": away}), "workbook.no_sheet")
    up = related.replace(b"/xl/worksheets/sheet1.xml", b"../../../etc/passwd")
    refused(rezip(good, {"xl/_rels/workbook.xml.rels": up}), "workbook.no_sheet")


@pytest.mark.parametrize(
    "row",
    [
        *('<row r="0"/>', '<row r="-1"/>', '<row r="1048577"/>', '<row r="9"/><row r="9"/>', '<row><c r="1A"/></row>'),
        f'<row r="{"9" * 5_000}"/>',
    ],
)
def test_refuses_places_that_no_sheet_has(good: bytes, rezip: Rezip, row: str) -> None:
    refused(rezip(good, {SHEET: f"<worksheet><sheetData>{row}</sheetData></worksheet>".encode()}), "workbook.damaged")


def test_refuses_a_sheet_that_is_named_many_times(good: bytes, rezip: Rezip) -> None:
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        book = archive.read("xl/workbook.xml").decode()
    sheet = book[book.index("<sheet ") : book.index("</sheets>")]
    again = book.replace(sheet, sheet + sheet.replace('name="', 'name="again '))
    assert again != book
    refused(rezip(good, {"xl/workbook.xml": again.encode()}), "workbook.damaged")


def test_refuses_texts_that_are_not_there(good: bytes, rezip: Rezip) -> None:
    for place in ("99999", "-1", "x", "9" * 5_000):
        cell = f'<c r="A1" t="s"><v>{place}</v></c>'
        sheet = f'<worksheet><sheetData><row r="1">{cell}</row></sheetData></worksheet>'
        refused(rezip(good, {SHEET: sheet.encode()}), "workbook.damaged")


def test_refuses_cells_without_end(good: bytes, rezip: Rezip, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_module, "MOST_ELEMENTS", 1_000)
    for filling in ("<c/>" * 1_001, "<x/>" * 1_001):
        body = rezip(good, {SHEET: f"<worksheet><sheetData><row>{filling}</row></sheetData></worksheet>".encode()})
        refused(body, "workbook.too_many_cells")


def test_a_text_that_many_cells_share_is_kept_once(good: bytes, rezip: Rezip) -> None:
    text = "x" * 30_000
    shared = f'<sst><si><t xml:space="preserve"> {text} </t></si></sst>'
    heading = "".join(
        f'<c r="{column}1" t="str"><v>{name}</v></c>' for column, name in zip("ABCD", HEADING, strict=True)
    )
    rows = "".join(f'<row r="{row}"><c r="D{row}" t="s"><v>0</v></c></row>' for row in range(2, 500))
    sheet = f'<worksheet><sheetData><row r="1">{heading}</row>{rows}</sheetData></worksheet>'
    body = rezip(good, {SHEET: sheet.encode(), "xl/sharedStrings.xml": shared.encode()})
    comments = [row.comment for row in read_workbook(body, many=False).rows]
    assert comments[0] == text
    assert len({id(comment) for comment in comments}) == 1


def test_how_large_a_workbook_is_unpacked_is_known_without_unpacking_it(good: bytes, rezip: Rezip) -> None:
    assert (
        guards.unpacked_bytes(rezip(good, {"xl/media/1": b"x" * 5_000_000}))
        > 5_000_000
        > guards.unpacked_bytes(good)
        > len(good)
    )
    assert [guards.unpacked_bytes(body) for body in (b"", b"code,year", good[:-30], b"PK\x03\x04")] == [0] * 4
