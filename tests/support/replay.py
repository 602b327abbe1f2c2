"""What a submission must hold by the rules alone: the audit trail gives the order, this applies it in memory."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]
EDITABLE = {"draft", "returned", "withdrawn"}
ALLOWED = {
    "submission.submitted": ("submitted", EDITABLE),
    "submission.accepted": ("accepted", {"submitted"}),
    "submission.returned": ("returned", {"submitted", "accepted"}),
    "submission.withdrawn": ("withdrawn", {"submitted", "accepted"}),
}
KPI_STATES = {"not_applicable", "opted_out"}


@dataclass(frozen=True)
class Entry:
    """One line of the audit trail of a submission."""

    action: str
    detail: dict[str, Any]


@dataclass
class Replayed:
    """A submission as the rules say it is."""

    status: str = "draft"
    revision: int = 0
    answers: dict[tuple[str, int], tuple[float | None, str | None]] = field(default_factory=dict)
    claims: dict[str, tuple[str, str]] = field(default_factory=dict)
    disclosure: dict[str, Any] = field(default_factory=lambda: {"default": "restricted", "kpis": {}})
    accepted_figures: set[float] = field(default_factory=set)

    def apply(self, entry: Entry, bodies: Mapping[str, list[Row]]) -> None:
        """Do what the entry says was done; an assertion fails where the rules forbid it."""
        if entry.action == "answers.pushed":
            assert self.status in EDITABLE, f"pushed while {self.status}"
            counts = self.push(bodies[entry.detail["body_digest"]])
            assert {name: entry.detail[name] for name in counts} == counts
        elif entry.action == "disclosure.changed":
            assert entry.detail["disclosure"]["before"] == self.disclosure
            self.disclosure = entry.detail["disclosure"]["after"]
            self.revision += self.status not in EDITABLE
        else:
            self.status, before = self._step(entry)
            assert before, f"{entry.action} is not possible now"
            self.revision += 1
        if self.status == "accepted":
            self.accepted_figures |= {value for value, _ in self.answers.values() if value is not None}

    def _step(self, entry: Entry) -> tuple[str, bool]:
        status, before = ALLOWED[entry.action]
        return status, self.status in before

    def push(self, rows: list[Row]) -> dict[str, int]:
        """Merge the rows; how many answers and claims are new, other and gone."""
        counts = {"created": 0, "updated": 0, "removed": 0}
        for row in rows:
            holder, key, value = self._place(row)
            if value is None:
                counts["removed"] += holder.pop(key, None) is not None
            elif key not in holder:
                counts["created"] += 1
            elif holder[key] != value:
                counts["updated"] += 1
            if value is not None:
                holder[key] = value
        return counts

    def _place(self, row: Row) -> tuple[dict[Any, Any], Any, Any]:
        state, code = row.get("state"), row["code"]
        if "year" in row:
            return (
                self.answers,
                (code, row["year"]),
                None if state == "none" else (row.get("value"), row.get("comment")),
            )
        return self.claims, code, (state, row["reason"]) if state in KPI_STATES else None

    def as_read(self) -> dict[str, Any]:
        """What reading the submission must say of its content."""
        return {
            "status": self.status,
            "revision": self.revision,
            "answers": {key: list(self.answers[key]) for key in self.answers},
            "claims": {key: list(self.claims[key]) for key in self.claims},
            "disclosure": self.disclosure,
        }
