"""What others would see of the submission, as submission-svc says, before anything is submitted."""

from typing import Literal, get_args

from fastapi import APIRouter, Response

from reporting_svc.application.my_submission.disclosing import as_seen_by
from reporting_svc.application.my_submission.standing import own_cycle
from reporting_svc.application.queries.catalogue import framework_version
from reporting_svc.entrypoints.pages.frame import Deps
from reporting_svc.entrypoints.pages.my_submission.member import PRIVATE, CycleCode, Own
from reporting_svc.entrypoints.pages.route import PageRoute

router = APIRouter(route_class=PageRoute, include_in_schema=False)
Onlooker = Literal[
    "no_token", "contact_point", "regional_office_own_region", "integrator_wco", "reviewer_assigned", "secretariat"
]


@router.api_route("/my-submission/{cycle}/as-seen-by", methods=["GET", "HEAD"])
def get_as_seen_by(cycle: CycleCode, member: Own, deps: Deps, role: Onlooker = "no_token") -> Response:
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
        onlookers=get_args(Onlooker),
        kpis={kpi.code: kpi for kpi in framework.kpis()} if framework else {},
        inputs=framework.inputs_by_code if framework else {},
    )
