"""Checks single cells; each fault is a code with its parameters, or None when all is well."""

from datetime import date
from math import isfinite

from answer_intake.findings import NOTHING, Parameter, Unreadable
from answer_intake.numbers import (
    TRUTHS,
    is_spreadsheet_error,
    looks_like_date,
    read_number,
    read_year,
    spelled,
    year_parameters,
)
from answer_intake.rulebook import Bounds
from answer_intake.showing import has_unwritable, shown

LONGEST_TEXT = 2_000
SHORTEST_YEAR, LONGEST_YEAR = 364, 371  # days; fiscal years of 52 or 53 weeks are years, too


def fault(code: str, **parameters: Parameter) -> Unreadable:
    """What is wrong with a cell."""
    return Unreadable(code, parameters or NOTHING)


def code_fault(cell: object, what: str = "code") -> Unreadable | None:
    """What is wrong with the form of a code; `what` is code or administration."""
    if type(cell) is str and cell:
        return None
    if cell is None or cell == "":
        return Unreadable(f"answers.{what}_required")
    return Unreadable(f"answers.{what}_not_text", {"found": shown(number_free(cell))})


def is_mangled(code: str) -> bool:
    """Whether this looks like what a spreadsheet has made of a code: a number, a date, a truth value, an error."""
    if code.isalpha():
        return code.lower() in TRUTHS
    return isinstance(read_number(code), float) or looks_like_date(code) or is_spreadsheet_error(code)


def number_free(cell: object) -> object:
    """The cell as its sender wrote it, also where a number could not be read."""
    return cell.parameters.get("found", "") if isinstance(cell, Unreadable) else cell


def text_fault(cell: object, column: str) -> Unreadable | None:
    """What is wrong with a free text."""
    if cell is None or cell == "":
        return None
    if not isinstance(cell, str):
        return fault(f"answers.{column}_not_text", found=shown(number_free(cell)))
    if len(cell) > LONGEST_TEXT:
        return fault(f"answers.{column}_too_long", characters=len(cell), most=LONGEST_TEXT)
    return Unreadable(f"answers.{column}_unwritable") if has_unwritable(cell) else None


def year_fault(cell: object, code: str, allowed: tuple[int, ...] | None) -> Unreadable | None:
    """What is wrong with a calendar year; `allowed` is None when the input is unknown."""
    if type(cell) is int:
        if allowed is None or cell in allowed:
            return None
        return fault("answers.wrong_year", input=code, year=cell if abs(cell) < 10**9 else 0, years=allowed)
    known: dict[str, Parameter] = {} if allowed is None else {"input": code, "years": allowed, "advice": "years_asked"}
    if cell is None or cell == "":
        return Unreadable("answers.year_required", known)
    if isinstance(cell, Unreadable):
        return Unreadable("answers.not_a_year", {**known, "found": number_free(cell), **cell.parameters})  # type: ignore[dict-item]  # `found` is text
    if isinstance(cell, str):
        bare = cell.strip()
        year = read_year(bare)
        if isinstance(year, int):
            return fault("answers.not_a_year", found=shown(bare), year=year, advice="year_unquoted")
        return Unreadable("answers.not_a_year", {**known, **year_parameters(bare)})
    return Unreadable("answers.not_a_year", {**known, "found": shown(cell)})


def value_fault(cell: object, bounds: Bounds | None) -> Unreadable | None:
    """What is wrong with a figure, in its form or by the bounds of its input (None: not known)."""
    if type(cell) is float or type(cell) is int:
        if not isfinite(cell):
            return fault("answers.not_finite", found=shown(cell))
        return None if bounds is None else _bounds_fault(float(cell), bounds)
    if isinstance(cell, Unreadable):
        return cell
    if cell is None or cell == "":
        return Unreadable("answers.value_required")
    if isinstance(cell, bool):
        return fault("answers.not_a_number", found=shown(cell), advice="truth_value")
    if isinstance(cell, str):
        return _text_instead(cell.strip())
    return fault("answers.not_a_number", found=shown(cell), advice="one_number")


def _bounds_fault(value: float, bounds: Bounds) -> Unreadable | None:
    if value < bounds.minimum:
        return fault("answers.below_minimum", value=spelled(value), minimum=spelled(bounds.minimum))
    if value > bounds.maximum:
        return fault("answers.above_maximum", value=spelled(value), maximum=spelled(bounds.maximum))
    if bounds.is_whole and not value.is_integer():
        return fault("answers.not_whole", value=spelled(value))
    return None


def _text_instead(cell: str) -> Unreadable:
    if not cell:
        return Unreadable("answers.value_required")
    read = read_number(cell)
    return read if isinstance(read, Unreadable) else fault("answers.number_as_text", found=shown(cell))


def period_fault(cell: object, year: int | None) -> Unreadable | None:
    """What is wrong with a period; it has about twelve months and overlaps the calendar year it is given for."""
    if not isinstance(cell, str):
        return fault("answers.not_a_period", found=shown(number_free(cell)))
    days = period_days(cell)
    if days is None:
        return fault("answers.not_a_period", found=shown(cell))
    first, last = days
    if last < first:
        return fault("answers.period_backwards", found=shown(cell))
    length = (last - first).days + 1
    if not SHORTEST_YEAR <= length <= LONGEST_YEAR:
        return fault("answers.period_length", found=shown(cell), days=length)
    if year is not None and not first.year <= year <= last.year:
        return fault("answers.period_elsewhere", found=shown(cell), year=year)
    return None


def period_days(cell: str) -> tuple[date, date] | None:
    """The first and the last day of a period like 2023-07-01/2024-06-30; None when it is none."""
    first, _, last = cell.strip().partition("/")
    try:
        days = date.fromisoformat(first.strip()), date.fromisoformat(last.strip())
    except ValueError:
        return None
    return days if all(len(part.strip()) == 10 for part in (first, last)) else None


def is_calendar_year(days: tuple[date, date]) -> bool:
    """Whether a period is one calendar year, so that there is nothing special about it."""
    first, last = days
    return first == date(first.year, 1, 1) and last == date(first.year, 12, 31)
