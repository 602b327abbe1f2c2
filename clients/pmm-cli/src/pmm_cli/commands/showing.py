"""The report about a file, and what a push or dry run came to, for people."""

from typing import Any

from pmm_cli.output import Output, share

MOST_ERRORS = 20
MOST_NOTES = 5
ROWS_WITHOUT = "{file}: {number} row without an error.|{file}: {number} rows without an error."
ERRORS_IN = "{number} error in {file}|{number} errors in {file}"
MORE_NOTES = "... and {number} more note; --json has it.|... and {number} more notes; --json has them."
FIRST_OF_THEM = "The first of them|The first {number} of them"
COUNTS = {
    "received": "{number} received",
    "created": "{number} created",
    "updated": "{number} updated",
    "removed": "{number} removed",
    "unchanged": "{number} unchanged",
}


def show_report(output: Output, document: dict[str, Any], name: str) -> None:
    """Causes where errors share them, the first errors, notes, then the rules that are not kept."""
    if document.get("groups"):
        _show_errors(output, document, name)
    elif "rows" in document:
        output.say(ROWS_WITHOUT, file=name, number=document["rows"])
    _show_notes(output, document.get("notes") or ())
    broken = document.get("violations", ())
    rules = [(each["rule"], _about(output, each), _weight(output, each), each["text"]) for each in broken]
    if rules:
        output.table("Rules that are not kept", ("rule", "about", "weight", "what"), rules)


def show_answer(output: Output, answer: dict[str, Any], name: str) -> None:
    """What a push has changed, or a dry run would change, with what it would score."""
    counts = answer.get("would") or answer
    said = ", ".join(output.words(text, number=counts[key]) for key, text in COUNTS.items() if key in counts)
    output.say("{file}: {said}.", file=name, said=said)
    if "would" in answer:
        output.say("Nothing was saved: this was a dry run.")
    show_report(output, answer, name)
    if "kpis" in answer:
        answered = [each for each in answer["kpis"] if each["state"] != "missing"]
        rows = [(each["code"], each["state"], each["value"]) for each in answered]
        title, of = "KPIs: {number} of {all} not missing", len(answer["kpis"])
        output.table(title, ("KPI", "state", "value"), rows, number=len(rows), all=of)
    if answer.get("projected_scores"):
        show_nodes(output, "What it would score", _tops(answer["projected_scores"]["nodes"]))
    elif answer.get("projected_unavailable"):
        output.say("No projected scores: {why}", why=answer["projected_unavailable"])


def show_nodes(output: Output, title: str, nodes: list[dict[str, Any]]) -> None:
    """Nodes with state and score."""
    rows = [
        (
            node["code"],
            node["kind"].replace("_", " "),
            node["state"],
            shown_score(node["score"]),
            node["band"],
            share(node["coverage"]),
        )
        for node in nodes
    ]
    output.table(title, ("node", "kind", "state", "score", "band", "coverage"), rows)


def shown_score(score: float | None) -> str | None:
    """A score with the decimals that people compare; scripts get all of them."""
    return None if score is None else f"{score:.1f}"


def shown_figures(figures: list[dict[str, Any]]) -> str:
    """The figures that a warning is about, one a line."""
    return "\n".join(f"{each['input']} {each['year']}: {_figure(each['value'])}" for each in figures)


def _show_errors(output: Output, document: dict[str, Any], name: str) -> None:
    found = document.get("errors_found") or document.get("found") or len(document["errors"])
    output.say(ERRORS_IN, number=found, file=name)
    if any(each["rows"] > 1 for each in document["groups"]):
        causes = [(each["rows"], each.get("first_row"), each["cause"]) for each in document["groups"]]
        output.table("Causes", ("rows", "first", "cause"), causes)
    shown = [_error(each) for each in document["errors"][:MOST_ERRORS]]
    title = FIRST_OF_THEM if len(shown) < found else ""
    output.table(title, _ERROR_COLUMNS, shown, number=len(shown))


_ERROR_COLUMNS = ("row", "column", "what", "what to do")


def _error(entry: dict[str, Any]) -> tuple[Any, ...]:
    return entry.get("row") or entry.get("line"), entry.get("cell") or entry.get("column"), *_words(entry)


def _words(entry: dict[str, Any]) -> tuple[str, Any]:
    return entry["message"], entry.get("hint")


def _show_notes(output: Output, notes: Any) -> None:
    for note in notes[:MOST_NOTES]:
        text = "Note on row {row}: {what}" if note.get("row") else "Note: {what}"
        output.note(text, row=str(note.get("row")), what=note["message"])
    if len(notes) > MOST_NOTES:
        output.note(MORE_NOTES, number=len(notes) - MOST_NOTES)


def _about(output: Output, violation: dict[str, Any]) -> str:
    inputs, kpis = ", ".join(violation["inputs"]), ", ".join(violation["kpis"])
    if violation.get("kind") == "completeness" and kpis:
        return output.words("{kpis} (from {inputs})", kpis=kpis, inputs=inputs)
    return inputs or kpis


def _weight(output: Output, violation: dict[str, Any]) -> str:
    severity = output.words(str(violation["severity"]))
    if violation["shadow"]:
        return f"{severity} ({output.words('not in force yet')})"
    return f"{severity}, {output.words('asks for a reason')}" if violation["asks_for_reason"] else severity


def _tops(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The index and its dimensions."""
    roots = {node["code"] for node in nodes if node["parent"] is None}
    return [node for node in nodes if node["parent"] is None or node["parent"] in roots]


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:,.15g}"
