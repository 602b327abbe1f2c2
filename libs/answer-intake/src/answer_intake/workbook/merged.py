"""Says where a cell is empty only because it is merged with another one."""

from collections.abc import Iterable, Mapping

from answer_intake.findings import Unreadable
from answer_intake.rows import Row
from answer_intake.workbook.cells import Merged, letters
from answer_intake.workbook.placed import WorkbookTable

MOST_TOLD = 100_000


def tell_merged(ranges: Iterable[Merged], columns: Mapping[str, int], table: WorkbookTable) -> None:
    """Put what is to be said into the empty code, year and value cells of rows that a range reaches into."""
    places = {row.number: place for place, row in enumerate(table.rows)}
    told = 0
    for merged in ranges:
        for name in ("code", "year", "value"):
            if merged.first_column <= columns[name] + 1 <= merged.last_column:
                for number in range(merged.first_row, min(merged.last_row, merged.first_row + MOST_TOLD) + 1):
                    told += 1
                    if number in places and told < MOST_TOLD:
                        _tell(places[number], name, merged, table)


def _tell(place: int, name: str, merged: Merged, table: WorkbookTable) -> None:
    row = table.rows[place]
    if getattr(row, name) is None:
        first = f"{letters(merged.first_column)}{merged.first_row}"
        cells = [*row]
        cells[Row._fields.index(name)] = Unreadable("workbook.merged_cell", {"first": first})
        table.rows[place] = Row._make(cells)
