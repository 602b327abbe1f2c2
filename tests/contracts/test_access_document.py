"""`docs/access.md` and the access table in code say the same."""

import re
from pathlib import Path

from access_policy import Level, Role, Thing, Viewer, level_of
from access_policy.table import NEEDED
from submission_svc.domain.onlooker import ONLOOKERS, onlooker

ROOT = Path(__file__).resolve().parents[2]
RELATIONS = ("own", "assigned", "own_region", "other")


def table(heading: str) -> list[list[str]]:
    """The rows of the first table below a heading, without its head."""
    text = (ROOT / "docs" / "access.md").read_text(encoding="utf-8").split(heading, 1)[1]
    rows = re.findall(r"^\|(.+)\|$", text.split("\n## ")[0], flags=re.MULTILINE)
    return [[cell.strip() for cell in row.split("|")] for row in rows[2:]]


def viewer(role: str, relation: str) -> Viewer:
    """A viewer of a role who stands in a relation to the administration KEN of region ESA."""
    roles = frozenset() if role == "no token" else frozenset({Role(role)})
    return Viewer(
        subject="someone",
        roles=roles,
        administration="KEN" if relation == "own" else "FRA",
        region="ESA" if relation == "own_region" else "EUR",
        level=Level("wco") if role == "integrator" else None,
        assignments=frozenset({"KEN"} if relation == "assigned" else ()),
    )


def test_every_role_and_relation_is_as_documented() -> None:
    rows = table("## Role x relation")
    assert {row[0] for row in rows} == {*Role, "no token"}
    for role, *levels in rows:
        for relation, documented in zip(RELATIONS, levels, strict=True):
            expected = "wco" if documented == "grant" else documented
            assert level_of(viewer(role, relation), "KEN", "ESA") == expected, (role, relation)


def test_everybody_whose_eyes_one_may_look_through_is_as_documented() -> None:
    rows = {row[0].strip("`"): row[1:] for row in table("## As seen by")}
    assert tuple(rows) == ONLOOKERS
    for name in ONLOOKERS:
        role, relation, level = rows[name]
        shown = onlooker(name, "KEN", "ESA", "testers")
        assert {each.value for each in shown.roles} == ({role} - {"no token"}), name
        assert level_of(shown, "KEN", "ESA") == level, name
        if role != "integrator":
            assert level_of(viewer(role, relation), "KEN", "ESA") == level, name


def test_every_thing_is_as_documented() -> None:
    documented = {row[0]: row[1] for row in table("## Things")}
    assert documented == {thing.value: NEEDED[thing].value for thing in Thing}


def test_every_level_is_documented() -> None:
    assert [row[0].strip("`") for row in table("## Levels")] == list(Level)
