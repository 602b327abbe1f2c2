"""Checks single cells; each fault is a code, what is wrong, and what to do."""

from submission_svc.domain.push.numbers import NO_FIGURE_HINT, Unreadable, read_number, read_year
from submission_svc.domain.push.rulebook import Rule
from submission_svc.domain.push.wording import has_unwritable, shown

Fault = tuple[str, str, str | None]
LONGEST_TEXT = 2_000


def code_fault(cell: object, kind: str) -> Fault | None:
    """What is wrong with the form of a code."""
    if cell is None or cell == "":
        return "answers.code_required", f"The code of the {kind} is missing.", "Give it as the framework writes it."
    if not isinstance(cell, str):
        return "answers.code_not_text", f"The code of the {kind} must be text.", "Put it into quotes."
    return None


def text_fault(cell: object, column: str) -> Fault | None:
    """What is wrong with a free text."""
    if cell is None:
        return None
    if not isinstance(cell, str):
        return f"answers.{column}_not_text", f"The {column} must be text.", "Put it into quotes."
    if len(cell) > LONGEST_TEXT:
        message = f"The {column} has {len(cell)} characters."
        return f"answers.{column}_too_long", message, f"Shorten it to {LONGEST_TEXT}."
    if has_unwritable(cell):
        message = f"The {column} has control characters that cannot be kept."
        return f"answers.{column}_unwritable", message, "Type the text again or remove them."
    return None


def year_of(cell: object, code: str, allowed: tuple[int, ...] | None) -> tuple[int | None, Fault | None]:
    """The calendar year, or what is wrong with it; `allowed` is None when the input is unknown."""
    spoken = " or ".join(str(year) for year in allowed or ())
    hint = f"For {code} give {spoken}." if allowed else "Write the calendar year with four digits, like 2024."
    if cell is None:
        return None, ("answers.year_required", "The year is missing.", hint)
    if isinstance(cell, Unreadable):
        return None, (cell.code, cell.message, hint)
    if isinstance(cell, bool) or not isinstance(cell, int):
        looks_right = isinstance(cell, str) and isinstance(read_year(cell.strip()), int)
        advice = f"Write {str(cell).strip()} without quotes." if looks_right else hint
        return None, ("answers.not_a_year", f"{_spelled(cell)} is not a calendar year.", advice)
    if allowed is not None and cell not in allowed:
        return None, ("answers.wrong_year", f"{code} is not asked for {shown(cell)}.", hint)
    return cell, None


def value_of(cell: object) -> tuple[float | None, Fault | None]:
    """The figure, or what is wrong with it."""
    if cell is None:
        return None, ("answers.value_required", "The value is missing.", NO_FIGURE_HINT)
    if isinstance(cell, Unreadable):
        return None, (cell.code, cell.message, cell.hint)
    if isinstance(cell, bool):
        hint = "Write 1 or 0 if the input counts them, else the figure."
        return None, ("answers.not_a_number", f"{_spelled(cell)} is not a number.", hint)
    if isinstance(cell, int | float):
        return float(cell), None
    if isinstance(cell, str):
        return None, _text_instead(cell)
    return None, ("answers.not_a_number", "The value is neither a number nor empty.", "Send one number.")


def rule_fault(value: float, rule: Rule | None) -> Fault | None:
    """What is wrong with a figure by the rules of its input."""
    if rule is None:
        return None
    if value < rule.minimum:
        hint = "Check the figure and its unit."
        return "answers.below_minimum", f"{_plain(value)} is below the minimum, {_plain(rule.minimum)}.", hint
    if value > rule.maximum:
        hint = "Check the figure and its unit."
        return "answers.above_maximum", f"{_plain(value)} is above the maximum, {_plain(rule.maximum)}.", hint
    if rule.is_whole and not value.is_integer():
        return "answers.not_whole", f"{_plain(value)} is not a whole number.", "This input counts things; round it."
    return None


def _text_instead(cell: str) -> Fault:
    read = read_number(cell.strip())
    if isinstance(read, float):
        return "answers.not_a_number", f'"{shown(cell)}" is text, not a number.', f"Send {cell.strip()} without quotes."
    return read.code, read.message, read.hint


def _plain(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _spelled(cell: object) -> str:
    """As JSON writes it."""
    return {True: "true", False: "false"}[cell] if isinstance(cell, bool) else shown(cell)
