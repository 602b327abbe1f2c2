"""What others would see of the submission, as submission-svc says, before anything is submitted."""

from enum import StrEnum

from fastapi import APIRouter, Response

from access_policy import GRANTS, MOST_OPEN
from reporting_svc.application.my_submission.disclosing import as_seen_by
from reporting_svc.application.my_submission.standing import own_cycle
from reporting_svc.application.queries.catalogue import framework_version
from reporting_svc.entrypoints.pages.frame import Deps
from reporting_svc.entrypoints.pages.languages import Speech
from reporting_svc.entrypoints.pages.my_submission.member import PRIVATE, CycleCode, Own
from reporting_svc.entrypoints.pages.route import PageRoute

router = APIRouter(route_class=PageRoute, include_in_schema=False)
_BY_GRANT = {f"integrator_{level}": level for level in GRANTS if level is not MOST_OPEN}
ONLOOKERS = ("no_token", "contact_point", "regional_office_own_region", *_BY_GRANT, "reviewer_assigned", "secretariat")


class Onlooker(StrEnum):
    """The roles that are offered, by their names in submission-svc; one a level that is granted to integrators."""

    vars().update({name.upper(): name for name in ONLOOKERS})


NO_TOKEN = Onlooker("no_token")


@router.api_route("/my-submission/{cycle}/as-seen-by", methods=["GET", "HEAD"])
def get_as_seen_by(cycle: CycleCode, member: Own, deps: Deps, role: Onlooker = NO_TOKEN) -> Response:
    """The submission through the eyes of a role."""
    found = own_cycle(member.service, member.caller, cycle, member.population)
    seen = as_seen_by(member.service, member.caller, cycle, role)
    with deps.reader.connect() as connection:
        framework = framework_version(connection, found.framework, found.framework_version)
    return member.frame.page(
        "my_seen.html",
        cache=PRIVATE,
        cycle=found,
        seen=seen,
        role=role,
        onlookers={each.value: _in_words(each, member.frame.say) for each in Onlooker},
        kpis={kpi.code: kpi for kpi in framework.kpis()} if framework else {},
        inputs=framework.inputs_by_code if framework else {},
    )


def _in_words(onlooker: Onlooker, say: Speech) -> str:
    level = _BY_GRANT.get(onlooker.value)
    if level is None:
        return say(f"my.seen.as.{onlooker}")
    return say("my.seen.as.integrator", level=say.name(level.entry.name))
