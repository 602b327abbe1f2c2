"""Which fields and which kinds a place of the document may have, for who wrote something else there."""

from typing import Any, get_args

from pydantic import BaseModel

from framework_spec.document import Framework

Models = tuple[type[BaseModel], ...]
Steps = tuple[str | int, ...]


def fields_at(steps: Steps) -> tuple[str, ...]:
    """The fields that may stand at a place; the steps name fields, numbers in lists, and branches of the model."""
    found = [field.alias or name for model in _models_at(steps) for name, field in model.model_fields.items()]
    return tuple(dict.fromkeys(found))


def kinds_at(steps: Steps) -> tuple[str, ...]:
    """What the field `kind` may say at a place."""
    return tuple(dict.fromkeys(kind for model in _models_at(steps) for kind in _kinds(model)))


def _models_at(steps: Steps) -> Models:
    models: Models = (Framework,)
    for step in steps:
        models = _inner(models, step)
    return models


def _inner(models: Models, step: str | int) -> Models:
    named = [field for model in models for name, field in model.model_fields.items() if step in (name, field.alias)]
    if named:
        return tuple(dict.fromkeys(inner for field in named for inner in _models(field.annotation)))
    branch = tuple(model for model in models if step in _kinds(model))
    return branch or models


def _kinds(model: type[BaseModel]) -> tuple[str, ...]:
    kind = model.model_fields.get("kind")
    return tuple(str(value) for value in get_args(kind.annotation)) if kind else ()


def _models(annotation: Any) -> Models:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return (annotation,)
    return tuple(model for inner in get_args(annotation) for model in _models(inner))
