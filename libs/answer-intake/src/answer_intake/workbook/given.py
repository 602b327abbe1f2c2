"""What a template is made from, besides the framework."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from answer_intake.rulebook import Rulebook
from answer_intake.workbook.vocabulary import Language
from framework_spec.document import Framework


class Prefilled(NamedTuple):
    """An answer that stands in the template from the start."""

    value: float | None = None
    state: str | None = None
    status: str | None = None
    reason: str | None = None
    comment: str | None = None
    period: str | None = None


@dataclass(frozen=True)
class TemplateCycle:
    """What of a cycle is told in a template."""

    code: str
    name: str
    reporting_year: int
    deadline: date | None = None


@dataclass(frozen=True)
class Known:
    """What is known before anything is filled in.

    `answers` by input and calendar year go into the yellow cells; `earlier` are accepted figures by input and calendar
    year, shown beside the year that follows; `claims` by KPI are (state, reason).
    """

    answers: Mapping[tuple[str, int], Prefilled] = field(default_factory=dict)
    earlier: Mapping[tuple[str, int], float] = field(default_factory=dict)
    claims: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Making:
    """All that the sheets of one template are made from; `whose` names the administration."""

    framework: Framework
    rulebook: Rulebook
    cycle: TemplateCycle
    known: Known
    language: Language
    whose: str
