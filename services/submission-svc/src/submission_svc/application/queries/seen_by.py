"""Shows a submission as somebody else would see it, were it accepted like this; also before it is submitted.

It asks the same access policy as the real reads do: levels of viewers, the choice per KPI, inputs that hide together.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection

from access_policy import MOST_CLOSED, Level, Thing, Viewer, level_of, may_see
from submission_svc.application.pushing.kpi_values import kpi_values
from submission_svc.application.queries.contents import read_content
from submission_svc.application.queries.cycles import visible_cycle
from submission_svc.application.queries.evidence_rows import present_evidence
from submission_svc.application.queries.frameworks import read_framework
from submission_svc.application.queries.rights import may_see_cycle
from submission_svc.application.queries.submissions import read_submission_state
from submission_svc.domain.content import Content
from submission_svc.domain.disclosure import Disclosure
from submission_svc.domain.evidence_levels import Codes, KnownCodes
from submission_svc.domain.onlooker import OnlookerName, onlooker


def read_as_seen_by(
    connection: Connection, viewer: Viewer, cycle: str, administration: str, name: OnlookerName, known: KnownCodes
) -> dict[str, Any]:
    """What a made-up viewer would see; refuses like `read_submission` whoever may not read it himself."""
    found = read_submission_state(connection, viewer, cycle, administration)
    asked = visible_cycle(connection, viewer, cycle)
    framework = read_framework(connection, asked["framework_digest"])
    codes = known.get(asked["framework_digest"], lambda: framework)
    someone = onlooker(name, administration, found["region"], asked["population"])
    level = level_of(someone, administration, found["region"])
    content = read_content(connection, found["id"])
    disclosure = Disclosure.from_dict(found["disclosure"])
    needed = Thing.REHEARSAL if asked["is_rehearsal"] else Thing.CYCLE
    is_open = may_see(someone, needed, administration, found["region"])
    values = kpi_values(framework, asked["reporting_year"], content)
    evidence = [
        {"id": each.id, "about": each.about, "name": each.name} for each in present_evidence(connection, found["id"])
    ]
    parts = visible_parts(level if is_open else None, codes, disclosure, values, content, evidence)
    return {
        "cycle": cycle,
        "administration": administration,
        "role": name,
        "level": level.value,
        "knows_cycle": may_see_cycle(someone, asked),
        **parts,
    }


def visible_parts(
    level: Level | None,
    codes: Codes,
    disclosure: Disclosure,
    values: Iterable[Mapping[str, Any]],
    content: Content,
    evidence: Iterable[Mapping[str, Any]],
) -> dict[str, Any]:
    """The parts of a content that are seen at a level, and how many are not; at no level (None) nothing is.

    Reasons, comments and figures that no KPI is made of are for those who may read the submission itself.
    """
    levels = codes.levels(disclosure)
    chosen = {code: disclosure.kpis.get(code, disclosure.default) for code in codes.kpis}
    reads_all = level is MOST_CLOSED

    def is_seen(at: Level) -> bool:
        return level is not None and level.covers(at)

    kpis = [_kpi(each, shows_value=is_seen(levels[each["code"]])) for each in values if is_seen(chosen[each["code"]])]
    inputs = [
        {"code": each.input, "year": each.year, "state": each.state, "value": each.value}
        for each in content.answers
        if is_seen(levels.get(each.input, MOST_CLOSED))
    ]
    claims = [
        {"code": each.kpi, "state": each.state, "reason": each.reason if reads_all else None}
        for each in content.claims
        if reads_all or (each.decision != "refused" and is_seen(chosen.get(each.kpi, MOST_CLOSED)))
    ]
    comments = [
        {"code": each.input, "year": each.year, "text": each.comment} for each in content.answers if each.comment
    ]
    files = list(evidence)
    shown = [each for each in files if is_seen(levels.get(each["about"], MOST_CLOSED))]
    said = comments if reads_all else []
    return {
        "kpis": kpis,
        "inputs": inputs,
        "claims": claims,
        "comments": said,
        "evidence": shown,
        "hidden": {
            "kpis": len(codes.kpis) - len(kpis),
            "inputs": len(content.answers) - len(inputs),
            "claims": len(content.claims) - len(claims),
            "comments": len(comments) - len(said),
            "evidence": len(files) - len(shown),
        },
    }


def _kpi(value: Mapping[str, Any], *, shows_value: bool) -> dict[str, Any]:
    """A KPI that is scored against the cycle shows others its score and never its value."""
    return {"code": value["code"], "state": value["state"], "value": value["value"] if shows_value else None}
