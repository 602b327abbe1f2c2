"""Look: cycles, the state of a submission, scores."""

from typing import Annotated, Any

import typer

from answer_intake.rulebook import Rulebook
from pmm_cli.commands.showing import show_nodes, shown_score
from pmm_cli.output import Output, joined, share
from pmm_cli.rules import rules_of
from pmm_cli.session import Administration, AsJson, CycleCode, Language, open_session


def cycles(as_json: AsJson = False, language: Language = "en") -> None:
    """List the cycles that you may see, the latest first."""
    session = open_session(as_json, language)
    output = session.output
    found = session.api.get("/api/v1/cycles")
    output.result(found)
    rows = [
        (each["code"], _text(each["name"], language), _state(output, each), each["reporting_year"], each["deadline"])
        for each in found["items"]
    ]
    output.table("Cycles", ("code", "name", "state", "year", "closes on"), rows)


def inputs(cycle: CycleCode, as_json: AsJson = False, language: Language = "en") -> None:
    """List what a cycle asks for: inputs with years, unit and bounds, and the KPIs that are calculated from them."""
    session = open_session(as_json, language)
    rules = rules_of(session, cycle)
    years = Rulebook.of(rules.pack, rules.reporting_year).years
    found = [
        {
            "code": item.code,
            "years": list(years[item.code]),
            "unit": item.unit,
            "type": item.type,
            "minimum": item.minimum,
            "maximum": item.maximum,
            "fiscal_year": item.fiscal_year == "allowed",
            "name": _text(rules.names[item.code], language),
        }
        for item in rules.pack.inputs
    ]
    kpis = [{"code": item.code, "claims": list(item.claims), "formula": item.formula} for item in rules.pack.kpis]
    session.output.result({"items": found, "kpis": kpis})
    columns = ("code", "name", "years", "type", "unit", "minimum", "maximum", "fiscal_year")
    rows = [tuple(joined(each[column]) for column in columns) for each in found]
    session.output.table("Inputs of {cycle}", [column.replace("_", " ") for column in columns], rows, cycle=cycle)
    asked = [(each["code"], joined(each["claims"]), each["formula"]) for each in kpis]
    session.output.table(
        session.output.words("KPIs, calculated from them"), ("code", "claims that may be made", "formula"), asked
    )


def status(cycle: CycleCode, administration: Administration = None, as_json: AsJson = False) -> None:
    """Say how far a submission is."""
    session = open_session(as_json)
    found = session.api.get(session.submission(cycle, administration))
    shown = {key: value for key, value in found.items() if key not in ("answers", "claims", "disclosure")}
    session.output.result(shown)
    flat = {**shown, **{f"{key} held": value for key, value in shown.pop("counts", {}).items()}}
    rows = [(key.replace("_", " "), value) for key, value in flat.items() if not isinstance(value, dict | list)]
    session.output.table(f"{found['administration']} in {cycle}", ("", ""), rows)


def scores(
    cycle: CycleCode,
    administration: Administration = None,
    everyone: Annotated[bool, typer.Option("--all", help="Everybody who discloses a score to you.")] = False,
    preview: Annotated[bool, typer.Option(help="What is submitted and not accepted yet.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show scores: of one administration, the index and its parts; or, with --all, of all."""
    session = open_session(as_json)
    if everyone:
        found = session.api.get(f"/api/v1/scores/{cycle}")
        session.output.result(found)
        rows = [
            (each["administration"], shown_score(each["score"]), each["band"], share(each["coverage"]))
            for each in found["items"]
        ]
        session.output.table(f"Scores of {cycle}", ("administration", "score", "band", "coverage"), rows)
        return
    path = f"/api/v1/scores/{cycle}/{session.administration(administration)}"
    found = session.api.get(f"{path}/preview" if preview else path)
    session.output.result(found)
    show_nodes(session.output, f"Scores of {found['administration']} in {cycle}", found["nodes"])


def _state(output: Output, cycle: dict[str, Any]) -> str:
    """How a cycle stands today: one whose last day is over is not open."""
    return output.words(str(cycle["state"]).replace("_", " "))


def _text(texts: dict[str, Any], language: str) -> str:
    return str(texts.get(language) or texts.get("en") or next(iter(texts.values()), ""))
