"""What was: the answers of a moment, the steps of a submission, what is known of a year, and what has changed."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from pmm_cli.errors import usage
from pmm_cli.session import Administration, AsJson, AsOf, CycleCode, open_session

COLUMNS = ("code", "year", "period", "state", "value", "status", "comment")


def answers(
    cycle: CycleCode, administration: Administration = None, as_of: AsOf = None, as_json: AsJson = False
) -> None:
    """List the answers and claims of a submission, as they are or as they were."""
    session = open_session(as_json)
    found = session.api.get(session.submission(cycle, administration), params={"as_of": as_of})
    session.output.result({"answers": found["answers"], "claims": found["claims"]})
    rows = [tuple(each[column] for column in COLUMNS) for each in found["answers"]]
    session.output.table("Answers", COLUMNS, rows)
    claims = [(each["code"], each["state"], each["reason"], each["decision"]) for each in found["claims"]]
    session.output.table("Claims", ("KPI", "state", "reason", "decision"), claims)


def history(
    cycle: CycleCode,
    year: Annotated[int | None, typer.Option(help="What is known of this calendar year, over all cycles.")] = None,
    as_of: AsOf = None,
    administration: Administration = None,
    as_json: AsJson = False,
) -> None:
    """List the steps of a submission or, with --year, the accepted figures of a calendar year."""
    if as_of and year is None:
        raise usage("--as-of goes with --year. The submission as it was: pmm answers CYCLE --as-of MOMENT")
    session = open_session(as_json)
    path = session.submission(cycle, administration)
    if year is None:
        found = session.api.get(f"{path}/steps")
        session.output.result(found)
        steps = [(each["status"], each["at"], each["reason"]) for each in found["items"]]
        session.output.table("Steps", ("status", "at", "reason"), steps)
        return
    found = session.api.get(f"{path}/history", params={"year": year, "as_of": as_of})
    session.output.result(found)
    columns = (*COLUMNS, "cycle", "accepted_at")
    rows = [tuple(each[column] for column in columns) for each in found["answers"]]
    title = "What was known of {year} on {moment}"
    names = [column.replace("_", " ") for column in columns]
    session.output.table(title, names, rows, year=str(year), moment=found["as_of"])


def difference(cycle: CycleCode, administration: Administration = None, as_json: AsJson = False) -> None:
    """Show what has changed since what was accepted, and since the last return."""
    session = open_session(as_json)
    found = session.api.get(f"{session.submission(cycle, administration)}/difference")
    session.output.result(found)
    for past in ("accepted", "returned"):
        if found[past] is None:
            session.output.say(f"It was never {past}.")
        elif found[past]["nothing_changed"]:
            session.output.say(f"Nothing has changed since it was {past} on {found[past]['since']}.")
        else:
            title = f"Changed since it was {past} on {found[past]['since']}"
            session.output.table(title, ("code", "year", "before", "after"), _changes(found[past]))


def _changes(past: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    for content in (past["answers"], past["claims"]):
        for each in content["changed"]:
            yield each["after"]["code"], each["after"].get("year"), _content(each["before"]), _content(each["after"])
        for each in content["added"]:
            yield each["code"], each.get("year"), None, _content(each)
        for each in content["removed"]:
            yield each["code"], each.get("year"), _content(each), None
    for each in past["evidence"]["added"]:
        yield each["about"], None, None, _file(each)
    for each in past["evidence"]["removed"]:
        yield each["about"], None, _file(each), None
    for each in past["disclosure"]:
        yield each["code"] or "all other KPIs", None, _level(each["before"]), _level(each["after"])


def _content(entry: dict[str, Any]) -> str:
    """An answer or a claim on one line, without what is empty."""
    value = entry.get("value")
    state = entry["state"] if value is None else f"{value:,.15g}"
    return ", ".join(filter(None, (state, *(entry.get(name) for name in ("status", "period", "reason", "comment")))))


def _file(entry: dict[str, Any]) -> str:
    """A file of evidence; its name may be that of another one, its digest is not."""
    return f"file {entry['name']} (sha256 {entry['sha256'][:12]})"


def _level(level: str | None) -> str:
    """Who may see a KPI; one without a level of its own has that of all others."""
    return f"seen by: {level or 'as all other KPIs'}"
