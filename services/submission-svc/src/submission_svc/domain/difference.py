"""What differs between two contents of a submission: what was added, changed and removed."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from submission_svc.domain.content import Answer, Claim, Content

Item = TypeVar("Item", Answer, Claim)


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
class Difference:
    """What differs in answers (figures, status, comment, reason, period) and in claims (state and reason)."""

    answers: Changes[Answer]
    claims: Changes[Claim]

    @property
    def is_empty(self) -> bool:
        """Whether nothing has changed."""
        return self.answers.is_empty and self.claims.is_empty

    @classmethod
    def between(cls, before: Content, after: Content) -> "Difference":
        """What has changed since `before`. Decisions on claims are not the member's changes."""
        return cls(
            _changes(before.answers, after.answers, lambda each: (each.input, each.year), lambda each: each),
            _changes(before.claims, after.claims, lambda each: each.kpi, lambda each: (each.state, each.reason)),
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
