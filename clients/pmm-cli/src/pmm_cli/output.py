"""How commands show what they found: for people as text and tables, for scripts as one JSON document a result."""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pmm_cli.errors import PmmError


def _console(*, is_errors: bool) -> Console:
    """A console that prints as it is told: `outlier:SHIP:2024` is an id, not a ship."""
    return Console(stderr=is_errors, highlight=False, soft_wrap=True, emoji=False)


@dataclass
class Output:
    """Standard output for results, standard error for everything else."""

    as_json: bool = False
    console: Console = field(default_factory=lambda: _console(is_errors=False))
    errors: Console = field(default_factory=lambda: _console(is_errors=True))

    def result(self, document: Any, text: str | None = None) -> None:
        """A result: the document for scripts, the text for people."""
        if self.as_json:
            print_json(document)
        elif text is not None:
            self.say(text)

    def table(self, title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """A table for people; nothing for scripts, which get the document."""
        if self.as_json:
            return
        table = Table(title=title, title_justify="left")
        for place, column in enumerate(columns):
            table.add_column(column, no_wrap=place == 0, overflow="fold")  # codes and ids are copied: never cut
        for row in rows:
            table.add_row(*(escape(spoken(cell)) for cell in row))
        self.console.print(table)

    def say(self, text: str) -> None:
        """A sentence for people; nothing for scripts, which get the document."""
        if not self.as_json:
            self.console.print(text, markup=False)

    def note(self, text: str) -> None:
        """A word on the way, on standard error; nothing for scripts."""
        if not self.as_json:
            self.errors.print(text, markup=False)

    def failure(self, error: PmmError) -> None:
        """What went wrong."""
        if self.as_json:
            print_json(error.problem)
            return
        self.errors.print(f"{error} ({error.code})", markup=False)
        for line in (*error.lines(), *error.advice):
            self.errors.print(line, markup=False)


def print_json(document: Any) -> None:
    """One JSON document on standard output."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def spoken(cell: Any) -> str:
    """A cell for people: nothing is a dash."""
    if cell is None or cell == "":
        return "-"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return f"{cell:,.10g}" if isinstance(cell, float) else str(cell)


def share(value: float | None) -> str | None:
    """A share of 0 to 1 as people say it."""
    return None if value is None else f"{100 * value:.0f} %"


def joined(value: object) -> object:
    """A list as one cell."""
    return ", ".join(str(each) for each in value) if isinstance(value, list) else value
