"""Scopes: the part of a submission that a file stands for as a whole, so that what it does not say is gone."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from answer_intake.findings import Parameter
from answer_intake.rows import Table
from answer_intake.taken import Taken
from framework_spec.document import AggregateNode, Framework, Kpi
from framework_spec.formulas import parse_formula
from framework_spec.parts import Breakdown

KINDS = ("all", "year", "input", "node")


class UnknownScopeError(ValueError):
    """A scope that the framework does not have; `like` are names that come close."""

    def __init__(self, name: str, like: tuple[str, ...] = ()) -> None:
        super().__init__(name)
        self.like = like


@dataclass(frozen=True)
class Scope:
    """What a file stands for: answers to these inputs (None: to all) for these years, and claims about these KPIs."""

    name: str
    inputs: frozenset[str] | None = None
    years: frozenset[int] | None = None
    kpis: frozenset[str] | None = None

    @classmethod
    def of(cls, name: str, framework: Framework) -> Scope:
        """The scope that is called `all`, `year:2024`, `input:CODE` or `node:CODE`.

        Years and inputs have no claims. A node has the claims about the KPIs below it, and all inputs that these use.

        Raises:
            UnknownScopeError: it is none of them, or the framework has no such code.
        """
        kind, _, code = name.partition(":")
        if name == "all":
            return cls(name)
        if kind == "year" and code.isascii() and code.isdigit() and len(code) == 4:
            return cls(name, years=frozenset({int(code)}), kpis=frozenset())
        if kind == "input":
            _require(name, code, (each.code for each in framework.inputs))
            return cls(name, inputs=frozenset({code}), kpis=frozenset())
        if kind == "node":
            nodes = {node.code: node for node, _ in framework.nodes()}
            _require(name, code, nodes)
            kpis = list(_kpis(nodes[code]))
            used = frozenset(used for kpi in kpis for used in _inputs(kpi))
            return cls(name, inputs=used, kpis=frozenset(kpi.code for kpi in kpis))
        raise UnknownScopeError(name)

    def has_answer(self, code: str, year: int) -> bool:
        """Whether an answer belongs to it."""
        return (self.inputs is None or code in self.inputs) and (self.years is None or year in self.years)

    def has_claim(self, kpi: str) -> bool:
        """Whether a claim belongs to it."""
        return self.kpis is None or kpi in self.kpis

    def drop_outside(self, taken: Taken, table: Table) -> None:
        """Let go of what does not belong to it, each with an error in the table."""
        outside: list[tuple[int, str, dict[str, Parameter]]] = []
        for said in (taken.answers, taken.deleted):
            for key in [key for key in said if not self.has_answer(key[1], key[2])]:
                entry = said.pop(key)
                row = entry if isinstance(entry, int) else entry.row
                column = "code" if self.inputs is not None and key[1] not in self.inputs else "year"
                outside.append((row, column, {"code": key[1], "year": key[2]}))
        for claim in [key for key in taken.claims if not self.has_claim(key[1])]:
            outside.append((taken.claims.pop(claim)[0], "code", {"kind": "kpi", "code": claim[1]}))
        for row, column, said_of in outside:
            table.find(row, column, "answers.out_of_scope", {**said_of, "scope": self.name})


def _require(name: str, code: str, codes: Iterable[str]) -> None:
    known = list(codes)
    if code not in known:
        kind = name.partition(":")[0]
        near = difflib.get_close_matches(code, known, n=3)
        raise UnknownScopeError(name, tuple(f"{kind}:{each}" for each in near))


def _kpis(node: AggregateNode | Kpi) -> Iterator[Kpi]:
    if isinstance(node, Kpi):
        yield node
    else:
        for child in node.children:
            yield from _kpis(child)


def _inputs(kpi: Kpi) -> Iterator[str]:
    parts = [part.formula for part in kpi.breakdowns if isinstance(part, Breakdown)]
    for formula in (kpi.formula, *parts):
        for code, _ in parse_formula(formula).ordered_references if formula else ():
            yield code
