"""The validation rules of a framework at work: packed with a digest, evaluated on a server or without one."""

from framework_spec.rules.answers import Answers, Figure, Violation
from framework_spec.rules.evaluation import evaluate_pack, evaluate_rules, evaluate_rules_for_all
from framework_spec.rules.pack import RulePack, rule_pack

__all__ = [
    "Answers",
    "Figure",
    "RulePack",
    "Violation",
    "evaluate_pack",
    "evaluate_rules",
    "evaluate_rules_for_all",
    "rule_pack",
]
