"""The list of levels is configuration: what a file may say, and that everything follows another one."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from access_policy.levels import SETTING
from access_policy.levels_file import SHIPPED, LevelsFileError, read_levels

FOUR = Path(__file__).resolve().parents[3] / "tests" / "support" / "four-levels.yaml"
ASK = """
import json, sys
from access_policy import GRANTS, MOST_CLOSED, MOST_OPEN, Level, Role, Thing, Viewer, level_of, most_closed, redact_card
from access_policy import with_levels
from access_policy.table import NEEDED

def viewer(role, administration="FRA", region="EUR", level=None):
    return Viewer("someone", frozenset({Role(role)}), administration, region, level)

def reach(*who, **more):
    return level_of(viewer(*who, **more), "KEN", "ESA")

kpi = {"parent": "ROOT", "kind": "kpi", "state": "scored"}
root = {"code": "ROOT", "parent": None, "kind": "overall", "state": "scored"}
card = {"nodes": [root, {**kpi, "code": "K1"}, {**kpi, "code": "K2"}]}
marked = with_levels(card, {"default": "members", "kpis": {"K2": "regional"}})
print(json.dumps({
    "levels": list(Level), "ends": [MOST_OPEN, MOST_CLOSED], "grants": list(GRANTS),
    "reach": [reach("contact_point"), reach("regional_office", region="ESA"), reach("regional_office"),
              reach("contact_point", "KEN"), reach("integrator", level=Level("regional")), reach("reviewer")],
    "participation": NEEDED[Thing.PARTICIPATION],
    "closest": most_closed([Level("members"), Level("regional")]),
    "seen": [[node["code"] for node in (redact_card(marked, level) or {"nodes": []})["nodes"]] for level in Level],
    "gone": Level.stored("wco"), "closed": Level.__doc__.split("; ")[1],
}))
"""


def told(levels: Path | str) -> subprocess.CompletedProcess[str]:
    """What a process says that starts with this file."""
    environment = {**os.environ, SETTING: str(levels)}
    return subprocess.run([sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=False)


def shipped() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    return document


def test_everything_follows_another_list() -> None:
    process = told(FOUR)
    assert process.returncode == 0, process.stderr
    assert json.loads(process.stdout) == {
        "levels": ["public", "members", "regional", "restricted"],
        "ends": ["public", "restricted"],
        "grants": ["public", "members", "regional"],
        "reach": ["members", "regional", "public", "restricted", "regional", "public"],
        "participation": "members",
        "closest": "regional",
        "seen": [[], ["K1"], ["ROOT", "K1", "K2"], ["ROOT", "K1", "K2"]],
        "gone": "restricted",
        "closed": "`restricted` is the default and the most closed.",
    }


def test_a_process_with_a_bad_file_does_not_start_and_says_why(tmp_path: Path) -> None:
    process = told(tmp_path / "nowhere.yaml")
    assert process.returncode != 0
    assert "LevelsFileError: The levels file" in process.stderr
    assert "cannot be read: [Errno 2] No such file or directory" in process.stderr


def test_the_shipped_list_is_public_wco_restricted() -> None:
    assert read_levels(SHIPPED).codes == ["public", "wco", "restricted"]


def without_second(document: Any) -> None:
    document["levels"] = document["levels"][:1]


def twice(document: Any) -> None:
    document["levels"][1]["code"] = "public"


def odd_code(document: Any) -> None:
    document["levels"][1]["code"] = "WCO level"


def no_french(document: Any) -> None:
    del document["levels"][0]["who"]["fr"]


def odd_role(document: Any) -> None:
    document["reach"]["neighbour"] = {"other": "wco"}


def odd_key(document: Any) -> None:
    document["default"] = "public"


def no_such_level(document: Any) -> None:
    document["reach"]["regional_office"]["own_region"] = "regional"


def no_such_participation(document: Any) -> None:
    document["participation"] = "members"


def not_the_members_own(document: Any) -> None:
    del document["reach"]["contact_point"]["own"]


def everybodys(document: Any) -> None:
    document["reach"]["contact_point"]["other"] = "restricted"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (without_second, "levels: List should have at least 2 items after validation, not 1"),
        (twice, "levels: public is there more than once."),
        (odd_code, "levels.1.code: String should match pattern"),
        (no_french, "levels: who of public has no text in fr."),
        (odd_role, "reach.neighbour.[key]: Input should be 'secretariat'"),
        (odd_key, "default: Extra inputs are not permitted"),
        (no_such_level, "reach.regional_office.own_region: regional is not one of the levels."),
        (no_such_participation, "participation: members is not one of the levels."),
        (not_the_members_own, "reach.contact_point.own: must be restricted, the last level."),
        (everybodys, "reach.contact_point.other: restricted, the last level, is for the member itself"),
    ],
)
def test_what_would_not_be_safe_is_refused(change: Any, said: str, tmp_path: Path) -> None:
    document = shipped()
    change(document)
    path = tmp_path / "levels.yaml"
    path.write_text(yaml.safe_dump(document), encoding="utf-8")
    with pytest.raises(LevelsFileError, match="cannot be used") as refused:
        read_levels(path)
    assert f"- {said}" in str(refused.value)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    document = shipped()
    for change in (no_french, no_such_level, not_the_members_own):
        change(document)
    path = tmp_path / "levels.yaml"
    path.write_text(yaml.safe_dump(document), encoding="utf-8")
    with pytest.raises(LevelsFileError, match="cannot be used") as refused:
        read_levels(path)
    assert str(refused.value).count("\n- ") == 3


@pytest.mark.parametrize("text", ["levels: [", "", "- public"])
def test_a_file_of_another_form_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "levels.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LevelsFileError, match=r"The levels file .* cannot be"):
        read_levels(path)
