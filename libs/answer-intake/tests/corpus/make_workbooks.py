"""Writes the workbooks of the corpus, part by part and always the same bytes; run it after a change to them.

The reports beside them are made by `make.py --expect`: look at every difference before keeping it.
"""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from answer_intake.workbook.given import TemplateCycle
from answer_intake.workbook.template import make_template
from framework_spec.document import Framework

HERE = Path(__file__).parent
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEADING = ("code", "year", "value")
GOOD = ("DECLARATIONS_ALL", 2024, 1200)
# Styles by number: 1 a date, 2 a percentage, 3 thousands.
STYLES = f"""<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="170" formatCode="dd/mm/yyyy"/></numFmts>
<fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>
<cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="9"/><xf numFmtId="3"/></cellXfs></styleSheet>"""
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
LAUGHS = """<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>"""
OUTSIDE = """<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>"""

Value = str | float | None


class Raw(str):
    """A cell as XML, in which {ref} stands for its place."""


def formula(written: str, result: str = "", kind: str = "") -> Raw:
    """A formula with its result; without one where a program has not worked it out."""
    value = f"<v>{escape(result)}</v>" if result else ""
    return Raw(f'<c r="{{ref}}"{kind}><f>{escape(written)}</f>{value}</c>')


def styled(number: float, style: int) -> Raw:
    """A number in a format."""
    return Raw(f'<c r="{{ref}}" s="{style}"><v>{number!r}</v></c>')


def error(name: str) -> Raw:
    """The error of a formula."""
    return Raw(f'<c r="{{ref}}" t="e"><f>1/0</f><v>{name}</v></c>')


def cell(value: Value | bool, reference: str) -> str:
    """A cell as XML."""
    if isinstance(value, Raw):
        return value.format(ref=reference)
    if isinstance(value, bool):
        return f'<c r="{reference}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, str):
        return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f'<c r="{reference}"><v>{value!r}</v></c>'


def sheet(*rows: Sequence[Value], hidden: Sequence[int] = (), head: str = "", tail: str = "") -> bytes:
    """A sheet as XML; rows count from 1, and None leaves a cell out."""
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = (
            cell(value, f"{chr(64 + place)}{number}") for place, value in enumerate(row, start=1) if value is not None
        )
        is_hidden = ' hidden="1"' if number in hidden else ""
        lines.append(f'<row r="{number}"{is_hidden}>{"".join(cells)}</row>')
    data = "".join(lines)
    return (
        f'<?xml version="1.0"?>{head}<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData>{tail}</worksheet>'.encode()
    )


def book(sheets: Mapping[str, bytes], parts: Mapping[str, bytes] | None = None, hidden: Sequence[str] = ()) -> bytes:
    """A workbook of sheets, with more parts."""
    names, types, related = [], [], []
    for number, name in enumerate(sheets, start=1):
        state = ' state="hidden"' if name in hidden else ""
        names.append(f'<sheet name={quoteattr(name)} sheetId="{number}"{state} r:id="rId{number}"/>')
        related.append(f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" Target="worksheets/s{number}.xml"/>')
        types.append(f'<Override PartName="/xl/worksheets/s{number}.xml" ContentType="{kind("worksheet")}"/>')
    related.append(f'<Relationship Id="rIdS" Type="{OFFICE}/styles" Target="styles.xml"/>')
    relations = f'<Relationships xmlns="{PACKAGE}/relationships">'
    top = f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    whole = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind("sheet.main")}"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind("styles")}"/>{"".join(types)}</Types>',
        "_rels/.rels": f"{relations}{top}</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{"".join(names)}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"{relations}{''.join(related)}</Relationships>",
        "xl/styles.xml": STYLES,
    }
    written = {name: text.encode() for name, text in whole.items()}
    written |= {f"xl/worksheets/s{number}.xml": data for number, data in enumerate(sheets.values(), start=1)}
    return archive({**written, **(parts or {})})


