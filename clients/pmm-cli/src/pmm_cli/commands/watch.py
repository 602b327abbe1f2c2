"""Watch score events as they come; the stream goes on where it broke off."""

import json
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from pmm_cli.api import Api
from pmm_cli.errors import Exit, PmmError, RefusedError
from pmm_cli.session import AsJson, Session, open_session

PAUSE_SECONDS = 3.0
ASKED_TO_WAIT = "The server asks to wait ({why}); trying again until it comes back."
BROKE_OFF = "The stream broke off; trying again until it comes back."
END = "end"  # the server's own word that the token has expired, or the time is up


def watch(
    cycle: Annotated[str | None, typer.Option("--cycle", "-c", help="Only events of this cycle.")] = None,
    after: Annotated[
        str | None, typer.Option(metavar="ID", help="Go on after the event with this id; else from the first one.")
    ] = None,
    administration: Annotated[
        str | None, typer.Option("--administration", "-a", metavar="CODE", help="Only events of this administration.")
    ] = None,
    first: Annotated[int | None, typer.Option("--first", min=1, help="End after so many events.")] = None,
    as_json: AsJson = False,
) -> None:
    """Print events about scores, from the first one on, until Ctrl-C. With --json, one JSON document a line."""
    session = open_session(as_json)
    if cycle is not None:
        _require(session, cycle, administration)
    seen = 0
    for position, event in events(session.api, after, cycle):
        data = event.get("data", {})
        if administration not in (None, data.get("administration")):
            continue
        typer.echo(json.dumps({"id": position, **event}, ensure_ascii=False) if as_json else _line(position, event))
        seen += 1
        if seen == first:
            return


def events(api: Api, after: str | None, cycle: str | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Positions and events, for ever; a stream that ends or breaks is taken up again after the last position.

    Raises:
        PmmError: the server refuses, also with a new token; or it has never answered.
    """
    position = after
    line = _Line(api)
    while True:
        try:
            headers = {"Last-Event-ID": position} if position else {}
            with api.stream("/api/v1/events/stream", headers, {"cycle": cycle}) as response:
                line.is_up()
                for found, event in _messages(response.iter_lines()):
                    position = found
                    yield found, event
        except PmmError as error:
            line.bear(error)
        api.sleep(PAUSE_SECONDS)


class _Line:
    """The connection to the stream: what is borne when it breaks, and told once."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._was_up = self._is_told = self._is_refused = False

    def is_up(self) -> None:
        """The stream has begun."""
        self._was_up, self._is_told, self._is_refused = True, False, False

    def bear(self, error: PmmError) -> None:
        """Go on after what passes; raise anything else."""
        status = error.status if isinstance(error, RefusedError) else None
        if status == 401 and not self._is_refused:
            self._is_refused = True
            self._api.tokens.forget()  # it may have expired on the way
            return
        if error.exit_code is not Exit.UNAVAILABLE or not (self._was_up or status):
            raise error
        if not self._is_told:
            self._is_told = True
            self._api.tell(ASKED_TO_WAIT if status else BROKE_OFF, why=str(status))


def _require(session: Session, cycle: str, administration: str | None) -> None:
    """Refuse a cycle or an administration that there is not, of which no event would ever come."""
    population = session.api.get(f"/api/v1/cycles/{cycle}")["population"]
    if administration is not None:
        session.api.get(f"/api/v1/populations/{population}/administrations/{administration}")


def _messages(lines: Iterator[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Server-sent events: `event`, `id` and `data` lines up to an empty line."""
    position, kind, data = "", "", []
    for line in lines:
        if line.startswith("id:"):
            position = line[3:].strip()
        elif line.startswith("event:"):
            kind = line[6:].strip()
        elif line.startswith("data:"):
            data.append(line[5:].strip())
        elif not line:
            if data and kind != END:
                yield position, json.loads("\n".join(data))
            kind, data = "", []


def _line(position: str, event: dict[str, Any]) -> str:
    data = event.get("data", {})
    who, cycle, score = (data.get(name) for name in ("administration", "cycle", "score"))
    top: dict[str, Any] = next((node for node in data.get("nodes", ()) if node.get("parent") is None), {})
    shown = f"  {top['code']} {top['state']}" if score is None and top else ""
    shown = shown if score is None else f"  score {score:g}"
    return f"{position}  {event.get('time', '')}  {event.get('type', '')}  {cycle or '-'}  {who or '-'}{shown}"
