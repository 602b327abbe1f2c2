"""How a push is asked for in a request: its options, and whether to wait for it."""

from typing import Annotated, Literal

from fastapi import Depends, Header, Query, Request

from answer_intake.formats import XLSX_TYPE, Format, UnknownFormatError, format_of
from answer_intake.workbook.guards import unpacked_bytes
from service_kit.errors import Kind, ProblemError
from submission_svc.application.pushing.options import OnError, PushOptions

# What takes a few seconds at most, also where every cell is wrong.
LONGEST_SYNCHRONOUS_BODY = 5 * 2**20
LONGEST_SYNCHRONOUS_WORKBOOK = 10 * 2**20  # unpacked: 35,000 rows with all columns
ScopeName = Annotated[
    str, Query(max_length=200, description="What is replaced or deleted: all, year:2024, input:CODE or node:CODE")
]
OnErrorQuery = Annotated[
    OnError, Query(description="refuse_all: nothing is saved when a row is wrong; take_good: the good rows are")
]
DryRun = Annotated[bool, Query(description="Save nothing; tell what would be")]
Prefer = Annotated[str | None, Header(description="respond-async: the push becomes a job (202)")]


def _options(
    mode: Annotated[
        Literal["merge", "replace"],
        Query(description="merge adds and changes; replace also deletes what is in scope and not in the file"),
    ] = "merge",
    scope: ScopeName | None = None,
    on_error: OnErrorQuery = "refuse_all",
    dry_run: DryRun = False,
) -> PushOptions:
    return PushOptions(mode, scope, on_error, dry_run)


def _options_of_many(on_error: OnErrorQuery = "refuse_all", dry_run: DryRun = False) -> PushOptions:
    return PushOptions("merge", None, on_error, dry_run)


WantedPush = Annotated[PushOptions, Depends(_options)]
WantedPushOfMany = Annotated[PushOptions, Depends(_options_of_many)]


def is_for_a_job(prefer: str | None, body: bytes) -> bool:
    """Whether nobody waits: because the caller says so (RFC 7240), or because it would be long."""
    wishes = {part.strip().lower() for part in (prefer or "").replace(";", ",").split(",")}
    if "respond-async" in wishes or len(body) > LONGEST_SYNCHRONOUS_BODY:
        return True
    return unpacked_bytes(body) > LONGEST_SYNCHRONOUS_WORKBOOK


def format_sent(request: Request, body: bytes) -> Format:
    """The format of the body.

    Raises:
        ProblemError: `answers.media_type` (415).
    """
    try:
        return format_of(request.headers.get("content-type"), body)
    except UnknownFormatError:
        kinds = ", ".join(fmt.media_type for fmt in Format)
        detail = f"Send answers as one of {kinds}; texts in UTF-8 (CSV also in UTF-16 or Windows-1252)."
        french = f"Envoyez les réponses comme {kinds} ; textes en UTF-8 (CSV aussi en UTF-16 ou Windows-1252)."
        raise ProblemError("answers.media_type", Kind.UNSUPPORTED_MEDIA, detail, french=french) from None


def documented_body(*, many: bool) -> dict[str, object]:
    """The request body for the OpenAPI document: routes read it raw, to name every fault in it."""
    text, code = {"type": "string"}, {"type": "string", "description": "Input; for a claim or its removal, KPI"}
    states = {"type": "string", "enum": ["number", "missing", "not_applicable", "opted_out", "none"]}
    fields: dict[str, object] = {
        "code": code,
        "year": {"type": "integer"},
        "value": {"type": "number"},
        "state": states,
        "status": {"type": "string", "enum": ["A", "E", "P", "B"], "description": "Observation status; nothing is A"},
        "reason": text,
        "comment": text,
        "period": {"type": "string", "description": "Fiscal year where the input allows it: first/last day"},
    }
    fields |= {"administration": text} if many else {}
    required = ["administration", "code"] if many else ["code"]
    item = {"type": "object", "additionalProperties": False, "properties": fields, "required": required}
    answers = {"type": "array", "items": item, "minItems": 1}
    schema = {"type": "object", "properties": {"answers": answers}, "required": ["answers"]}
    example = "administration," * many + "code,year,value,state,status,reason,comment,period\n"
    content = {
        Format.JSON.media_type: {"schema": schema},
        Format.NDJSON.media_type: {"schema": {"type": "string", "description": "One item of answers a line"}},
        Format.CSV.media_type: {"schema": {"type": "string"}, "example": example},
        XLSX_TYPE: {"schema": {"type": "string", "format": "binary"}},
    }
    return {"requestBody": {"required": True, "content": content}}
