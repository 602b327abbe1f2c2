"""Revisions: figures of a calendar year that was accepted before with another value."""

from collections.abc import Iterable

from framework_spec.rules import Figure, RulePack
from submission_svc.domain.content import Content
from submission_svc.domain.warnings.found import Accepted, WarningFound
from submission_svc.domain.warnings.wording import revision_text


def revisions(content: Content, accepted: Iterable[Accepted], pack: RulePack, language: str) -> list[WarningFound]:
    """The revisions in a content, in its order; one that says that there is no figure any more is one, too.

    What was accepted of this very submission and is gone from it comes last: to delete is to revise.
    """
    known = {(each.input, each.year): each for each in accepted}
    given = {(each.input, each.year): each.value for each in content.answers}
    gone = {name: None for name, each in known.items() if each.is_own and each.value is not None and name not in given}
    return [
        _warning(name, value, before, pack, language)
        for name, value in {**given, **gone}.items()
        if (before := known.get(name)) is not None and before.value != value
    ]


def _warning(
    name: tuple[str, int], value: float | None, before: Accepted, pack: RulePack, language: str
) -> WarningFound:
    code, year = name
    return WarningFound(
        id=f"revision:{code}:{year}",
        stem=f"revision:{code}",
        kind="revision",
        text=revision_text(language, name, value, before.value, before.cycle),
        inputs=(code,),
        kpis=pack.kpis_by_input.get(code, ()),
        figures=(Figure(code, year, value),),
        compared=(before,),
    )
