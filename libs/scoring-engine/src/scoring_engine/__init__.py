"""The scoring method as data and arrays; pure. Start with `score_cycle`."""

from scoring_engine.data import AdministrationInputs, CycleInputs, InputRefusedError
from scoring_engine.ranking import ranks
from scoring_engine.run import NotScorableError, ScoreRun, score_cycle
from scoring_engine.version import ENGINE_VERSION

__all__ = [
    "ENGINE_VERSION",
    "AdministrationInputs",
    "CycleInputs",
    "InputRefusedError",
    "NotScorableError",
    "ScoreRun",
    "ranks",
    "score_cycle",
]
