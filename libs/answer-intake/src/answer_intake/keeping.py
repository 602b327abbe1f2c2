"""Keeps what good rows say, each thing once: rows that repeat another are noted, rows that gainsay it refused."""

from answer_intake.findings import Parameter
from answer_intake.rows import Table
from answer_intake.taken import AnswerEntry, AnswerKey, ClaimKey, ClaimState, Taken

Details = tuple[str | None, str | None, str | None, str | None]  # comment, status, reason, period


class Keeper:
    """Fills `taken`, and tells in the table what stood there before."""

    def __init__(self, table: Table, taken: Taken) -> None:
        self._table = table
        self._taken = taken
        self._disputed: list[AnswerKey | ClaimKey] = []

    def drop_disputed(self) -> None:
        """Let go of what rows disagree about: none of them is known to be the right one."""
        for key in self._disputed:
            if len(key) == 3:
                self._taken.answers.pop(key, None)
                self._taken.deleted.pop(key, None)
            else:
                self._taken.claims.pop(key, None)

    def answer(self, row: int, key: AnswerKey, value: float | None, details: Details) -> None:
        """Keep a figure, or that it is missing."""
        if key in self._taken.deleted:
            self._compare(key, row, self._taken.deleted[key], False)
            return
        entry = AnswerEntry(row, "missing" if value is None else "number", value, *details)
        present = self._taken.answers.setdefault(key, entry)
        self._compare(key, row, present.row, present[1:] == entry[1:])
        if present is entry and entry.period is not None:
            said: dict[str, Parameter] = {"input": key[1], "year": key[2], "period": entry.period}
            self._table.find(row, "period", "answers.fiscal_period", said)

    def deletion(self, row: int, key: AnswerKey) -> None:
        """Keep that an answer is to go."""
        if key in self._taken.answers:
            self._compare(key, row, self._taken.answers[key].row, False)
        else:
            self._compare(key, row, self._taken.deleted.setdefault(key, row), True)

    def claim(self, row: int, key: ClaimKey, state: ClaimState, reason: str) -> None:
        """Keep a claim, or that it is taken back."""
        present = self._taken.claims.setdefault(key, (row, state, reason))
        self._compare(key, row, present[0], present[1:] == (state, reason))

    def _compare(self, key: AnswerKey | ClaimKey, row: int, first: int, is_same: bool) -> None:
        is_same_sheet = type(first) is type(row)
        if first == row and is_same_sheet:
            return
        about: dict[str, Parameter] = {"year": key[2]} if len(key) == 3 else {"kind": "kpi"}
        said = {"input": key[1], **about, "first": first if is_same_sheet else self._table.told(first)}
        if is_same:
            self._table.find(row, None, "answers.duplicate", said)
        else:
            self._disputed.append(key)
            self._table.find(row, None, "answers.duplicate_disagrees", said)
