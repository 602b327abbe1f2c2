"""Checks one row in full and says everything that is wrong with it; the slow way, for rows that need words."""

from collections.abc import Collection

from service_kit.errors import Finding
from submission_svc.domain.content import CLAIM_STATES, REMOVED, ClaimRowName
from submission_svc.domain.push import cells
from submission_svc.domain.push.rows import ADMINISTRATION, Row, Table
from submission_svc.domain.push.rulebook import Rulebook
from submission_svc.domain.push.taken import Taken
from submission_svc.domain.push.wording import Suggester, shown

ABOUT_KPIS: tuple[ClaimRowName, ...] = (*CLAIM_STATES, REMOVED)
STATES = ("number", "missing", *ABOUT_KPIS)


class RowCheck:
    """Takes rows one at a time: into `taken` when they are good, into the table's findings when they are not."""

    def __init__(
        self, table: Table, rulebook: Rulebook, taken: Taken, *, member: str | None, members: Collection[str]
    ) -> None:
        self._table = table
        self._rulebook = rulebook
        self._taken = taken
        self._member = member
        self._members = members
        self._like_input = Suggester(rulebook.years)
        self._like_kpi = Suggester(rulebook.kpis)
        self._like_member = Suggester(members)
        self._row = 0

    def take(self, row: Row) -> None:
        """Check the row and keep what it says if nothing is wrong."""
        self._row = row.number
        before = len(self._table.findings)
        administration = self._administration(row.administration)
        state = self._state(row.state)
        reason, comment = self._text("reason", row.reason), self._text("comment", row.comment)
        if state in ABOUT_KPIS:
            code = self._kpi(row.code, str(state))
            self._nothing_but_reason(row, str(state), reason)
        else:
            code = self._input(row.code)
            year = self._year(row.year, code)
            value = self._value(row.value, state, code, year)
            self._no_reason(reason)
        if len(self._table.findings) > before:
            return
        if state in ABOUT_KPIS:
            self._keep_claim((administration, code), state, reason or "")
        else:
            self._keep_answer((administration, code, int(year or 0)), value, comment)

    def _find(self, column: str | None, fault: cells.Fault) -> None:
        self._table.find(self._row, column, *fault)

    def _administration(self, cell: object) -> str:
        if self._member is not None:
            return self._member
        fault = cells.code_fault(cell, "administration")
        if fault is None and cell not in self._members:
            message = f"The population of this cycle has no administration {shown(cell)}."
            fault = ("answers.unknown_administration", message, self._like_member(str(cell)))
        if fault:
            self._find(ADMINISTRATION, fault)
        return str(cell)

    def _state(self, cell: object) -> str | None:
        """The state, "number" when it is left out, None when it is wrong."""
        if cell is None or cell == "":
            return "number"
        if isinstance(cell, str) and cell in STATES:
            return cell
        hint = f"Leave it empty for a figure, or write one of {', '.join(STATES[1:])}."
        words = f"There is no state {shown(cell)}." if isinstance(cell, str) else "The state must be text."
        self._find("state", ("answers.unknown_state", words, hint))
        return None

    def _text(self, column: str, cell: object) -> str | None:
        fault = cells.text_fault(cell, column)
        if fault:
            self._find(column, fault)
        return cell.strip() or None if isinstance(cell, str) else None

    def _input(self, cell: object) -> str:
        fault = cells.code_fault(cell, "input")
        if fault is None and cell not in self._rulebook.years:
            fault = self._not_an_input(str(cell))
        if fault:
            self._find("code", fault)
        return str(cell)

    def _not_an_input(self, code: str) -> cells.Fault:
        if code in self._rulebook.kpis:
            return (
                "answers.kpi_not_input",
                f"{code} is a KPI: it is calculated, never pushed.",
                "Push the inputs of its formula, or claim it with state not_applicable or opted_out and a reason.",
            )
        return "answers.unknown_input", f"The framework has no input {shown(code)}.", self._like_input(code)

    def _kpi(self, cell: object, state: str) -> str:
        fault = cells.code_fault(cell, "KPI")
        if fault is None and cell not in self._rulebook.kpis:
            fault = self._not_a_kpi(str(cell), state)
        if fault:
            self._find("code", fault)
        return str(cell)

    def _not_a_kpi(self, code: str, state: str) -> cells.Fault:
        if code in self._rulebook.years:
            what = "only claims about KPIs are taken back" if state == REMOVED else f"{state} can be said of a KPI only"
            return (
                "answers.input_not_kpi",
                f"{code} is an input; {what}.",
                "For an input without figure, write state missing; to leave a KPI out, give the KPI's code.",
            )
        return "answers.unknown_kpi", f"The framework has no KPI {shown(code)}.", self._like_kpi(code)

    def _year(self, cell: object, code: str) -> int | None:
        allowed = self._rulebook.years.get(code)
        year, fault = cells.year_of(cell, code, allowed)
        if fault:
            self._find("year", fault)
        return year

    def _value(self, cell: object, state: str | None, code: str, year: int | None) -> float | None:
        if state == "missing":
            if cell is not None:
                hint = "Leave value empty, or leave state empty if this is the figure."
                self._find("value", ("answers.value_unexpected", "A missing figure has no value.", hint))
            return None
        if state is None and cell is None:
            return None
        value, fault = cells.value_of(cell)
        if value is not None and year is not None:
            fault = cells.rule_fault(value, self._rulebook.rules.get((code, year)))
        if fault:
            self._find("value", fault)
        return value

    def _no_reason(self, reason: str | None) -> None:
        if reason is not None:
            hint = "Write it into comment; reasons are for not_applicable and opted_out."
            self._find("reason", ("answers.reason_unexpected", "A figure has no reason.", hint))

    def _nothing_but_reason(self, row: Row, state: str, reason: str | None) -> None:
        what, hint = "A claim about a KPI", "Leave it empty; say why in reason."
        if state == REMOVED:
            what, hint = "A row that takes a claim back", "Leave it empty: only code and state are needed."
        for column, cell in (("year", row.year), ("value", row.value), ("comment", row.comment)):
            if cell is not None and cell != "":
                self._find(column, (f"answers.{column}_unexpected", f"{what} has no {column}.", hint))
        if state == REMOVED:
            if reason is not None:
                self._find("reason", ("answers.reason_unexpected", f"{what} has no reason.", hint))
        elif reason is None and (row.reason is None or isinstance(row.reason, str)):
            hint = "Say in a sentence why this KPI is left out."
            self._find("reason", ("answers.reason_required", "The reason is missing.", hint))

    def _keep_claim(self, key: tuple[str, str], state: ClaimRowName, reason: str) -> None:
        present = self._taken.claims.setdefault(key, (self._row, state, reason))
        self._compare(present[0], present[1:] == (state, reason), f"the KPI {key[1]}")

    def _keep_answer(self, key: tuple[str, str, int], value: float | None, comment: str | None) -> None:
        state = "missing" if value is None else "number"
        entry = (self._row, state, value, comment)
        present = self._taken.answers.setdefault(key, entry)  # type: ignore[arg-type]  # both states are literals
        self._compare(present[0], present[1:] == entry[1:], f"{key[1]} for {key[2]}")

    def _compare(self, first: int, is_same: bool, what: str) -> None:
        """A second row about the same thing: noted when it agrees, refused when it does not."""
        if first == self._row:
            return
        if is_same:
            message = f"Row {first} says the same of {what}; counted once."
            self._taken.notes.append(Finding("answers.duplicate", message, row=self._row))
        else:
            message = f"This row and row {first} say different things of {what}."
            self._find(None, ("answers.duplicate_disagrees", message, "Keep the right one."))
