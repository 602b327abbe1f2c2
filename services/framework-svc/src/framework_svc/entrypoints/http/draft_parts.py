"""The parts of a draft over HTTP: one node, input, band or rule at a time."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Response

from framework_svc.application.commands.drafts import read_draft
from framework_svc.application.commands.edit_draft import EditDraft, edit_draft
from framework_svc.domain.edits import PutNode, PutPart, RemoveNode, RemovePart, named
from framework_svc.entrypoints.http.dependencies import Deps, Keeper
from framework_svc.entrypoints.http.drafts import TAGGED, DraftSaved, draft_saved
from framework_svc.entrypoints.http.representations import BODY, FrameworkCode, SentDocument, Version
from framework_svc.entrypoints.http.tags import Expected
from service_kit.problems import responses

router = APIRouter(prefix="/api/v1/frameworks/{code}/drafts/{version}", tags=["drafts"])
CODE = r"^[A-Za-z0-9][A-Za-z0-9_+-]{0,63}$"  # wider than codes of the right form: wrong ones must be removable
PartCode = Annotated[str, Path(pattern=CODE)]
Kind = Annotated[Literal["inputs", "bands", "rules"], Path(description="Rules are addressed by their id")]
PUT_ANSWERS = {**TAGGED, **responses(401, 403, 404, 412, 413, 415, 422, 428)}
DELETE_ANSWERS = {**TAGGED, **responses(401, 403, 404, 412, 413, 422, 428)}


@router.put("/nodes/{node}", response_model=DraftSaved, responses=PUT_ANSWERS, openapi_extra=BODY)
def put_framework_draft_node(
    code: FrameworkCode,
    version: Version,
    node: PartCode,
    response: Response,
    keeper: Keeper,
    expected: Expected,
    source: SentDocument,
    deps: Deps,
    parent: Annotated[
        str | None, Query(pattern=CODE, description="Where a new node is added, and an old one is moved")
    ] = None,
    place: Annotated[int | None, Query(ge=0, le=10_000, description="Rank below `parent`; the last without it")] = None,
) -> Any:
    """Replace the fields of a node (its children stay unless you send others), add a node, or move one."""
    fields = named(read_draft(source).document, "code", node)
    command = EditDraft(code, version, PutNode(node, fields, parent, place), expected, keeper.subject)
    return draft_saved(response, edit_draft(command, deps.unit_of_work(), deps.clock))


@router.delete("/nodes/{node}", response_model=DraftSaved, responses=DELETE_ANSWERS)
def delete_framework_draft_node(
    code: FrameworkCode,
    version: Version,
    node: PartCode,
    response: Response,
    keeper: Keeper,
    expected: Expected,
    deps: Deps,
) -> Any:
    """Remove a node with all that is below it."""
    command = EditDraft(code, version, RemoveNode(node), expected, keeper.subject)
    return draft_saved(response, edit_draft(command, deps.unit_of_work(), deps.clock))


@router.put("/{kind}/{part}", response_model=DraftSaved, responses=PUT_ANSWERS, openapi_extra=BODY)
def put_framework_draft_part(
    code: FrameworkCode,
    version: Version,
    kind: Kind,
    part: PartCode,
    response: Response,
    keeper: Keeper,
    expected: Expected,
    source: SentDocument,
    deps: Deps,
) -> Any:
    """Replace an input, a band or a rule, or add it at the end."""
    fields = named(read_draft(source).document, "id" if kind == "rules" else "code", part)
    command = EditDraft(code, version, PutPart(kind, fields), expected, keeper.subject)
    return draft_saved(response, edit_draft(command, deps.unit_of_work(), deps.clock))


@router.delete("/{kind}/{part}", response_model=DraftSaved, responses=DELETE_ANSWERS)
def delete_framework_draft_part(
    code: FrameworkCode,
    version: Version,
    kind: Kind,
    part: PartCode,
    response: Response,
    keeper: Keeper,
    expected: Expected,
    deps: Deps,
) -> Any:
    """Remove an input, a band or a rule."""
    command = EditDraft(code, version, RemovePart(kind, part), expected, keeper.subject)
    return draft_saved(response, edit_draft(command, deps.unit_of_work(), deps.clock))
