"""Who may see what: choose it per KPI, and look with the eyes of others."""

from typing import Annotated, Any

import typer

from pmm_cli.errors import RefusedError, document_of, usage
from pmm_cli.output import Output
from pmm_cli.session import Administration, AsJson, CycleCode, Session, open_session

app = typer.Typer(no_args_is_help=True, help="Disclosure: who may see which KPI.")
Level = Annotated[
    str,
    typer.Argument(
        metavar="LEVEL",
        help="As shipped public (everyone), wco (other members) or restricted (you, the secretariat, your reviewer);"
        " an operator can have others.",
    ),
]

NAMES = {
    "kpis": "{number} KPI|{number} KPIs",
    "inputs": "{number} input|{number} inputs",
    "claims": "{number} claim|{number} claims",
    "comments": "{number} comment|{number} comments",
    "evidence": "{number} file of evidence|{number} files of evidence",
}


@app.command()
def show(cycle: CycleCode, administration: Administration = None, as_json: AsJson = False) -> None:
    """Show the present choice."""
    session = open_session(as_json)
    found = session.api.get(f"{session.submission(cycle, administration)}/disclosure")
    session.output.result(found)
    rows = [*sorted(found["kpis"].items()), ("all others" if found["kpis"] else "all", found["default"])]
    session.output.table("Disclosure", ("KPI", "level"), rows)


@app.command("set")
def choose(
    cycle: CycleCode,
    level: Level,
    kpi: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="For this KPI; may be given many times.")
    ] = None,
    others: Annotated[bool, typer.Option("--others", help="For all KPIs without a level of their own.")] = False,
    administration: Administration = None,
    as_json: AsJson = False,
) -> None:
    """Choose who may see KPIs, at any time. All else stays as it is."""
    if not kpi and not others:
        raise usage("Say what it is for: --kpi CODE, as often as needed, or --others for all without one of their own.")
    session = open_session(as_json)
    path = f"{session.submission(cycle, administration)}/disclosure"
    chosen, headers = _present(session, path)
    chosen["kpis"].update(dict.fromkeys(kpi or (), level))
    if others:
        chosen["default"] = level
    found = session.api.ask("PUT", path, body=chosen, headers=headers)
    what = ", ".join([*(kpi or ()), *(["all others"] if others else [])])
    session.output.result(found, f"Chosen: {level} for {what}.")


def _present(session: Session, path: str) -> tuple[dict[str, Any], dict[str, str]]:
    """The present choice, and headers by which only that one is changed; before any push, the most closed one."""
    try:
        answer = session.api.send("GET", path)
    except RefusedError as refused:
        if refused.code != "submission.not_found":
            raise
        return {"kpis": {}}, {}  # without a default it is the most closed level
    return document_of(answer), {"If-Match": answer.headers["ETag"]}


def seen_by(
    cycle: CycleCode,
    role: Annotated[
        str,
        typer.Argument(metavar="ROLE", help="no_token (everybody), contact_point, system, reviewer_assigned ..."),
    ] = "no_token",
    administration: Administration = None,
    as_json: AsJson = False,
) -> None:
    """Show what others would see of your submission if it were accepted as it is now."""
    session = open_session(as_json)
    path = f"{session.submission(cycle, administration)}/as-seen-by"
    found = session.api.get(path, params={"role": role})
    output = session.output
    output.result(found)
    kpis = [(each["code"], each["state"], each["value"]) for each in found["kpis"]]
    output.table(f"KPIs that {role} would see", ("KPI", "state", "value"), kpis)
    inputs = [(each["code"], each["year"], each["state"], each["value"]) for each in found["inputs"]]
    output.table("Inputs", ("code", "year", "state", "value"), inputs)
    output.say(
        f"Seen as well: {_counts(output, {what: len(found[what]) for what in ('claims', 'comments', 'evidence')})}."
    )
    output.say(f"Hidden: {_counts(output, found['hidden'])}.")


def _counts(output: Output, counts: dict[str, int]) -> str:
    said = [output.words(NAMES[what], number=count) for what, count in counts.items() if count]
    return ", ".join(said) or "nothing"
