"""What people are told about a file, a push, and a refusal."""

import httpx
import pytest

from pmm_cli.commands.showing import show_answer, show_report
from pmm_cli.errors import RefusedError
from pmm_cli.output import Output

UNKNOWN = {"code": "answers.unknown_input", "message": "The framework has no input AL.", "hint": "Did you mean ALL?"}
CAUSE = {"code": "answers.unknown_input", "cause": "The framework has no input AL", "first_row": 2}
Said = pytest.CaptureFixture[str]


def test_a_file_without_errors_is_told_to_be_so(capsys: Said) -> None:
    show_report(Output(), {"rows": 5, "groups": [], "violations": []}, "a.csv")
    assert capsys.readouterr().out == "a.csv: 5 rows without an error.\n"


def test_causes_are_told_only_where_rows_share_them(capsys: Said) -> None:
    error = {**UNKNOWN, "row": 2, "column": "code"}
    show_report(Output(), {"errors_found": 1, "groups": [{**CAUSE, "rows": 1}], "errors": [error]}, "a.csv")
    once = capsys.readouterr().out
    assert once.startswith("1 error in a.csv")
    assert "Causes" not in once
    show_report(Output(), {"found": 2, "groups": [{**CAUSE, "rows": 2}], "errors": [error]}, "a.csv")
    many = capsys.readouterr().out
    assert many.startswith("2 errors in a.csv")
    assert "Causes" in many
    assert "The first of them" in many


def test_notes_have_their_row_and_are_not_endless(capsys: Said) -> None:
    notes = [{"message": "Row 2 says the same.", "row": row} for row in range(3, 103)]
    show_report(Output(), {"rows": 101, "notes": notes}, "a.csv")
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "Note on row 3: Row 2 says the same."
    assert said[-1] == "... and 95 more notes; --json has them."


def test_a_dry_run_tells_what_it_would_score(capsys: Said) -> None:
    top = {"code": "ALL", "parent": None, "kind": "index", "state": "scored", "score": 61.26, "band": "B"}
    deep = {**top, "code": "DEEP", "parent": "PART", "score": 12.3}
    nodes = [{**node, "coverage": 0.26} for node in (top, {**top, "code": "PART", "parent": "ALL"}, deep)]
    kpis = [{"code": "SHARE", "state": "answered", "value": 80.0}, {"code": "HOURS", "state": "missing", "value": None}]
    show_answer(Output(), {"would": {"received": 1}, "kpis": kpis, "projected_scores": {"nodes": nodes}}, "a.csv")
    said = capsys.readouterr().out
    assert "KPIs: 1 of 2 not missing" in said
    assert "61.3" in said
    assert "26 %" in said
    assert "DEEP" not in said


def test_a_report_in_french_is_french_throughout(capsys: Said) -> None:
    error = {
        "message": "Le cadre n'a pas de donnée AL.",
        "hint": "Vouliez-vous dire ALL ?",
        "row": 1200,
        "column": "code",
    }
    rule = {
        **{"rule": "R", "severity": "warning", "shadow": False, "asks_for_reason": True, "text": "Trop peu."},
        **{"inputs": ["A"], "kpis": ["K"], "kind": "completeness"},
    }
    document = {
        **{"errors_found": 5214, "groups": [{**CAUSE, "rows": 5214}], "errors": [error], "violations": [rule]},
        "notes": [{"message": "La ligne 2 dit la même chose.", "row": 3}],
    }
    show_report(Output(language="fr"), document, "a.csv")
    found = capsys.readouterr()
    said = found.out + found.err
    for text in (
        "5\u202f214 erreurs dans a.csv",
        "lignes",
        "que faire",
        "Règles non respectées",
        "Remarque sur la ligne 3",
    ):
        assert text in said
    assert "avertissement, demande un motif" in said
    assert "K (à partir de A)" in said
    for english in (" error", "what", "rule", "row", "Note", "from"):
        assert english not in said


def test_a_push_in_french_counts_in_french(capsys: Said) -> None:
    show_answer(Output(language="fr"), {"would": {"received": 1200, "created": 3}, "rows": 1200}, "a.csv")
    said = capsys.readouterr().out
    assert said.startswith("a.csv\u00a0: 1\u202f200 reçus, 3 créés.\nRien n\u2019a été enregistré")


def test_ids_are_shown_as_they_are(capsys: Said) -> None:
    Output().table("Warnings", ("id",), [("outlier:SHIP:2024",)])
    assert "outlier:SHIP:2024" in capsys.readouterr().out


def test_what_stands_in_the_way_of_submitting_is_named(capsys: Said) -> None:
    problem = {
        "code": "submission.incomplete",
        "detail": "Something is in the way.",
        "blocking": [{"rule": "PARTS", "text": "More than all."}],
        "warnings": [{"id": "outlier:X:2024", "text": "X is far from what it was."}],
    }
    request = httpx.Request("POST", "http://pmm.test/x")
    Output().failure(RefusedError(httpx.Response(409, json=problem, request=request)))
    said = capsys.readouterr().err
    assert "broken rule PARTS: More than all." in said
    assert "outlier:X:2024: X is far from what it was." in said
    assert "pmm explain CYCLE ID" in said
