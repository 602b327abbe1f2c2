"""Every route of the service as its own API document tells it, with something valid to send to each of them.

So a new route is tried without anybody having to think of it; one with a part of a path that is new here fails first.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Document = Mapping[str, Any]
PREFIX = "/api/v1/cycles"
QUERY = {"about": "K-TIME", "name": "a.txt", "reason": "some words", "role": "public", "scope": "all", "year": "2024"}
TEXTS = {"date": "2025-06-01", "date-time": "2025-06-01T00:00:00Z", "email": "someone@example.org"}


@dataclass(frozen=True)
class Route:
    """A route with its parameters by place, and an example of its body."""

    method: str
    path: str
    query: dict[str, str] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()
    headers: frozenset[str] = frozenset()
    body: Any = None

    @property
    def words(self) -> str:
        """What a test is called by."""
        return f"{self.method} {self.path}"

    def address(self, **parts: str) -> str:
        """The path below /api/v1/cycles with its parts filled in; KeyError for a part that nobody has thought of."""
        path = self.path.format(**parts)
        return path.removeprefix(PREFIX) if path.startswith(PREFIX) else f"/..{path.removeprefix('/api/v1')}"

    def options(self) -> dict[str, Any]:
        """What is sent beside."""
        if self.body is None:
            return {"params": self.query}
        sent = {"content": self.body} if isinstance(self.body, bytes) else {"json": self.body}
        return {"params": self.query, **sent}


def routes(document: Document) -> Iterator[Route]:
    """All public routes of the document."""
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if path.startswith("/api/"):
                yield _route(document, path, method.upper(), operation)


def _route(document: Document, path: str, method: str, operation: Document) -> Route:
    given = operation.get("parameters", [])
    query = [each for each in given if each["in"] == "query"]
    return Route(
        method,
        path,
        query={each["name"]: QUERY[each["name"]] for each in query if each.get("required")},
        optional=frozenset(each["name"] for each in query),
        headers=frozenset(each["name"] for each in given if each["in"] == "header"),
        body=_body(document, operation),
    )


def _body(document: Document, operation: Document) -> Any:
    content = operation.get("requestBody", {}).get("content", {})
    if not content:
        return None
    return example(document, content["application/json"]["schema"]) if "application/json" in content else b"some words"


def example(document: Document, schema: Document) -> Any:
    """Something that fits the schema, as small as may be."""
    if "$ref" in schema:
        return example(document, document["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    for name in ("anyOf", "oneOf", "allOf"):
        if name in schema:
            return example(document, schema[name][0])
    if "enum" in schema or "const" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    made: dict[str, Any] = {
        "object": lambda: {
            name: example(document, part)
            for name, part in schema.get("properties", {}).items()
            if name in schema.get("required", ())
        },
        "array": lambda: [example(document, schema["items"]) for _ in range(schema.get("minItems", 0))],
        "string": lambda: _text(schema),
        "integer": lambda: schema.get("minimum", 2024),
        "number": lambda: schema.get("minimum", 1.0),
        "boolean": lambda: False,
    }
    return made[schema.get("type", "object")]()


def _text(schema: Document) -> str:
    if "format" in schema:
        return TEXTS[schema["format"]]
    return "someone@example.org" if "@" in schema.get("pattern", "") else "some-words"
