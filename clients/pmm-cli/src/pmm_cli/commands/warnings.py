"""Look at warnings, and say why the figures are right."""

from typing import Annotated

import typer

from pmm_cli.commands.showing import shown_figures
from pmm_cli.session import Administration, AsJson, CycleCode, Language, open_session


def warnings(
    cycle: CycleCode, administration: Administration = None, language: Language = "en", as_json: AsJson = False
) -> None:
    """List warnings: those that still ask for a reason stand in the way of submitting."""
    session = open_session(as_json, language)
    path = f"{session.submission(cycle, administration)}/warnings"
    found = session.api.get(path, params={"language": language})
    session.output.result(found)
    rows = [
        (
            each["id"],
            each["text"],
            shown_figures(each["figures"]),
            (each["reason"] or {}).get("code"),
            (each["earlier_reason"] or {}).get("text"),
        )
        for each in found["items"]
    ]
    session.output.table(
        session.output.words("Warnings"), ("id", "what", "figures", "reason", "reason given before"), rows
    )
    still_open = sum(each["reason"] is None for each in found["items"])
    session.output.say("{number} of {all} without a reason.", number=still_open, all=len(rows))


def explain(
    cycle: CycleCode,
    warning: Annotated[str, typer.Argument(metavar="WARNING", help="Id, as `pmm warnings` lists it.")],
    code: Annotated[
        str,
        typer.Option(
            help="confirmed, correction, methodology_change, source_change, exceptional_event or other (with --text)."
        ),
    ] = "confirmed",
    text: Annotated[str | None, typer.Option(help="In a sentence, why the figure is right.")] = None,
    administration: Administration = None,
    as_json: AsJson = False,
) -> None:
    """Give the reason for a warning."""
    session = open_session(as_json)
    path = f"{session.submission(cycle, administration)}/warnings"
    reason = {"id": warning, "code": code, **({"text": text} if text else {})}
    found = session.api.ask("PUT", path, body={"reasons": [reason]})
    session.output.result(found, f"Noted for {warning}.")
