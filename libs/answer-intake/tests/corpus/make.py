"""Makes the files of the corpus that no editor would keep as they are, and with --expect all expected reports anew.

A new expectation is to be read, line by line, as the person would read it who sent the file.
"""

import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[3]))

from tests.support.answer_corpus import cases, judged  # noqa: E402 - the path above makes it importable

SHORT = "code,year,value,comment\n"
FRENCH = f"{SHORT}STAFF,2024,5200,déclaré à l'été\nRELEASE_HOURS,2024,treize,café\n"
LINE = b'{"code": "STAFF", "year": 2024, "value": 5200}\n'
# The sheet of answers of the template, as spreadsheet programs save it.
TEMPLATE = """Kenya : Cycle 2024
"Cadre inventé. Remplissez la colonne Valeur, et rien d'autre ; date limite : ""30 juin""."

Code;Nom;Année;Unité;Plage;Valeur antérieure;Valeur;État;Statut;Motif;Commentaire
;Délai de mainlevée
RELEASE_HOURS;Heures, de l'arrivée à la mainlevée;2024;heures;0 à 8784;;24,5;;;;"sur
deux lignes"
BALANCE;Solde;2024;;;;;;;;
STAFF;Personnel;2024;;;5200;treize;;;;
"""
FILES: dict[str, bytes] = {
    "csv-byte-order-mark.csv": ("\ufeff" + FRENCH.replace("\n", "\r\n")).encode(),
    "csv-old-line-ends.csv": FRENCH.replace("\n", "\r").encode(),
    "csv-utf-16-big.csv": b"\xfe\xff" + FRENCH.replace(",", "\t").encode("utf-16-be"),
    "csv-utf-16-little.csv": b"\xff\xfe" + FRENCH.replace(",", ";").encode("utf-16-le"),
    "csv-utf-16-cut-off.csv": b"\xff\xfe" + FRENCH.encode("utf-16-le")[:-1],
    "csv-windows-1252.csv": FRENCH.replace(",", ";").encode("cp1252"),
    "csv-no-encoding-at-all.csv": f"{SHORT}STAFF,2024,5200,".encode() + b"\x81\x8d\n",
    "csv-nul.csv": f"{SHORT}STAFF,2024,5200,a\x00b\n".encode(),
    "csv-control-characters.csv": f"{SHORT}STAFF,2024,5200,a\x07b\n\x1bSTAFF,2024,1,\n".encode(),
    "csv-odd-spaces.csv": "code,year,value\n\u00a0STAFF\u2003,2024,5200\u202f\nBALANCE,2024,1\u202f234\n".encode(),
    "csv-other-digits.csv": "code,year,value\nSTAFF,2024,\u0665\u0662\nBALANCE,\u0662\u0660\u0662\u0664,1\n".encode(),
    "csv-cell-without-end.csv": f'{SHORT}STAFF,2024,5200,"{"x" * 140_000}"\n'.encode(),
    "csv-template-semicolons.csv": ("\ufeff" + TEMPLATE).encode(),
    "csv-template-commas.csv": TEMPLATE.replace("Heures,", "Heures").replace("24,5", "24.5").replace(";", ",").encode(),
    "csv-template-tabs.csv": b"\xff\xfe" + TEMPLATE.replace(";", "\t").encode("utf-16-le"),
    "csv-is-a-workbook.csv": b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00xl/workbook.xml",
    "csv-is-a-pdf.csv": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "csv-is-a-png.csv": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "csv-is-a-jpeg.csv": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
    "csv-is-a-gzip.csv": b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
    "csv-is-an-archive.csv": b"PK\x03\x04\x14\x00\x00\x00\x08\x00scans/1.jpg",
    "csv-is-an-open-document.csv": b"PK\x03\x04"
    + bytes(26)
    + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
    "csv-is-an-old-workbook.csv": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100,
    "json-byte-order-mark.json": b'\xef\xbb\xbf{"answers": [' + LINE.strip() + b"]}\n",
    "json-utf-16.json": ('{"answers": [' + LINE.decode().strip() + "]}").encode("utf-16"),
    "json-windows-1252.json": '{"answers": [{"code": "STAFF", "comment": "été"}]}'.encode("cp1252"),
    "json-is-a-pdf.json": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "json-nested-without-end.json": b"[" * 100_000,
    "ndjson-stray-bytes.ndjson": LINE
    + b'{"code": "REVENUE", "year": 2024, "value": 1, "comment": "\xe9t\xe9"}\n'
    + LINE,
    "ndjson-windows-line-ends.ndjson": b"\xef\xbb\xbf" + LINE.replace(b"\n", b"\r\n") * 2,
}

if __name__ == "__main__":
    for name, body in FILES.items():
        (HERE / "one" / name).write_bytes(body)
    for case in cases() if "--expect" in sys.argv else ():
        case.expected.write_text(json.dumps(judged(case), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
