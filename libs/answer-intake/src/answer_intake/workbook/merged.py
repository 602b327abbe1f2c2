"""Says where a cell is empty only because it is merged with another one."""

from collections.abc import Iterable, Mapping

from answer_intake.workbook.cells import Merged, letters
from answer_intake.workbook.placed import WorkbookTable

MOST_LOOKED_AT = 1_000_000


def tell_merged(ranges: Iterable[Merged], columns: Mapping[str, int], table: WorkbookTable) -> None:
    """Say which rows have their code, year or value in a merged range, so that their own cells are empty."""
    rows = {int(row.number): row for row in table.rows}
    left = MOST_LOOKED_AT
    for merged in ranges:
        height = merged.last_row - merged.first_row + 1
        left -= height
        if left < 0:
            break
        for name in ("code", "year", "value"):
            if not merged.first_column <= columns[name] + 1 <= merged.last_column:
                continue
            for number in range(merged.first_row, merged.last_row + 1):
                if number in rows and getattr(rows[number], name) is None:
                    first = f"{letters(merged.first_column)}{merged.first_row}"
                    table.find(number, name, "workbook.merged_cell", {"first": first})
