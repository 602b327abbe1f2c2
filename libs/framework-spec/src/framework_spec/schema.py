"""The published JSON Schema of the framework document."""

from typing import Any

from framework_spec.document import Framework


def json_schema() -> dict[str, Any]:
    """Give the JSON Schema (2020-12). It describes the shape; the checks on meaning come on top."""
    schema = Framework.model_json_schema(by_alias=True, mode="validation")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:openpmm:framework:1",
        **schema,
        "title": "OpenPMM framework document",
    }
