"""Watch score events as they come; the stream goes on where it broke off."""

import json
import time
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from pmm_cli.api import Api
from pmm_cli.errors import Exit, RefusedError, UnreachableError
from pmm_cli.session import AsJson, open_session

PAUSE_SECONDS = 3.0


def watch(
    cycle: Annotated[str | None, typer.Option("--cycle", "-c", help="Only events of this cycle.")] = None,
    after: Annotated[
        str | None, typer.Option(help="Go on after the event with this id; else from the first one.")
    ] = None,
    administration: Annotated[
        str | None, typer.Option("--administration", "-a", metavar="CODE", help="Only events of this administration.")
    ] = None,
    first: Annotated[int | None, typer.Option("--first", help="End after so many events.")] = None,
    as_json: AsJson = False,
) -> None:
    """Print score events, from the first one on, until Ctrl-C. With --json one JSON document a line."""
    session = open_session(as_json)
    seen = 0
    for position, event in events(session.api, after):
        data = event.get("data", {})
        if cycle not in (None, data.get("cycle")) or administration not in (None, data.get("administration")):
            continue
        if as_json:
            typer.echo(json.dumps({"id": position, **event}, ensure_ascii=False))
        else:
            typer.echo(_line(position, event))
        seen += 1
        if seen == first:
            return


def events(api: Api, after: str | None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Positions and events, for ever; a stream that ends or breaks is taken up again after the last position.

    Raises:
        PmmError: the server refuses, also with a new token.
    """
    position = after
    is_second_refusal = False
    while True:
        try:
            headers = {"Last-Event-ID": position} if position else {}
            with api.stream("/api/v1/events/stream", headers, {}) as response:
                for found, event in _messages(response.iter_lines()):
                    position, is_second_refusal = found, False
                    yield found, event
        except UnreachableError:
            pass
        except RefusedError as refused:
            is_expired = refused.status == 401 and not is_second_refusal
            if refused.exit_code is not Exit.UNAVAILABLE and not is_expired:
                raise
            is_second_refusal = refused.status == 401
            api.tokens.forget()
        time.sleep(PAUSE_SECONDS)


def _messages(lines: Iterator[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Server-sent events: `id` and `data` lines up to an empty line."""
    position, data = "", []
    for line in lines:
        if line.startswith("id:"):
            position = line[3:].strip()
        elif line.startswith("data:"):
            data.append(line[5:].strip())
        elif not line and data:
            yield position, json.loads("\n".join(data))
            data = []


def _line(position: str, event: dict[str, Any]) -> str:
    data = event.get("data", {})
    who, cycle, score = (data.get(name) for name in ("administration", "cycle", "score"))
    top: dict[str, Any] = next((node for node in data.get("nodes", ()) if node.get("parent") is None), {})
    shown = f"  {top['code']} {top['state']}" if score is None and top else ""
    shown = shown if score is None else f"  score {score:g}"
    return f"{position}  {event.get('time', '')}  {event.get('type', '')}  {cycle or '-'}  {who or '-'}{shown}"
