"""The seed of the drills that draw at random: always the same one, or the one that is asked for.

It fixes what is drawn; which of several threads comes first is for the machine to say.
"""

import os
from random import Random

VARIABLE = "OPENPMM_DRILL_SEED"


def drill_seed() -> int:
    """The number that all the drawing of a drill comes from."""
    return int(os.environ.get(VARIABLE, "20241"))


def drawing(*names: object) -> Random:
    """A generator of its own for each part of a drill, so that parts do not change each other's course."""
    return Random("/".join(map(str, (drill_seed(), *names))))


def again() -> str:
    """How to run the same once more."""
    return f"to run the same again: {VARIABLE}={drill_seed()}"
