"""Problems of a document: what, where in the file, and what to do; a rejection carries all of them."""

from dataclasses import dataclass
from typing import Literal

Location = tuple[str | int, ...]
Gravity = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Finding:
    """Something wrong at a place of the document, before its line is known."""

    location: Location
    code: str
    message: str
    severity: Gravity = "error"


@dataclass(frozen=True)
class Problem:
    """Something wrong: its path in the document, and its line and column in the file (from 1; None without file).

    An error keeps a document from being published; a warning does not.
    """

    code: str
    path: str
    line: int | None
    column: int | None
    message: str
    severity: Gravity = "error"

    def __str__(self) -> str:
        place = f"line {self.line}, column {self.column}: " if self.line is not None else ""
        return f"{place}{self.path}: {self.message} [{self.code}]"


class FrameworkRejectedError(ValueError):
    """A document that is not a framework; `problems` has everything that is wrong with it, in file order."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def path_text(location: Location) -> str:
    """Write a location as a reader would: root.children[2].scoring.lower; the document itself is "$"."""
    text = ""
    for part in location:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text or "$"
