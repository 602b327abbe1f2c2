"""Checks one row in full and says everything that is wrong with it; the slow way, for rows that need words."""

from collections.abc import Collection

from answer_intake import cells
from answer_intake.findings import LOST_CELLS, Parameter, Unreadable
from answer_intake.keeping import Keeper
from answer_intake.numbers import is_fiscal_year, is_spreadsheet_error
from answer_intake.rows import ADMINISTRATION, Row, Table
from answer_intake.rulebook import Rulebook
from answer_intake.showing import shown
from answer_intake.suggesting import Suggester
from answer_intake.taken import NONE, Taken
from answer_intake.words_of_cells import CLAIMS, STATE_WORDS, STATES, STATUSES, is_status, state_of, status_of

NOT_OF_CLAIMS = ("year", "value", "comment", "status", "period")


class RowCheck:
    """Takes rows one at a time: into `taken` when they are good, into the table's findings when they are not."""

    def __init__(
        self, table: Table, rulebook: Rulebook, taken: Taken, *, member: str | None, members: Collection[str]
    ) -> None:
        self._table = table
        self._rulebook = rulebook
        self._keeper = Keeper(table, taken)
        self._member = member
        self._members = members
        self._like_input = Suggester(rulebook.years)
        self._like_kpi = Suggester(rulebook.claims)
        self._like_member = Suggester(members)
        self._like_state = Suggester(STATE_WORDS)
        self._row = 0
        # Rows with errors in their form. Rows of two sheets may have the same number, and differ in its type.
        self.spoiled = {(type(finding.row), finding.row) for finding in table.findings}
        self._lost = {(type(each.row), each.row, each.column) for each in table.findings if each.code in LOST_CELLS}

    def finish(self) -> None:
        """Let go of what rows disagree about, once all rows were taken."""
        self._keeper.drop_disputed()

    def take(self, row: Row) -> None:
        """Check the row and keep what it says if nothing is wrong, also in its form."""
        self._row = row.number
        before = len(self._table.findings)
        administration = self._administration(row.administration)
        state = self._state(row.state)
        reason, comment = self._text("reason", row.reason), self._text("comment", row.comment)
        is_claim = state in CLAIMS or (state == NONE and self._is_about_kpi(row))
        if is_claim:
            code = self._kpi(row.code, str(state))
            self._nothing_but_reason(row, str(state), reason)
        elif state is None and _is_one_of(self._rulebook.claims, row.code):
            return  # a claim was meant, by a state that nobody knows: more cannot be said
        else:
            code = self._input(row.code)
            year = self._year(row.year, code)
            if state == NONE:
                self._nothing(row, "deletion", ("value", "reason", "comment", "status", "period"))
            else:
                value = self._value(row.value, state, code, year)
                status, period = self._qualities(row, state, code, year)
        if (type(row.number), row.number) in self.spoiled or len(self._table.findings) > before:
            return
        if is_claim:
            self._keeper.claim(row.number, (administration, code), state, reason or "")  # type: ignore[arg-type]  # one of CLAIMS or NONE
        elif state == NONE:
            self._keeper.deletion(row.number, (administration, code, int(year or 0)))
        else:
            key = (administration, code, int(year or 0))
            self._keeper.answer(row.number, key, value, (comment, status, reason, period))

    def _find(self, column: str | None, fault: Unreadable | None) -> None:
        if fault is not None and not self._is_lost(column):
            self._table.find(self._row, column, fault.code, fault.parameters)

    def _is_lost(self, column: str | None) -> bool:
        """Whether nobody knows what the cell says, which is told already."""
        return (type(self._row), self._row, self._table.heading(column)) in self._lost

    def _administration(self, cell: object) -> str:
        if self._member is not None:
            return self._member
        fault = cells.code_fault(cell, ADMINISTRATION)
        if fault is None and cell not in self._members:
            fault = self._unknown("answers.unknown_administration", str(cell), self._like_member)
        elif fault is not None and fault.code.endswith("_required") and "NA" in self._members:
            fault = Unreadable(fault.code, {"advice": "na_lost"})
        self._find(ADMINISTRATION, fault)
        return str(cell)

    def _unknown(self, code: str, cell: str, suggester: Suggester) -> Unreadable:
        said: dict[str, Parameter] = {"found": shown(cell)}
        like = suggester(cell)
        if is_spreadsheet_error(cell):
            return Unreadable("answers.mangled_code", {**said, "advice": "mend_formula"})
        if cells.is_mangled(cell):
            if like is not None:
                return Unreadable("answers.mangled_code", {**said, "like": like, "advice": "mangled_from"})
            return Unreadable("answers.mangled_code", said)
        return Unreadable(code, said if like is None else {**said, "like": like, "advice": "did_you_mean"})

    def _state(self, cell: object) -> str | None:
        """The state, "number" when it is left out, None when it is wrong or lost."""
        if cell is None or cell == "":
            return None if self._is_lost("state") else "number"
        state = state_of(cell) if isinstance(cell, str) else None
        if state is None:
            self._find("state", unknown_state(cells.number_free(cell), STATES[1:], self._like_state))
        return state

    def _text(self, column: str, cell: object) -> str | None:
        if cell is None or cell == "":
            return None
        self._find(column, cells.text_fault(cell, column))
        return cell.strip() or None if isinstance(cell, str) else None

    def _is_about_kpi(self, row: Row) -> bool:
        """Whether a row that takes something back is about a KPI: inputs have a year."""
        if _is_one_of(self._rulebook.years, row.code):
            return False
        return _is_one_of(self._rulebook.claims, row.code) or row.year is None or row.year == ""

    def _input(self, cell: object) -> str:
        fault = cells.code_fault(cell)
        if fault is None and cell not in self._rulebook.years:
            code = str(cell)
            if code in self._rulebook.claims:
                fault = cells.fault("answers.kpi_not_input", kpi=code)
            else:
                fault = self._unknown("answers.unknown_input", code, self._like_input)
        self._find("code", fault)
        return str(cell)

    def _kpi(self, cell: object, state: str) -> str:
        fault = cells.code_fault(cell)
        if fault is None:
            code = str(cell)
            allowed = self._rulebook.claims.get(code)
            if allowed is None and code in self._rulebook.years:
                fault = cells.fault("answers.input_not_kpi", input=code, state=state)
            elif allowed is None:
                fault = self._unknown("answers.unknown_kpi", code, self._like_kpi)
            elif state != NONE and state not in allowed:
                advice = "other_claims" if allowed else "no_claims"
                said: dict[str, Parameter] = {"kpi": code, "state": state, "allowed": allowed, "advice": advice}
                self._find("state", Unreadable("answers.claim_not_allowed", said))
        self._find("code", fault)
        return str(cell)

    def _year(self, cell: object, code: str) -> int | None:
        fault = cells.year_fault(cell, code, self._rulebook.years.get(code))
        if fault is not None and fault.parameters.get("advice") == "year_is_fiscal" and self._is_calendar_only(code):
            fault = Unreadable(fault.code, {**fault.parameters, "advice": "year_not_fiscal"})
        self._find("year", fault)
        return cell if fault is None and isinstance(cell, int) else None

    def _value(self, cell: object, state: str | None, code: str, year: int | None) -> float | None:
        if state == "missing":
            if cell is not None and cell != "":
                self._find("value", Unreadable("answers.value_unexpected", {"kind": "missing"}))
            return None
        if state is None and (cell is None or cell == ""):
            return None
        bounds = None if year is None else self._rulebook.rules.get((code, year))
        fault = cells.value_fault(cell, bounds)
        self._find("value", fault)
        return float(cell) if fault is None and isinstance(cell, int | float) else None

    def _qualities(self, row: Row, state: str | None, code: str, year: int | None) -> tuple[str | None, str | None]:
        """The observation status and the period of a figure."""
        if state == "missing":
            self._nothing(row, "missing", ("status", "period"))
            return None, None
        status = period = None
        if row.status is not None and row.status != "":
            if isinstance(row.status, str) and is_status(row.status):
                status = status_of(row.status)
            else:
                said: dict[str, Parameter] = {"found": shown(cells.number_free(row.status)), "statuses": STATUSES}
                self._find("status", Unreadable("answers.unknown_status", said))
        if row.period is not None and row.period != "":
            period = self._period(row.period, code, year)
        return status, period

    def _period(self, cell: object, code: str, year: int | None) -> str | None:
        fault = cells.period_fault(cell, year)
        days = cells.period_days(str(cell))
        if fault is None and days is not None:
            if cells.is_calendar_year(days):
                return None
            if code in self._rulebook.fiscal:
                return f"{days[0].isoformat()}/{days[1].isoformat()}"
        is_fiscal = fault is None if days is not None else is_fiscal_year(str(cell).strip())
        if is_fiscal and self._is_calendar_only(code):
            fault = cells.fault("answers.period_refused", input=code, found=shown(cell))
        self._find("period", fault)
        return None

    def _is_calendar_only(self, code: str) -> bool:
        return code in self._rulebook.years and code not in self._rulebook.fiscal

    def _nothing(self, row: Row, kind: str, columns: tuple[str, ...]) -> None:
        for column in columns:
            cell = getattr(row, column)
            if cell is not None and cell != "" and not (column == "status" and cell == "A"):
                self._find(column, Unreadable(f"answers.{column}_unexpected", {"kind": kind}))

    def _nothing_but_reason(self, row: Row, state: str, reason: str | None) -> None:
        kind = "taking_back" if state == NONE else "claim"
        is_input = _is_one_of(self._rulebook.years, row.code)  # which is told, and has its year by right
        self._nothing(row, kind, ("value", "comment", "status", "period") if is_input else NOT_OF_CLAIMS)
        if state == NONE:
            if reason is not None:
                self._find("reason", Unreadable("answers.reason_unexpected", {"kind": kind}))
        elif reason is None and (row.reason is None or isinstance(row.reason, str)):
            self._find("reason", Unreadable("answers.reason_required"))


def unknown_state(found: object, states: tuple[str, ...], suggester: Suggester, kind: str | None = None) -> Unreadable:
    """That there is no such state, and which one was probably meant; to take something back is suggested to nobody."""
    said: dict[str, Parameter] = {"found": shown(found), "states": states}
    like = state_of(suggester(str(found)) or "")
    if kind is not None:
        said["kind"] = kind
    if like in ("number", *states) and like != NONE:
        said |= {"like": like, "advice": "did_you_mean"}
    return Unreadable("answers.unknown_state", said)


def _is_one_of(codes: Collection[str], cell: object) -> bool:
    return isinstance(cell, str) and cell in codes
