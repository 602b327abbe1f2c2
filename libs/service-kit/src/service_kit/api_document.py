"""Finishes the OpenAPI document: how a token is sent, what every operation may answer, summaries, nothing unused."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from service_kit.problems import ProblemRead, responses

Document = dict[str, Any]
_REF = "#/components/schemas/{model}"
_OF_THE_VALIDATOR = "HTTPValidationError"
# Bad HTTP, a refused token, too many requests, a service that is away: the gateway answers so before any route does.
ANYWHERE = (400, 401, 403, 429, 503, 504)
WITH_A_BODY = (413, 415)
_HEADERS = {
    "401": {"WWW-Authenticate": "How to say who you are"},
    "429": {"Retry-After": "Seconds to wait"},
    "503": {"Retry-After": "Seconds to wait"},
}
_FIRST_WORDS = re.compile(r"(.+?)(?:[.;](?=\s|$)|$)", re.DOTALL)


def finished(document: Document) -> Document:
    """The document as it is published; finishing a finished one changes nothing."""
    components = document.setdefault("components", {})
    components.setdefault("securitySchemes", {})["token"] = {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "OAuth2 client credentials; on the local stack POST /auth/oauth2/token (docs/tokens.md).",
    }
    document["security"] = [{"token": []}, {}]
    components.setdefault("schemas", {}).update(_problem_schemas())
    for operation in _operations(document):
        operation["summary"] = _summary(operation)
        operation["responses"] = _answers(operation, components.setdefault("responses", {}))
    _drop_unused(document)
    return document


def _operations(document: Document) -> Iterator[Document]:
    for path in document.get("paths", {}).values():
        yield from path.values()


def _summary(operation: Document) -> str:
    """The first words of the description, in place of the function's name in title case; a chosen summary stays."""
    mechanical = operation.get("operationId", "").replace("_", " ").title()
    if operation.get("summary", mechanical) != mechanical or not operation.get("description"):
        return str(operation.get("summary", mechanical))
    found = _FIRST_WORDS.match(operation["description"])
    return " ".join(found.group(1).split()) if found else mechanical


def _answers(operation: Document, shared: Document) -> Document:
    """The answers of an operation by status; the problem answers that every operation may give are shared."""
    answers = dict(operation.get("responses", {}))
    if _is_validators_own(answers.get("422")):
        del answers["422"]
    needed = [*ANYWHERE, *(WITH_A_BODY if "requestBody" in operation else ())]
    needed += [422] if "requestBody" in operation or operation.get("parameters") else []
    for status, answer in responses(*needed).items():
        answers.setdefault(str(status), answer)
    for status, answer in answers.items():
        if status.isdecimal() and int(status) >= 400 and answer == responses(int(status)).get(int(status)):
            shared[f"Problem{status}"] = _with_headers(status, answer)
            answers[status] = {"$ref": f"#/components/responses/Problem{status}"}
    return dict(sorted(answers.items()))


def _with_headers(status: str, answer: Mapping[str, Any]) -> Document:
    headers = {
        name: {"description": words, "schema": {"type": "string"}} for name, words in _HEADERS.get(status, {}).items()
    }
    return {**answer, **({"headers": headers} if headers else {})}


def _is_validators_own(answer: Mapping[str, Any] | None) -> bool:
    schema = (answer or {}).get("content", {}).get("application/json", {}).get("schema", {})
    return bool(schema.get("$ref") == _REF.format(model=_OF_THE_VALIDATOR))


def _problem_schemas() -> Document:
    schema = ProblemRead.model_json_schema(ref_template=_REF)
    return {**schema.pop("$defs"), ProblemRead.__name__: schema}


def _drop_unused(document: Document) -> None:
    """Take away schemas that no operation leads to."""
    schemas = document["components"]["schemas"]
    used: set[str] = set()
    waiting: list[Any] = [document.get("paths"), document["components"].get("responses")]
    while waiting:
        new = set(_referred(waiting.pop())) - used
        used |= new
        waiting += [schemas[name] for name in new if name in schemas]
    for name in set(schemas) - used:
        del schemas[name]


def _referred(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"].rpartition("/")[2]
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _referred(each)
