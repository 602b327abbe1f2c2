"""The template over HTTP: a workbook to fill in and push back as it is."""

from fastapi import APIRouter, Response

from answer_intake.formats import XLSX_TYPE
from service_kit.problems import responses
from submission_svc.application.queries.template import Asked, template
from submission_svc.entrypoints.http.dependencies import AdministrationCode, CycleCode, Deps, SubmissionReader
from submission_svc.entrypoints.http.wanted import WantedLanguage

router = APIRouter(prefix="/api/v1/cycles/{cycle}/submissions/{administration}", tags=["answers"])
CONTENT = {XLSX_TYPE: {"schema": {"type": "string", "format": "binary"}}}


@router.get(
    "/template",
    response_class=Response,
    responses={200: {"content": CONTENT, "description": "The workbook"}, **responses(401, 403, 404)},
)
def get_template(
    cycle: CycleCode, administration: AdministrationCode, viewer: SubmissionReader, deps: Deps, language: WantedLanguage
) -> Response:
    """The workbook to fill in. What the draft says stands in it, else what was accepted for the same calendar year."""
    with deps.reader.connect() as connection:
        made = template(connection, viewer, Asked(cycle, administration, language))
    name = f'attachment; filename="{cycle}-{administration}-{language}.xlsx"'
    return Response(made, media_type=XLSX_TYPE, headers={"content-disposition": name})
