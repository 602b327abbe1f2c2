"""Gives a sender's workbook back with the faulty cells coloured, and a sheet of errors in front."""

import io
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from answer_intake.findings import Finding
from answer_intake.wording import words
from answer_intake.workbook.book import Book, Sheet
from answer_intake.workbook.cells import Cell, Odd
from answer_intake.workbook.errors_sheet import ErrorsPlace, free_name, is_ours, nobody, write_errors
from answer_intake.workbook.facts import FACTS_SHEET
from answer_intake.workbook.finding_sheets import find_sheets
from answer_intake.workbook.looks import Looks, writable
from answer_intake.workbook.placed import place_of
from answer_intake.workbook.sheet import SheetRow
from answer_intake.workbook.vocabulary import Language, language_of
from answer_intake.workbook.writing import OPTIONS

MOST_COMMENTS = 20_000  # thousands of them make spreadsheet programs slow; the sheet of errors has all
LONGEST_COMMENT = 1_000
MOST_TEXT, LONGEST_BEYOND = 100_000_000, 60  # a million cells may refer to the same long text
WIDEST = 50
ROWS_A_BATCH = 1_000
Marks = Mapping[int, list[tuple[int, Finding]]]  # row: columns, and what is wrong there


def mark(body: bytes, findings: Iterable[Finding], language: str, advance: Callable[[int], None] = nobody) -> bytes:
    """The workbook written anew: values only, texts never as formulas, and every error where it is and in a list.

    `advance` is told from time to time how many rows are done, and may raise to end it there. A row is listed and then
    copied, and each is half of it.

    Raises:
        UnreadableError: the body is not the workbook that the findings are about, but one that cannot be read.
    """
    source, spoken, found = Book(body), language_of(language), list(findings)
    answers = find_sheets(source).answers
    kept = [sheet for sheet in source.sheets if _is_kept(source, sheet)]
    name = answers.sheet.name if answers else ""
    names = _names(kept)
    target, budget = io.BytesIO(), MOST_TEXT
    with xlsxwriter.Workbook(target, OPTIONS) as book:  # which leaves no temporary files behind, whatever happens
        looks = Looks(book)
        listed = write_errors(book, looks, found, ErrorsPlace(name, names, spoken), advance)
        marks = _marks(found, name)
        for sheet in kept:
            heading = answers.row if answers and sheet.name == name else 0
            copying = _Copying(book.add_worksheet(names[sheet.name]), looks, marks.get(sheet.name, {}), budget, spoken)
            copying.copy(_told(source.rows(sheet), advance, listed), heading)
            budget = copying.budget
            if sheet.is_hidden:
                copying.sheet.very_hidden()
    return target.getvalue()


def _told(rows: Iterable[SheetRow], advance: Callable[[int], None], listed: int) -> Iterator[SheetRow]:
    """The rows, with a word to `advance` now and then."""
    for count, row in enumerate(rows):
        if count % ROWS_A_BATCH == 0:
            advance(listed + row.number // 2)
        yield row


def _is_kept(source: Book, sheet: Sheet) -> bool:
    """Hidden sheets are left out but for ours, and so are the errors of an earlier time."""
    if sheet.is_hidden:
        return sheet.name == FACTS_SHEET
    first = next(source.rows(sheet), None)
    return first is None or not is_ours(first.cells.get(1))


def _marks(findings: Iterable[Finding], answers: str) -> dict[str, Marks]:
    marks: dict[str, dict[int, list[tuple[int, Finding]]]] = defaultdict(lambda: defaultdict(list))
    for finding in findings:
        place = place_of(finding, answers)
        if place is not None:
            marks[place[0]][place[1]].append((place[2], finding))
    return {**marks}


def _names(sheets: Iterable[Sheet]) -> dict[str, str]:
    """A name for each sheet that every program takes: nearly always its own."""
    names: dict[str, str] = {}
    for sheet in sheets:
        names[sheet.name] = free_name(writable(sheet.name), {name.lower() for name in names.values()})
    return names


class _Copying:
    """Writes one sheet anew, row by row; `budget` is how many characters of text may still be written."""

    def __init__(self, sheet: Worksheet, looks: Looks, marks: Marks, budget: int, language: Language) -> None:
        self.sheet, self.budget = sheet, budget
        self._looks, self._marks, self._language = looks, marks, language
        self._comments = 0
        self._widths: dict[int, int] = {}

    def copy(self, rows: Iterable[SheetRow], heading: int) -> None:
        """Write the rows, and marked rows of which nothing is left."""
        left = deque(sorted(self._marks))
        for row in rows:
            while left and left[0] <= row.number:
                number = left.popleft()
                if number < row.number:
                    self._row(number, {})
            self._row(row.number, row.cells)
            if row.number >= heading:
                self._widen(row.cells)
        for number in left:
            self._row(number, {})
        for column, width in self._widths.items():
            self.sheet.set_column(column - 1, column - 1, width)
        if heading:
            self.sheet.freeze_panes(heading, 0)

    def _row(self, number: int, cells: Mapping[int, Cell]) -> None:
        marks: dict[int, list[Finding]] = {}
        for column, finding in self._marks.get(number, ()):
            marks.setdefault(column, []).append(finding)
        for column in sorted({*cells, *marks}):
            self._cell(number - 1, column - 1, cells.get(column, ""), "faulty" if column in marks else "plain")
        for column, findings in marks.items():
            if self._comments < MOST_COMMENTS:
                self._comments += 1
                self._comment(number - 1, column - 1, findings)

    def _comment(self, row: int, column: int, findings: Iterable[Finding]) -> None:
        said = "\n\n".join("\n".join(words(finding, self._language)) for finding in findings)
        self.sheet.write_comment(row, column, writable(said[:LONGEST_COMMENT]), {"x_scale": 2, "y_scale": 1.2})

    def _cell(self, row: int, column: int, cell: Cell, look: str) -> None:
        if isinstance(cell, bool):
            self.sheet.write_boolean(row, column, cell, self._looks[look])
        elif isinstance(cell, float):
            self._looks.number(self.sheet, row, column, cell, look)
        elif isinstance(cell, Odd) and cell.kind == "percent":
            self.sheet.write_number(row, column, cell.number, self._looks[f"{look}_percent"])
        else:
            text = _shown(cell) if self.budget > 0 else _shown(cell)[:LONGEST_BEYOND]
            self.budget -= len(text)
            self._looks.text(self.sheet, row, column, text, look)

    def _widen(self, cells: Mapping[int, Cell]) -> None:
        for column, cell in cells.items():
            wide = len(cell) if type(cell) is str else 12
            self._widths[column] = max(self._widths.get(column, 8), min(WIDEST, wide + 2))


def _shown(cell: Cell) -> str:
    if isinstance(cell, Odd):
        return "#N/A" if cell.kind == "unworked" else cell.text  # so that it is not taken for an empty cell
    return str(cell)
