"""Reads the sheet on which KPIs are claimed as not applicable or opted out, beside the sheet of answers."""

from answer_intake.findings import UnreadableError
from answer_intake.headings import column_of
from answer_intake.row_check import unknown_state
from answer_intake.rows import MOST_ROWS, Row
from answer_intake.showing import shown
from answer_intake.suggesting import Suggester
from answer_intake.taken import NONE
from answer_intake.words_of_cells import CLAIMS, STATE_WORDS, state_of
from answer_intake.workbook.book import Book
from answer_intake.workbook.cells import letters
from answer_intake.workbook.finding_sheets import Headed, rows_below
from answer_intake.workbook.placed import ClaimRow, WorkbookTable, worked
from answer_intake.workbook.values import is_blank, short_of, text_of

CLAIM_STATES = (*CLAIMS, NONE)
CELLS = ("administration", "code", "state", "reason")


def read_claims(book: Book, headed: Headed, table: WorkbookTable) -> None:
    """Put the claims below the rows of answers; a KPI without state and reason is passed over.

    Raises:
        UnreadableError: there are too many rows.
    """
    columns: dict[str, int] = {}
    for column, written in enumerate(headed.heading, start=1):
        columns.setdefault(column_of(written) or "", column)
    table.claim_letters = {name: letters(column) for name, column in columns.items() if name}
    like = Suggester(STATE_WORDS)
    for row in rows_below(book, headed):
        found = {name: row.cells.get(column) for name, column in columns.items() if name in CELLS}
        if is_blank(found["state"]) and is_blank(found["reason"]):
            continue
        table.received += 1
        if table.received > MOST_ROWS:
            raise UnreadableError("answers.too_many_rows", {"most": MOST_ROWS})
        number = ClaimRow(row.number)
        cells = worked(number, found, table)
        code, said = short_of(cells["code"]), short_of(cells["state"])
        if said is None:
            if is_blank(found["state"]):
                table.find(number, "state", "workbook.claim_without_state", {"kpi": shown(code)})
            continue
        if state_of(said) not in CLAIM_STATES:
            fault = unknown_state(said, CLAIM_STATES, like, "claim")
            table.find(number, "state", fault.code, fault.parameters)
            continue
        administration, why = short_of(cells.get("administration")), text_of(cells["reason"])
        table.rows.append(Row(number, administration, code, None, None, said, why, None, None, None))