def archive(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a ZIP file without dates."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made:
        for name, data in parts.items():
            packing = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            made.writestr(zipfile.ZipInfo(name), data, packing, 9)
    return target.getvalue()


def kind(name: str) -> str:
    """The content type of a part."""
    return f"application/vnd.openxmlformats-officedocument.spreadsheetml.{name}+xml"


def one(*rows: Sequence[Value], heading: Sequence[str] = HEADING, **options: object) -> bytes:
    """A workbook with one sheet."""
    return book({"Sheet1": sheet(heading, *rows, **options)})  # type: ignore[arg-type]  # options of `sheet`


def template(administration: str) -> bytes:
    """A template of the made-up framework."""
    framework = Framework.model_validate(json.loads((HERE / "framework.json").read_text(encoding="utf-8")))
    cycle = TemplateCycle("cycle-2024", "Cycle 2024", 2024, date(2025, 6, 30))
    return make_template(framework, cycle, administration, "fr")


def hostile() -> dict[str, bytes]:
    """Files that are refused as a whole, or would harm a careless reader."""
    good = one(GOOD)
    return {
        "bomb": book({"Sheet1": b" " * (12 * 2**20)}),
        "entities": book({"Sheet1": sheet(HEADING, (Raw('<c r="{ref}"><v>&c;</v></c>'),), head=LAUGHS)}),
        "outside-entity": book({"Sheet1": sheet(HEADING, (Raw('<c r="{ref}"><v>&a;</v></c>'),), head=OUTSIDE)}),
        "macros": book({"Sheet1": sheet(HEADING, GOOD)}, {"xl/vbaProject.bin": b"Auto_Open"}),
        "encrypted": COMPOUND + "EncryptedPackage".encode("utf-16-le") + bytes(480),
        "old-format": COMPOUND + "Workbook".encode("utf-16-le") + bytes(496),
        "page-named-xlsx": b"<html><body><table><tr><td>code</td><td>year</td></tr></table></body></html>",
        "is-a-picture": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        "is-an-archive": archive({"scans/1.jpg": b"\xff\xd8\xff"}),
        "is-an-open-document": archive({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        "cut-off": good[: len(good) * 2 // 3],
        "path-upwards": book({"Sheet1": sheet(HEADING, GOOD)}, {"../../outside.xml": b"<x/>"}),
        "formulas": one(
            (formula('HYPERLINK("http://example.org","DECLARATIONS_ALL")', "DECLARATIONS_ALL", ' t="str"'), 2024, 1200),
            ("STAFF", 2024, formula("SUM(B1:B2)", "150")),
            ("RELEASE_HOURS", 2024, formula("'[other.xlsx]Sheet1'!A1", "24.5"), "=cmd|' /C calc'!A0"),
            ("BALANCE", 2024, formula("SUM(B1:B2)")),
            heading=(*HEADING, "comment"),
        ),
        "far-cell": book(
            {
                "Sheet1": sheet(HEADING, GOOD).replace(
                    b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                )
            }
        ),
        "huge-dimension": book(
            {"Sheet1": sheet(HEADING, GOOD).replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')}
        ),
    }


def sloppy() -> dict[str, bytes]:
    """Files as people send them."""
    french = ("Code", "Année", "Valeur", "État", "Statut", "Motif", "Commentaire", "Période")
    ranges = '<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>'
    return {
        "good": one(GOOD, ("STAFF", 2024, styled(150, 3)), ("REVENUE", 2023, 8.5e9), ("REVENUE", 2024, 9.25e9)),
        "dates": one(
            (GOOD[0], styled(45657, 1), 1200),
            ("STAFF", 2024, styled(45352, 1)),
            ("REVENUE", styled(2024, 1), 5),
            (styled(45537, 1), 2024, 3),
        ),
        "errors-in-cells": one(
            (GOOD[0], 2024, error("#DIV/0!")), ("STAFF", 2024, error("#N/A")), (error("#REF!"), 2024, 1)
        ),
        "percentages": one(("RELEASE_HOURS", 2024, styled(0.85, 2)), ("STAFF", 2024, "85 %")),
        "truth-values": one(("STAFF", 2024, True), (False, 2024, 1)),
        "merged-cells": one(("DECLARATIONS_ALL", 2024, 1200), (None, 2023, 1100), ("STAFF", 2024, 7), tail=ranges),
        "french": book(
            {
                "Feuil1": sheet(
                    ("Mesure de la performance : réponses",),
                    (),
                    french,
                    ("RELEASE_HOURS", "2024", "24,5", None, "estimé", None, "relevé d’octobre"),
                    ("BALANCE", "2024", "-3,25", None, "Provisoire"),
                    ("REVENUE", 2024, None, "manquant", None, None, None, None),
                    ("K-GROWTH", None, None, "sans objet", None, "Pas de série"),
                )
            }
        ),
        "decimals-both-ways": one(("RELEASE_HOURS", 2024, "24,5"), ("BALANCE", 2024, "3.25"), ("STAFF", 2024, "1,234")),
        "numbers-as-text": one((GOOD[0], " 2024 ", " 1200"), ("STAFF", "2024", "1 234"), ("BALANCE", "2024", "n/a")),
        "codes-as-numbers": one((100.0, 2024, 1), (1e15, 2024, 1), ("staff", 2024, 5), ("STAF", 2024, 5)),
        "duplicates": one(GOOD, GOOD, ("STAFF", 2024, 5), ("STAFF", 2024, 6)),
        "more-columns": one((*GOOD, "x", "y", "z"), heading=(*HEADING, "valeu", "Name", "")),
        "no-heading": one(("DECLARATIONS_ALL", 2024, 1200), heading=("DECLARATIONS_ALL", "2023", "1100")),
        "heading-without-value": one((GOOD[0], 2024), heading=("code", "year")),
        "empty": one(heading=()),
        "several-sheets": book(
            {
                "Notes": sheet(("What this file is about",)),
                "2024": sheet(HEADING, GOOD),
                "2023": sheet(HEADING, ("DECLARATIONS_ALL", 2023, 1)),
                "old": sheet(HEADING, ("STAFF", 2024, 1)),
            },
            hidden=("old",),
        ),
        "hidden-rows": one(GOOD, ("STAFF", 2024, 5), ("BALANCE", 2024, 1), hidden=(3, 4)),
        "beside-the-table": one((*GOOD, None, "ask Mary"), ("STAFF", 2024, 5, None, "and Tom")),
        "claims-sheet": book(
            {
                "Answers": sheet(HEADING, GOOD),
                "KPIs left out": sheet(
                    ("code", "name", "state", "reason"),
                    ("K-GROWTH", "Growth", "not applicable", "No series yet"),
                    ("K-RELEASE", "Release", None, "Not measured"),
                    ("K-ELECTRONIC", "Electronic", "maybe", "?"),
                    ("K-REVENUE", "Revenue", "opted out", "Secret"),
                ),
            }
        ),
        "faults-on-two-sheets": book(
            {
                "KPI écartés": sheet(
                    ("code", "nom", "état", "motif"),
                    ("K-GROWTH", "Croissance", "manquan", "?"),
                    ("K-GROWTHS", "Croissance", "sans objett", "?"),
                    ("K-GROWTH", "Croissance", "sans objet", "Pas de série"),
                ),
                "Réponses": sheet(
                    ("code", "année", "valeur", "état"),
                    ("K-GROWTH", None, None, "sans objet"),
                    ("STAF", 45292, None, "manquan"),
                    ("STAFF", 2024, -1, "bogus"),
                ),
            }
        ),
        "wrong-years": one((GOOD[0], 2022, 1), ("STAFF", "2023/24", 5), ("BALANCE", 2024.5, 1), ("REVENUE", None, 1)),
        "template-untouched": template("KEN"),
        "template-of-another": template("UGA"),
    }


def of_many() -> dict[str, bytes]:
    """Files in which each row names its administration."""
    heading = ("Administration", *HEADING)
    return {
        "clean": one(("KEN", *GOOD), ("UGA", *GOOD), heading=heading),
        "administrations": one(("KE", *GOOD), (None, *GOOD), (4.0, *GOOD), (False, *GOOD), heading=heading),
    }


if __name__ == "__main__":
    for name, body in (hostile() | sloppy()).items():
        (HERE / "one" / f"xlsx-{name}.xlsx").write_bytes(body)
    for name, body in of_many().items():
        (HERE / "many" / f"xlsx-{name}.xlsx").write_bytes(body)
