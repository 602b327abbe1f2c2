"""Which texts of a framework are not written yet in which of its languages."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel

from framework_spec.document import Framework
from framework_spec.parts import LocalizedText
from framework_spec.problems import Location, path_text
from framework_spec.texts import missing_languages


@dataclass(frozen=True)
class LanguageGap:
    """A text that exists, but not in all languages; `code` is that of the nearest node, input, band or rule around."""

    location: Location
    code: str | None
    languages: tuple[str, ...]

    @property
    def path(self) -> str:
        """Where the text stands, like root.children[2].name."""
        return path_text(self.location)


def language_gaps(framework: Framework) -> tuple[LanguageGap, ...]:
    """List the texts that lack one of the framework's languages, in document order; absent texts are no gap."""
    gaps = []
    for location, code, text in _texts(framework, (), None):
        missing = missing_languages(text, framework.languages)
        if text and missing:
            gaps.append(LanguageGap(location, code, missing))
    return tuple(gaps)


def _texts(
    part: BaseModel, location: Location, code: str | None
) -> Iterator[tuple[Location, str | None, LocalizedText | None]]:
    code = getattr(part, "code", None) or getattr(part, "id", None) or code
    for name in text_fields(type(part)):
        yield (*location, name), code, getattr(part, name)
    for name in type(part).model_fields:
        value = getattr(part, name)
        if isinstance(value, BaseModel):
            yield from _texts(value, (*location, name), code)
        elif isinstance(value, tuple):
            for place, item in enumerate(value):
                if isinstance(item, BaseModel):
                    yield from _texts(item, (*location, name, place), code)


@cache
def text_fields(model: type[BaseModel]) -> tuple[str, ...]:
    """Name the fields of a part of the document that hold a text in several languages."""
    kinds = (LocalizedText, LocalizedText | None)
    return tuple(name for name, field in model.model_fields.items() if field.annotation in kinds)
