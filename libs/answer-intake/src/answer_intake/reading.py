"""Reads a file of answers in any of its formats."""

from answer_intake.csv_format import read_csv
from answer_intake.formats import Format
from answer_intake.json_format import read_json
from answer_intake.ndjson_format import read_ndjson
from answer_intake.rows import Table
from answer_intake.workbook.reading import read_workbook

READERS = {Format.JSON: read_json, Format.NDJSON: read_ndjson, Format.CSV: read_csv, Format.XLSX: read_workbook}


def read(body: bytes, fmt: Format, *, many: bool) -> Table:
    """The rows of a file; `many` when each row names its administration.

    Raises:
        UnreadableError: nothing can be taken from it; its finding says why.
    """
    return READERS[fmt](body, many=many)
