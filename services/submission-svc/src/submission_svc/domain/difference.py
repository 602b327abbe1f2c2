"""What differs between what a submission held at two moments: what was added, changed and removed."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from access_policy import Level
from submission_svc.domain.content import Answer, Claim, Content
from submission_svc.domain.disclosure import Disclosure
from submission_svc.domain.evidence import Evidence

Item = TypeVar("Item", Answer, Claim, Evidence)


@dataclass(frozen=True)
class Held:
    """All that a submission holds at a moment."""

    content: Content
    evidence: Iterable[Evidence]
    disclosure: Disclosure


@dataclass(frozen=True)
class Changes(Generic[Item]):
    """Items that are new, items that differ (before, after), and items that are gone; each in order of their codes."""

    added: tuple[Item, ...]
    changed: tuple[tuple[Item, Item], ...]
    removed: tuple[Item, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.added or self.changed or self.removed)


@dataclass(frozen=True)
class LevelChange:
    """Another level of a KPI, or without a code of all that are not named; one that is not named has no level."""

    code: str | None
    before: Level | None
    after: Level | None


@dataclass(frozen=True)
class Difference:
    """What differs in answers (figures, status, comment, reason, period), in claims (state and reason), in evidence
    (a file of another content is another one) and in the choice of who may see what.
    """

    answers: Changes[Answer]
    claims: Changes[Claim]
    evidence: Changes[Evidence]
    disclosure: tuple[LevelChange, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing has changed."""
        return all(each.is_empty for each in (self.answers, self.claims, self.evidence)) and not self.disclosure

    @classmethod
    def between(cls, before: Held, after: Held) -> "Difference":
        """What has changed since `before`. Decisions on claims are not the member's changes."""
        old, new = before.content, after.content
        return cls(
            _changes(old.answers, new.answers, lambda each: (each.input, each.year), lambda each: each),
            _changes(old.claims, new.claims, lambda each: each.kpi, lambda each: (each.state, each.reason)),
            _changes(before.evidence, after.evidence, lambda each: (each.about, each.name, each.sha256), lambda _: ()),
            tuple(_level_changes(before.disclosure, after.disclosure)),
        )


def _changes(
    before: Iterable[Item],
    after: Iterable[Item],
    key: Callable[[Item], Hashable],
    said: Callable[[Item], object],
) -> Changes[Item]:
    old: Mapping[Hashable, Item] = {key(each): each for each in before}
    new: Mapping[Hashable, Item] = {key(each): each for each in after}
    return Changes(
        added=tuple(each for name, each in new.items() if name not in old),
        changed=tuple((old[name], each) for name, each in new.items() if name in old and said(old[name]) != said(each)),
        removed=tuple(each for name, each in old.items() if name not in new),
    )


def _level_changes(before: Disclosure, after: Disclosure) -> Iterable[LevelChange]:
    if before.default != after.default:
        yield LevelChange(None, before.default, after.default)
    for code in sorted({*before.kpis, *after.kpis}):
        if before.kpis.get(code) != after.kpis.get(code):
            yield LevelChange(code, before.kpis.get(code), after.kpis.get(code))
