"""What a figure may be, told beside it and watched while it is typed: one validation for all rows of the same kind."""

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from answer_intake.numbers import spelled
from answer_intake.rulebook import Bounds, Rulebook
from answer_intake.workbook.template_words import TemplateWords

LARGEST = 1e300  # whatever is beyond stands for no bound at all


class Limits:
    """Collects rows by what their figure may be."""

    def __init__(self, rulebook: Rulebook, words: TemplateWords, column: int) -> None:
        self._rulebook, self._words, self._column = rulebook, words, column
        self._rows: dict[tuple[Bounds, bool], list[int]] = {}

    def add(self, row: int, code: str, year: int, unit: str) -> None:
        """A row whose figure is of this input and year."""
        self._rows.setdefault((self._rulebook.rules[code, year], unit == "percent"), []).append(row)

    def spoken(self, code: str, year: int) -> str:
        """What the figure may be, in words."""
        return _spoken(self._rulebook.rules[code, year], self._words)

    def write(self, sheet: Worksheet) -> None:
        """Put the validations onto the sheet."""
        for (bounds, is_percent), rows in self._rows.items():
            said = self._words.refused_whole if bounds.is_whole else self._words.refused_number
            message = said.format(range=_range(bounds, self._words)).replace(", ,", ",")
            if is_percent:
                message = f"{message} {self._words.percent}"
            options = {
                "validate": "integer" if bounds.is_whole else "decimal",
                "criteria": "between",
                "minimum": _written(max(bounds.minimum, -LARGEST)),
                "maximum": _written(min(bounds.maximum, LARGEST)),
                "input_message": message[:255],
                "error_title": self._words.refused_title,
                "error_message": message[:255],
                "multi_range": " ".join(_ranges(rows, self._column)),
            }
            sheet.data_validation(rows[0], self._column, rows[0], self._column, options)


def _written(bound: float) -> float:
    return int(bound) if bound.is_integer() and abs(bound) < LARGEST else bound


def _range(bounds: Bounds, words: TemplateWords) -> str:
    low = "" if bounds.minimum <= -LARGEST else spelled(bounds.minimum)
    high = "" if bounds.maximum >= LARGEST else spelled(bounds.maximum)
    if low and high:
        return words.between.format(minimum=low, maximum=high)
    if low:
        return words.at_least.format(minimum=low)
    return words.at_most.format(maximum=high) if high else ""


def _spoken(bounds: Bounds, words: TemplateWords) -> str:
    said = _range(bounds, words)
    kind = words.whole if bounds.is_whole else words.any_number
    return f"{said}, {kind}" if said and bounds.is_whole else said or kind


def _ranges(rows: list[int], column: int) -> list[str]:
    """Neighbouring rows as one range."""
    spans: list[list[int]] = []
    for row in rows:
        if spans and row == spans[-1][1] + 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    named = ([xl_rowcol_to_cell(row, column) for row in span] for span in spans)
    return [first if first == last else f"{first}:{last}" for first, last in named]
