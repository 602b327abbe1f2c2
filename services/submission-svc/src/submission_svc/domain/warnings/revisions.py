"""Revisions: figures of a calendar year that was accepted before with another value."""

from collections.abc import Iterable

from framework_spec.rules import Figure, RulePack
from submission_svc.domain.content import Content
from submission_svc.domain.warnings.found import Accepted, WarningFound
from submission_svc.domain.warnings.wording import revision_text


def revisions(content: Content, accepted: Iterable[Accepted], pack: RulePack, language: str) -> list[WarningFound]:
    """The revisions in a content, in its order; one that says that there is no figure any more is one, too."""
    known = {(each.input, each.year): each for each in accepted}
    found = []
    for answer in content.answers:
        name = (answer.input, answer.year)
        before = known.get(name)
        if before is None or before.value == answer.value:
            continue
        found.append(
            WarningFound(
                id=f"revision:{answer.input}:{answer.year}",
                stem=f"revision:{answer.input}",
                kind="revision",
                text=revision_text(language, name, answer.value, before.value, before.cycle),
                inputs=(answer.input,),
                kpis=pack.kpis_by_input.get(answer.input, ()),
                figures=(Figure(answer.input, answer.year, answer.value),),
                compared=(before,),
            )
        )
    return found
