"""What a template says of itself in its hidden sheet, so that it is taken only where it belongs."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from answer_intake.findings import UnreadableError
from answer_intake.showing import shown
from answer_intake.workbook.cells import Cell
from answer_intake.workbook.sheet import SheetRow

FACTS_SHEET = "openpmm"
TEMPLATE_FORM = "openpmm.template/1"
_MOST_ROWS = 50


class TemplateFacts(NamedTuple):
    """Which cycle, administration and framework version a template was made for; None: not said."""

    cycle: str | None = None
    administration: str | None = None
    framework: str | None = None
    version: str | None = None
    digest: str | None = None
    language: str | None = None


def facts_in(rows: Iterable[SheetRow]) -> TemplateFacts | None:
    """The facts in the rows of a hidden sheet; None when they are not ours.

    Raises:
        UnreadableError: `workbook.newer_template` when they are of a form that this version does not know.
    """
    said: dict[str, str] = {}
    for row in rows:
        said[_text(row.cells, 1)] = _text(row.cells, 2)
        if len(said) > _MOST_ROWS:
            return None
    form = said.get("form", "")
    if form != TEMPLATE_FORM:
        if form.startswith("openpmm.template/"):
            raise UnreadableError("workbook.newer_template", {"found": shown(form), "expected": TEMPLATE_FORM})
        return None
    return TemplateFacts(*(said.get(name) for name in TemplateFacts._fields))


def refuse_other(found: TemplateFacts | None, expected: TemplateFacts) -> None:
    """Refuse a template that was made for something else; what either side does not say is not compared.

    Raises:
        UnreadableError: `workbook.other_administration`, `workbook.other_cycle`, `workbook.other_framework`.
    """
    if found is None:
        return
    for name in ("administration", "cycle"):
        _refuse(f"workbook.other_{name}", getattr(found, name), getattr(expected, name))
    _refuse("workbook.other_framework", _version(found), _version(expected))
    if found.digest and expected.digest and found.digest != expected.digest:
        parameters = {"found": found.digest[:15], "expected": expected.digest[:15]}
        raise UnreadableError("workbook.other_framework", parameters)


def written(facts: TemplateFacts) -> Mapping[str, str]:
    """What stands in the hidden sheet, in its order."""
    return {"form": TEMPLATE_FORM, **{name: value or "" for name, value in facts._asdict().items()}}


def _refuse(code: str, found: str | None, expected: str | None) -> None:
    if found and expected and found != expected:
        raise UnreadableError(code, {"found": shown(found), "expected": expected})


def _version(facts: TemplateFacts) -> str | None:
    return f"{facts.framework} {facts.version}" if facts.framework and facts.version else None


def _text(cells: dict[int, Cell], column: int) -> str:
    value = cells.get(column)
    return value.strip() if isinstance(value, str) else ""
