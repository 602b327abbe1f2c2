"""The audit trail: who did what, and whether it is what was sealed."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from pmm_cli.api import Api
from pmm_cli.chain import CHAIN, Break, verify_checkpoints, verify_entries
from pmm_cli.errors import Exit, usage
from pmm_cli.files import read_bytes, write_file
from pmm_cli.session import Administration, AsJson, Session, open_session

app = typer.Typer(no_args_is_help=True, help="The audit trail: who did what, and whether anybody has changed it since.")
PAGE = 200
LOOKS = 2  # what was sealed while we read is complete at the second look
OwnCycle = Annotated[
    str | None,
    typer.Argument(metavar="CYCLE", help="Cycle of your submission; the secretariat leaves it out, for all."),
]


@app.command("list")
def list_entries(
    cycle: OwnCycle = None,
    most: Annotated[int, typer.Option(min=1, max=PAGE, help="How many, the newest first.")] = 50,
    administration: Administration = None,
    as_json: AsJson = False,
) -> None:
    """List what was done, and by whom, the newest first."""
    session = open_session(as_json)
    found = session.api.get(_path(session, cycle, administration), params={"limit": most})
    session.output.result(found)
    rows = [
        (each["at"], each["actor"], each["action"], each["subject"], _detail(each["detail"])) for each in found["items"]
    ]
    session.output.table("Audit trail", ("at", "who", "what", "about", "details"), rows)
    if found["next"]:
        session.output.note(f"There are more than these {most}: --most {PAGE}, or --json and `next`.")


@app.command()
def verify(
    cycle: OwnCycle = None,
    kept: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Keep checkpoints and keys in this file, and hold the server to what is in it already."
        ),
    ] = None,
    administration: Administration = None,
    as_json: AsJson = False,
) -> None:
    """Download the audit trail and verify it on this machine: says where it is broken, and ends with 1 if it is."""
    session = open_session(as_json)
    before = _read(kept)
    path = _path(session, cycle, administration)
    for _ in range(LOOKS):
        now = _fetch(session.api)
        entries = list(session.api.pages(path, {"limit": PAGE}))
        breaks = now.verify(before, entries, is_whole=cycle is None)
        if not breaks:
            break
    _show(session, now, before, entries, breaks)
    if breaks:
        raise typer.Exit(Exit.REFUSED)
    if kept is not None:
        write_file(kept, json.dumps({"chain": CHAIN, **asdict(now)}, indent=2).encode())


@dataclass(frozen=True)
class Seals:
    """Signed checkpoints, and the public keys that they are verified with."""

    items: list[dict[str, Any]]
    keys: list[dict[str, Any]]

    def verify(self, before: "Seals", entries: list[dict[str, Any]], *, is_whole: bool) -> list[Break]:
        """All breaks, with what was kept before."""
        sealed = [each for each in entries if each["position"]]
        return [
            *verify_checkpoints(self.items, [*before.keys, *self.keys], before.items),
            *verify_entries(sealed, self.items, is_whole=is_whole),
        ]


def _path(session: Session, cycle: str | None, administration: str | None) -> str:
    return "/api/v1/audit" if cycle is None else f"{session.submission(cycle, administration)}/audit"


def _fetch(api: Api) -> Seals:
    keys = api.get("/api/v1/audit/keys")["items"]
    return Seals(list(api.pages("/api/v1/audit/checkpoints", {"limit": PAGE})), keys)


def _read(kept: Path | None) -> Seals:
    if kept is None or not kept.exists():
        return Seals([], [])
    try:
        found = json.loads(read_bytes(kept))
        return Seals(found["items"], found.get("keys", []))
    except (ValueError, KeyError, TypeError):
        raise usage(f"{kept} holds no checkpoints. Name another file, or one that does not exist yet.") from None


def _show(session: Session, now: Seals, before: Seals, entries: list[Any], breaks: list[Break]) -> None:
    new_keys = [each["id"] for each in now.keys if before.keys and each not in before.keys]
    counts = {"entries": len(entries), "checkpoints": len(now.items), "kept": len(before.items), "new_keys": new_keys}
    session.output.result({"is_intact": not breaks, **counts, "breaks": [asdict(each) for each in breaks]})
    for each in breaks:
        session.output.say(each.message)
    for name in new_keys:
        session.output.say(f"The server has a new key since then, {name}: ask the secretariat whether it is theirs.")
    count = session.output.words
    looked = ", ".join(
        (
            count("{number} entry|{number} entries", number=len(entries)),
            count("{number} checkpoint|{number} checkpoints", number=len(now.items)),
            count("{number} kept before", number=len(before.items)),
        )
    )
    session.output.say(f"The audit trail is {'BROKEN' if breaks else 'intact'}: {looked}.")


def _detail(detail: dict[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in detail.items() if not isinstance(value, dict | list))
