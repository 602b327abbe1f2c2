"""Threads of review: what the secretariat and the member say to each other about a submission."""

from typing import Annotated, Any

import typer

from pmm_cli.errors import Exit, PmmError, usage
from pmm_cli.session import Administration, AsJson, CycleCode, Session, open_session

app = typer.Typer(no_args_is_help=True, help="Threads of review: questions of the secretariat, and your answers.")
ThreadId = Annotated[str, typer.Argument(metavar="THREAD", help="Id of the thread, as `pmm threads list` tells it.")]
Text = Annotated[str, typer.Argument(metavar="TEXT", help="What is to be said.")]


@app.command("list")
def list_threads(cycle: CycleCode, administration: Administration = None, as_json: AsJson = False) -> None:
    """List the threads of a submission with all comments."""
    session = open_session(as_json)
    found = session.api.get(f"{session.submission(cycle, administration)}/threads")
    session.output.result(found)
    rows = [(each["id"], each["status"], _about(each["about"]), _comments(each)) for each in found["items"]]
    session.output.table("Threads, {open} open", ("id", "status", "about", "comments"), rows, open=found["open"])


@app.command("open")
def open_thread(
    cycle: CycleCode,
    text: Text,
    kpi: Annotated[str | None, typer.Option(metavar="CODE", help="KPI that it is about.")] = None,
    code: Annotated[str | None, typer.Option("--input", metavar="CODE", help="Input that it is about.")] = None,
    administration: Administration = None,
    as_json: AsJson = False,
) -> None:
    """Open a thread about a KPI, an input or, without either, the whole submission. For contact points."""
    if kpi and code:
        raise usage("A thread is about one thing: give --kpi or --input, not both.")
    kind = "kpi" if kpi else "input" if code else "submission"
    about = {"kind": kind, **({"code": kpi or code} if kpi or code else {})}
    session = open_session(as_json)
    found = _once(session, f"{session.submission(cycle, administration)}/threads", {"about": about, "text": text})
    session.output.result(found, f"Opened the thread {found['id']}.")


@app.command()
def comment(
    cycle: CycleCode, thread: ThreadId, text: Text, administration: Administration = None, as_json: AsJson = False
) -> None:
    """Comment on an open thread. For contact points."""
    session = open_session(as_json)
    path = f"{session.submission(cycle, administration)}/threads/{thread}/comments"
    session.output.result(_once(session, path, {"text": text}), "Noted.")


@app.command()
def resolve(cycle: CycleCode, thread: ThreadId, administration: Administration = None, as_json: AsJson = False) -> None:
    """Say that a thread is settled. For contact points."""
    _settle("resolve", cycle, thread, administration, as_json)


@app.command()
def reopen(cycle: CycleCode, thread: ThreadId, administration: Administration = None, as_json: AsJson = False) -> None:
    """Say that a thread is not settled after all. For contact points."""
    _settle("reopen", cycle, thread, administration, as_json)


def _settle(step: str, cycle: str, thread: str, administration: str | None, as_json: bool) -> None:
    session = open_session(as_json)
    found = session.api.ask("POST", f"{session.submission(cycle, administration)}/threads/{thread}/{step}")
    session.output.result(found, f"The thread is {found['status']}.")


def _once(session: Session, path: str, body: dict[str, Any]) -> Any:
    """Say something that would stand there twice if it were sent twice."""
    try:
        return session.api.ask("POST", path, body=body, attempts=1)
    except PmmError as error:
        if error.exit_code is Exit.UNAVAILABLE:
            error.advise("Whether it has arrived is not known: look with `pmm threads list` before you say it again.")
        raise


def _about(about: dict[str, Any]) -> str:
    return f"{about['kind']} {about['code'] or ''}".strip()


def _comments(thread: dict[str, Any]) -> str:
    return "\n".join(f"{each['at'][:16]} {each['by']}: {each['text']}" for each in thread["comments"])
