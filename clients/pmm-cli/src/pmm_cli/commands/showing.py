"""The report about a file, and what a push or dry run came to, for people."""

from typing import Any

from pmm_cli.output import Output, share

MOST_ERRORS = 20
MOST_NOTES = 5
COUNTS = ("received", "created", "updated", "removed", "unchanged")


def show_report(output: Output, document: dict[str, Any], name: str) -> None:
    """Causes where errors share them, the first errors, notes, then the rules that are not kept."""
    if document.get("groups"):
        _show_errors(output, document, name)
    elif "rows" in document:
        output.say(f"{name}: {document['rows']:,} rows without an error.")
    _show_notes(output, document.get("notes") or ())
    rules = [(each["rule"], _about(each), _weight(each), each["text"]) for each in document.get("violations", ())]
    if rules:
        output.table("Rules that are not kept", ("rule", "about", "weight", "what"), rules)


def show_answer(output: Output, answer: dict[str, Any], name: str) -> None:
    """What a push has changed, or a dry run would change, with what it would score."""
    counts = answer.get("would") or answer
    said = ", ".join(f"{counts[key]:,} {key}" for key in COUNTS if key in counts)
    output.say(f"{name}: {said}.{' Nothing was saved: this was a dry run.' if 'would' in answer else ''}")
    show_report(output, answer, name)
    if "kpis" in answer:
        answered = [each for each in answer["kpis"] if each["state"] != "missing"]
        rows = [(each["code"], each["state"], each["value"]) for each in answered]
        output.table(f"KPIs: {len(rows)} of {len(answer['kpis'])} not missing", ("KPI", "state", "value"), rows)
    if answer.get("projected_scores"):
        show_nodes(output, "What it would score", _tops(answer["projected_scores"]["nodes"]))
    elif answer.get("projected_unavailable"):
        output.say(f"No projected scores: {answer['projected_unavailable']}")


def show_nodes(output: Output, title: str, nodes: list[dict[str, Any]]) -> None:
    """Nodes with state and score."""
    rows = [
        (node["code"], node["kind"], node["state"], shown_score(node["score"]), node["band"], share(node["coverage"]))
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
    output.say(f"{found:,} error{'' if found == 1 else 's'} in {name}")
    if any(each["rows"] > 1 for each in document["groups"]):
        causes = [(each["rows"], each.get("first_row"), each["cause"]) for each in document["groups"]]
        output.table("Causes", ("rows", "first", "cause"), causes)
    shown = [_error(each) for each in document["errors"][:MOST_ERRORS]]
    output.table(f"The first {len(shown)} of them" if len(shown) < found else "", _ERROR_COLUMNS, shown)


_ERROR_COLUMNS = ("row", "column", "what", "what to do")


def _error(entry: dict[str, Any]) -> tuple[Any, ...]:
    return entry.get("row") or entry.get("line"), entry.get("cell") or entry.get("column"), *_words(entry)


def _words(entry: dict[str, Any]) -> tuple[str, Any]:
    return entry["message"], entry.get("hint")


def _show_notes(output: Output, notes: Any) -> None:
    for note in notes[:MOST_NOTES]:
        place = f" on row {note['row']}" if note.get("row") else ""
        output.note(f"Note{place}: {note['message']}")
    if len(notes) > MOST_NOTES:
        output.note(f"... and {len(notes) - MOST_NOTES:,} more notes; --json has them.")


def _about(violation: dict[str, Any]) -> str:
    if violation.get("kind") == "completeness" and violation["kpis"]:
        return f"{', '.join(violation['kpis'])} (from {', '.join(violation['inputs'])})"
    return ", ".join(violation["inputs"] or violation["kpis"])


def _weight(violation: dict[str, Any]) -> str:
    if violation["shadow"]:
        return f"{violation['severity']} (not in force yet)"
    return f"{violation['severity']}, asks for a reason" if violation["asks_for_reason"] else str(violation["severity"])


def _tops(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The index and its dimensions."""
    roots = {node["code"] for node in nodes if node["parent"] is None}
    return [node for node in nodes if node["parent"] is None or node["parent"] in roots]


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:,.15g}"
