"""Reads the sheet on which KPIs are claimed as not applicable or opted out, beside the sheet of answers."""

from answer_intake.findings import UnreadableError
from answer_intake.headings import column_of
from answer_intake.rows import MOST_ROWS, Row
from answer_intake.showing import shown
from answer_intake.taken import NONE
from answer_intake.words_of_cells import CLAIMS, state_of
from answer_intake.workbook.book import Book
from answer_intake.workbook.cells import letters
from answer_intake.workbook.finding_sheets import Headed, rows_below
from answer_intake.workbook.placed import ClaimRow, WorkbookTable
from answer_intake.workbook.values import short_of, text_of

CLAIM_STATES = (*CLAIMS, NONE)


def read_claims(book: Book, headed: Headed, table: WorkbookTable) -> None:
    """Put the claims below the rows of answers; a KPI without state and reason is passed over.

    Raises:
        UnreadableError: there are too many rows.
    """
    columns: dict[str, int] = {}
    for column, written in enumerate(headed.heading, start=1):
        columns.setdefault(column_of(written) or "", column)
    table.claims_sheet = headed.sheet.name
    table.claim_letters = {name: letters(column) for name, column in columns.items() if name}
    for row in rows_below(book, headed):
        code, state, reason = (row.cells.get(columns[name]) for name in ("code", "state", "reason"))
        said, why = short_of(state), text_of(reason)
        if said is None and why is None:
            continue
        table.received += 1
        if table.received > MOST_ROWS:
            raise UnreadableError("answers.too_many_rows", {"most": MOST_ROWS})
        number = ClaimRow(row.number)
        if said is None:
            table.find(number, "state", "workbook.claim_without_state", {"kpi": shown(short_of(code))})
            continue
        if state_of(said) not in CLAIM_STATES:
            table.find(number, "state", "answers.unknown_state", {"found": shown(said), "states": CLAIM_STATES})
            continue
        administration = None if "administration" not in columns else short_of(row.cells.get(columns["administration"]))
        table.rows.append(Row(number, administration, short_of(code), None, None, said, why, None, None, None))
