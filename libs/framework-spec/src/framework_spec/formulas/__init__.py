"""Formulas over named inputs: a small language, parsed once, evaluated for all administrations at a time."""

from framework_spec.formulas.evaluation import Evaluated
from framework_spec.formulas.formula import Formula, Statement, parse_formula, parse_statement
from framework_spec.formulas.parsing import FormulaError

__all__ = ["Evaluated", "Formula", "FormulaError", "Statement", "parse_formula", "parse_statement"]
