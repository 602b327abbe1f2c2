"""Tables for people: as columns where they can be read side by side, else as one block a row."""

from collections.abc import Iterable, Iterator, Sequence
from textwrap import TextWrapper

from rich.console import Console
from rich.markup import escape
from rich.measure import Measurement
from rich.table import Table

NOTHING = "-"
READABLE = 12  # text in a narrower column is a stack of pieces
NO_LIMIT = 10_000
INDENT = "  "
Rows = list[tuple[str, ...]]


def print_table(console: Console, title: str, columns: Sequence[str], rows: Rows, *, space: str = "") -> None:
    """Print all that holds anything; the first column has codes and ids, which are copied and never cut.

    `space` is what the language puts before a colon.
    """
    kept = [place for place in range(len(columns)) if not place or _says_anything(place, rows)]
    names, held = [columns[place] for place in kept], [tuple(row[place] for place in kept) for row in rows]
    table = _table(title, names, held)
    limitless = console.options.update(max_width=NO_LIMIT)
    if not held or Measurement.get(console, limitless, table).minimum <= console.width:
        console.print(table)
        return
    for line in _blocks(title, names, held, console.width, space):
        console.print(line, markup=False)


def _says_anything(place: int, rows: Rows) -> bool:
    return not rows or any(row[place] != NOTHING for row in rows)


def _table(title: str, columns: Sequence[str], rows: Rows) -> Table:
    table = Table(title=escape(title), title_justify="left")
    for place, column in enumerate(columns):
        longest = max((len(line) for row in rows for line in row[place].splitlines()), default=0)
        table.add_column(column, no_wrap=place == 0, overflow="fold", min_width=min(longest, READABLE))
    for row in rows:
        table.add_row(*map(escape, row))
    return table


def _blocks(title: str, columns: Sequence[str], rows: Rows, width: int, space: str) -> Iterator[str]:
    yield title
    for first, *cells in rows:
        yield first
        named = [
            f"{name}{space}: {cell}" if name else cell
            for name, cell in zip(columns[1:], cells, strict=True)
            if cell != NOTHING
        ]
        for line in _packed(named, width - len(INDENT)):
            first_line, *others = line.splitlines()
            yield _indented(first_line, width, INDENT)
            yield from (_indented(each, width, 2 * INDENT) for each in others)


def _packed(parts: Iterable[str], width: int) -> Iterator[str]:
    """As many parts on a line as there is room for; one of several lines has its own."""
    line = ""
    for part in parts:
        longer = f"{line}; {part}" if line else part
        if line and ("\n" in longer or len(longer) > width):
            yield line
            longer = part
        line = longer
    if line:
        yield line


def _indented(line: str, width: int, indent: str) -> str:
    """A line below its row; words are not cut, because they may be ids."""
    wrapper = TextWrapper(width, indent, 2 * INDENT, break_long_words=False, break_on_hyphens=False)
    return wrapper.fill(line)
