"""Workbooks and lists to take along: the template, and an uploaded file with its errors marked."""

from typing import Literal
from uuid import UUID

from fastapi import APIRouter, Response

from reporting_svc.application.my_submission.doing import template, upload_errors
from reporting_svc.entrypoints.pages.my_submission.member import PRIVATE, CycleCode, Own
from reporting_svc.entrypoints.pages.route import PageRoute

router = APIRouter(route_class=PageRoute, include_in_schema=False)
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
Form = Literal["xlsx", "csv"]


@router.api_route("/my-submission/{cycle}/template", methods=["GET", "HEAD"])
def get_template(cycle: CycleCode, member: Own, language: Literal["en", "fr"] = "en") -> Response:
    """The workbook to fill in."""
    made = template(member.service, member.caller, cycle, language)
    return _attached(made, "xlsx", f"{cycle}-{member.caller.administration}-{language}")


@router.api_route("/my-submission/{cycle}/uploads/{job}/errors", methods=["GET", "HEAD"])
def get_upload_errors(cycle: CycleCode, job: UUID, member: Own, form: Form = "xlsx") -> Response:
    """What is wrong with an uploaded file, marked in the file itself or as a list."""
    made = upload_errors(member.service, member.caller, cycle, job, form)
    return _attached(made, form, f"{cycle}-{member.caller.administration}-errors")


def _attached(content: bytes, form: Form, name: str) -> Response:
    headers = {
        "content-disposition": f'attachment; filename="{name}.{form}"',
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; sandbox",
        "cache-control": PRIVATE,
    }
    return Response(content, media_type=TYPES[form], headers=headers)
