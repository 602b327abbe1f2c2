"""Replacing: what belongs to the scope of a file and is not in it, is to go."""

from answer_intake.scoping import Scope
from answer_intake.taken import NONE, Taken
from submission_svc.domain.content import Content

NO_ROW = 0  # no row of the file says so; its silence does


def end_the_rest(taken: Taken, scope: Scope, administration: str, content: Content) -> None:
    """Add to what a file says that all else of its scope is deleted, as far as it is there."""
    for answer in content.answers:
        key = (administration, answer.input, answer.year)
        if scope.has_answer(answer.input, answer.year) and key not in taken.answers:
            taken.deleted.setdefault(key, NO_ROW)
    for claim in content.claims:
        if scope.has_claim(claim.kpi):
            taken.claims.setdefault((administration, claim.kpi), (NO_ROW, NONE, ""))
