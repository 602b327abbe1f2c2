"""The file that says which disclosure levels there are and who reaches which; refused unless it is safe."""

from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from access_policy.roles import Relation, Role

SHIPPED = Path(__file__).with_name("levels.yaml")
LANGUAGES = frozenset({"en", "fr"})

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Reach = dict[tuple[Role, Relation], str]

# The most closed level is what they work on: they would have nothing to do without it, and nobody else has it.
_NEED_ALL: frozenset[tuple[Role, Relation]] = frozenset(
    {
        (Role.SECRETARIAT, Relation.OTHER),
        (Role.CONTACT_POINT, Relation.OWN),
        (Role.SYSTEM, Relation.OWN),
    }
)
_MAY_ALL = _NEED_ALL | {(Role.REVIEWER, Relation.ASSIGNED)}


class LevelsFileError(ValueError):
    """The file cannot be read, or says what would not be safe."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LevelEntry(_Part):
    """A level: its code, which is stored and sent, and its name and who sees it in every language."""

    code: Code
    name: dict[str, Words]
    who: dict[str, Words]


class LevelsFile(_Part):
    """The levels from the most open to the most closed, and who reaches which."""

    levels: Annotated[list[LevelEntry], Field(min_length=2, max_length=20)]
    participation: Code
    reach: dict[Role, dict[Relation, Code]]

    @property
    def codes(self) -> list[str]:
        """The codes, from the most open to the most closed."""
        return [level.code for level in self.levels]

    @property
    def reached(self) -> Reach:
        """The level that each role reaches in each relation; who is not listed reaches the most open one."""
        return {(role, relation): code for role, by in self.reach.items() for relation, code in by.items()}


def read_levels(path: Path) -> LevelsFile:
    """Read and check a file of levels.

    Raises:
        LevelsFileError: with all that is wrong with it.
    """
    try:
        found = LevelsFile.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise LevelsFileError(f"The levels file {path} cannot be read: {error}") from None
    except ValidationError as error:
        faults = [f"{'.'.join(map(str, fault['loc'])) or 'the file'}: {fault['msg']}" for fault in error.errors()]
        raise _refusal(path, faults) from None
    if faults := [*_name_faults(found), *_reach_faults(found)]:
        raise _refusal(path, faults)
    return found


def _refusal(path: Path, faults: list[str]) -> LevelsFileError:
    return LevelsFileError(f"The levels file {path} cannot be used:" + "".join(f"\n- {fault}" for fault in faults))


def _name_faults(found: LevelsFile) -> list[str]:
    faults = [f"levels: {code} is there more than once." for code in set(found.codes) if found.codes.count(code) > 1]
    for level in found.levels:
        for what, words in (("name", level.name), ("who", level.who)):
            if missing := sorted(LANGUAGES - words.keys()):
                faults.append(f"levels: {what} of {level.code} has no text in {', '.join(missing)}.")
    return faults


def _reach_faults(found: LevelsFile) -> list[str]:
    closed, reached = found.codes[-1], found.reached
    named = {"participation": found.participation, **{_place(*who): code for who, code in reached.items()}}
    faults = [f"{place}: {code} is not one of the levels." for place, code in named.items() if code not in found.codes]
    lacking = sorted(who for who in _NEED_ALL if reached.get(who) != closed)
    faults += [f"{_place(*who)}: must be {closed}, the last level." for who in lacking]
    faults += [
        f"{_place(*who)}: {closed}, the last level, is for the member itself, the secretariat and assigned reviewers."
        for who, code in reached.items()
        if code == closed and who not in _MAY_ALL
    ]
    return faults


def _place(role: Role, relation: Relation) -> str:
    return f"reach.{role.value}.{relation.value}"
