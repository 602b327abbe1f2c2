"""How commands show what they found: for people as text and tables, for scripts as one JSON document a result."""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console

from pmm_cli.errors import PmmError, Said
from pmm_cli.french import FRENCH, NO_BREAK
from pmm_cli.tables import NOTHING, print_table

LARGE = 1e9  # from here on an amount is written out


def _console(*, is_errors: bool) -> Console:
    """A console that prints as it is told: `outlier:SHIP:2024` is an id, not a ship."""
    return Console(stderr=is_errors, highlight=False, soft_wrap=True, emoji=False)


@dataclass
class Output:
    """Standard output for results, standard error for everything else."""

    as_json: bool = False
    language: str = "en"
    console: Console = field(default_factory=lambda: _console(is_errors=False))
    errors: Console = field(default_factory=lambda: _console(is_errors=True))

    def words(self, english: str, **named: object) -> str:
        """A text of ours in the language of this command, with what it names; numbers grouped by thousands.

        A text of two forms, as in `{number} row|{number} rows`, is said in the one that its number asks for.
        """
        template = FRENCH.get(english, english) if self.language == "fr" else english
        if "number" in named:
            one, _, several = template.partition("|")
            template = several if several and not self._is_one(named["number"]) else one
        said = {name: self.number(each) if isinstance(each, int) else each for name, each in named.items()}
        return template.format(**said) if named else template

    def told(self, said: Said) -> str:
        """A text with what it names, in the language of this command."""
        return self.words(said.text, **said.named)

    def _is_one(self, number: object) -> bool:
        return number == 1 or (number == 0 and self.language == "fr")

    def number(self, value: int) -> str:
        """A whole number, grouped by thousands."""
        return f"{value:,}".replace(",", "\u202f") if self.language == "fr" else f"{value:,}"

    def result(self, document: Any, text: str | None = None, **named: object) -> None:
        """A result: the document for scripts, the text for people."""
        if self.as_json:
            print_json(document)
        elif text is not None:
            self.say(text, **named)

    def table(self, title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], **named: object) -> None:
        """A table for people; nothing for scripts, which get the document."""
        if self.as_json:
            return
        names, cells = [self.words(column) for column in columns], [tuple(map(self._cell, row)) for row in rows]
        space = NO_BREAK if self.language == "fr" else ""
        print_table(self.console, self.words(title, **named), names, cells, space=space)

    def say(self, text: str, **named: object) -> None:
        """A sentence for people; nothing for scripts, which get the document."""
        if not self.as_json:
            self.console.print(self.words(text, **named), markup=False)

    def note(self, text: str, **named: object) -> None:
        """A word on the way, on standard error; nothing for scripts."""
        if not self.as_json:
            self.errors.print(self.words(text, **named), markup=False)

    def _cell(self, cell: Any) -> str:
        return self.words(spoken(cell)) if isinstance(cell, bool) else spoken(cell)

    def failure(self, error: PmmError) -> None:
        """What went wrong."""
        if self.as_json:
            print_json(error.problem)
            return
        self.errors.print(f"{self.told(error.said)} ({error.code})", markup=False)
        for line in (*error.lines(), *error.advice):
            self.errors.print(self.told(line), markup=False)


def print_json(document: Any) -> None:
    """One JSON document on standard output."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def spoken(cell: Any) -> str:
    """A cell for people: nothing is a dash."""
    if cell is None or cell == "":
        return NOTHING
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return f"{cell:,.15g}" if abs(cell) >= LARGE else f"{cell:,.10g}"
    return str(cell)


def share(value: float | None) -> str | None:
    """A share of 0 to 1 as people say it."""
    return None if value is None else f"{100 * value:.0f} %"


def joined(value: object) -> object:
    """A list as one cell."""
    return ", ".join(str(each) for each in value) if isinstance(value, list) else value
