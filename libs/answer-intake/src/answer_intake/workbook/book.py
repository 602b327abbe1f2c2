"""Opens a workbook: its sheets by name and in their order, and what their cells refer to."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from answer_intake.findings import UnreadableError
from answer_intake.showing import shown
from answer_intake.workbook.cells import Merged
from answer_intake.workbook.guards import WORKBOOK_PART, opened
from answer_intake.workbook.parts import Attributes, attribute, read_part, related
from answer_intake.workbook.sheet import SheetRow, Texts, sheet_rows
from answer_intake.workbook.strings import shared_strings
from answer_intake.workbook.styles import looks

MOST_SHEETS = 200


@dataclass(frozen=True)
class Sheet:
    """A sheet of cells; charts and dialogues are none."""

    name: str
    is_hidden: bool
    part: str


class Book:
    """A workbook that has passed the guards.

    Raises:
        UnreadableError: see `guards.opened`; or it has no sheet at all, or far too many.
    """

    def __init__(self, body: bytes) -> None:
        self._archive = opened(body)
        self._related = related(self._archive, WORKBOOK_PART)
        self._from_1904 = False
        self._merged: dict[str, list[Merged]] = {}
        self.sheets = self._sheets()

    def rows(self, sheet: Sheet) -> Iterator[SheetRow]:
        """The rows of a sheet that are not empty, in a stream."""
        merged = self._merged[sheet.name] = []
        return sheet_rows(self._archive, sheet.part, self._texts, merged)

    def merged(self, sheet: Sheet) -> list[Merged]:
        """The merged ranges of a sheet whose rows have been read to the end."""
        return self._merged.get(sheet.name, [])

    @cached_property
    def _texts(self) -> Texts:
        strings, styles = self._part_of("sharedStrings"), self._part_of("styles")
        return Texts(shared_strings(self._archive, strings), looks(self._archive, styles), self._from_1904)

    def _part_of(self, kind: str) -> str:
        return next((part for found, part in self._related.values() if found == kind), f"xl/{kind}.xml")

    def _sheets(self) -> list[Sheet]:
        found: list[Sheet] = []

        def start(name: str, attributes: Attributes) -> None:
            if name == "workbookPr":
                self._from_1904 = attribute(attributes, "date1904") in ("1", "true")
            elif name == "sheet":
                kind, part = self._related.get(_reference(attributes), ("", ""))
                if part in {each.part for each in found}:  # a small file would be as large as it likes
                    raise UnreadableError("workbook.damaged", {"part": shown(part)})
                if kind == "worksheet" and part in self._archive.NameToInfo:
                    is_hidden = (attribute(attributes, "state") or "visible") != "visible"
                    found.append(Sheet(attribute(attributes, "name") or "", is_hidden, part))

        read_part(self._archive, WORKBOOK_PART, start)
        if not found:
            raise UnreadableError("workbook.no_sheet")
        if len(found) > MOST_SHEETS:
            raise UnreadableError("workbook.too_many_parts", {"most": MOST_SHEETS})
        return found


def _reference(attributes: Attributes) -> str:
    """The id of the relationship; `sheetId` is another thing."""
    return attribute(attributes, "id") or ""
