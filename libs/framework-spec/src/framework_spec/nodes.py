"""Safe reading of YAML or JSON text into plain data that remembers where everything stood.

Only true and false, whole numbers, decimals (1.5, and 1.5e-7 with a signed exponent) and null are typed; all else is
text, so the code of Norway stays "NO" and "1E2" is no number. Aliases, anchors and tags are refused, a key may stand
only once, and size and depth are bounded.
"""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from framework_spec.problems import Location

MAXIMUM_BYTES = 10 * 1024 * 1024
MAXIMUM_DEPTH = 80
MAXIMUM_VALUES = 400_000  # ten times those of a framework of a thousand KPIs
MAXIMUM_PROBLEMS = 1000

Place = tuple[int, int]

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_INTEGER = re.compile(r"^[-+]?(0|[1-9][0-9]{0,30})$")
_DECIMAL = re.compile(r"^[-+]?(0|[1-9][0-9]{0,30})\.[0-9]{1,40}([eE][-+][0-9]{1,3})?$")
_JSON_NUMBER = re.compile(r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$")
_ESCAPED_PAIR = re.compile(r"(?<!\\)((?:\\\\)*)\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)
_RAW = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass
class Unreadable(Exception):  # noqa: N818
    """The text cannot be read on from here."""

    code: str
    message: str
    place: Place


@dataclass
class Source:
    """Plain data with the place of every value, and what is wrong with the text itself."""

    data: Any = None
    places: dict[Location, Place] = field(default_factory=dict)
    problems: list[tuple[Location, Place, str, str]] = field(default_factory=list)

    def place(self, location: Location) -> Place:
        """Give line and column of a value; of the nearest value around it when it does not exist."""
        while location and location not in self.places:
            location = location[:-1]
        return self.places.get(location, (1, 1))


def load(text: str | bytes) -> Source:
    """Read the text; what goes wrong is in `problems`, and `data` is what could be read all the same."""
    source = Source()
    try:
        _Loader(_decoded(text), source).load()
    except Unreadable as stop:
        source.problems.append(((), stop.place, stop.code, stop.message))
        source.data = None
    return source


def _decoded(text: str | bytes) -> str:
    size = len(text) if isinstance(text, bytes) else len(text.encode("utf-8", "surrogatepass"))
    if size > MAXIMUM_BYTES:
        raise Unreadable("document.too_large", f"the document is larger than {MAXIMUM_BYTES // 2**20} MB", (1, 1))
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        column = error.start - text.rfind(b"\n", 0, error.start)
        raise Unreadable("document.not_utf8", "the document is not UTF-8 text", (line, column)) from None


class _Loader:
    """Builds data from the event stream of PyYAML, so nothing is expanded before it has been looked at."""

    def __init__(self, text: str, source: Source) -> None:
        self._is_json = _is_json(text)
        self._text = _as_yaml(text) if self._is_json else text
        self._source = source

    def load(self) -> None:
        try:
            events = self._events()
            self._source.data = self._value(next(events), events, ())
            for event in events:
                raise Unreadable("document.several", "there is more than one document in the file", _place(event))
        except StopIteration:
            raise Unreadable("document.empty", "the document is empty", (1, 1)) from None
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            raise Unreadable("document.syntax", f"not readable as YAML or JSON: {error.problem}", place) from None
        except yaml.YAMLError as error:
            first = str(error).splitlines()[0]
            raise Unreadable("document.syntax", f"not readable as YAML or JSON: {first}", (1, 1)) from None

    def _events(self) -> Iterator[yaml.Event]:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        frames = (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent)
        for event in yaml.parse(self._text, Loader=loader):
            if not isinstance(event, frames):
                yield event

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], location: Location) -> Any:
        self._source.places.setdefault(location, _place(event))
        if len(location) > MAXIMUM_DEPTH:
            raise Unreadable("document.too_deep", f"nested more than {MAXIMUM_DEPTH} deep", _place(event))
        if len(self._source.places) > MAXIMUM_VALUES:
            message = f"more than {MAXIMUM_VALUES:,} values; reading stopped here"
            raise Unreadable("document.too_many_values", message, _place(event))
        self._refuse_tricks(event, location)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, location)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, location)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, location)
        return None

    def _refuse_tricks(self, event: yaml.Event, location: Location) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._problem(location, event, "document.alias", "aliases are not allowed; write the value out")
        elif getattr(event, "anchor", None) is not None:
            self._problem(location, event, "document.anchor", "anchors are not allowed; write the value out")
        elif getattr(event, "tag", None) not in (None, "!"):
            self._problem(location, event, "document.tag", "tags are not allowed")

    def _refuse_unwritable(self, event: yaml.ScalarEvent, location: Location) -> None:
        if _UNWRITABLE.search(event.value):
            self._problem(location, event, "document.unwritable", "control characters are not allowed; type it again")

    def _scalar(self, event: yaml.ScalarEvent, location: Location) -> Any:
        text: str = event.value
        self._refuse_unwritable(event, location)
        if not event.implicit[0]:  # quoted
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _INTEGER.match(text):
            return int(text)
        if _DECIMAL.match(text) or (self._is_json and _JSON_NUMBER.match(text)):
            number = float(text)
            if not math.isfinite(number):
                self._problem(location, event, "document.number_too_large", f"{text} is larger than any number here")
            return number
        return text

    def _sequence(self, events: Iterator[yaml.Event], location: Location) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self._value(event, events, (*location, len(items))))
        return items

    def _mapping(self, events: Iterator[yaml.Event], location: Location) -> dict[str, Any]:
        items: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise Unreadable("document.key", "a key must be a plain text", _place(event))
            key = str(event.value)
            inner = (*location, key)
            if key in items:
                self._problem(inner, event, "document.duplicate_key", f"the key {key!r} stands here twice")
            self._source.places[inner] = _place(event)
            self._refuse_tricks(event, inner)
            self._refuse_unwritable(event, inner)
            items[key] = self._value(next(events), events, inner)
        return items

    def _problem(self, location: Location, event: yaml.Event, code: str, message: str) -> None:
        self._source.problems.append((location, _place(event), code, message))
        if len(self._source.problems) >= MAXIMUM_PROBLEMS:
            raise Unreadable("document.too_many_problems", "too many problems; reading stopped here", _place(event))


def _place(event: yaml.Event) -> Place:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _is_json(text: str) -> bool:
    if not text.lstrip().startswith("{"):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _as_yaml(text: str) -> str:
    """Write the things that JSON has and YAML has not in the way of YAML.

    A tab is white space in JSON only; inside JSON strings it cannot stand raw, so nothing is lost. A character beyond
    the first plane may be two escapes in JSON. Some characters may stand raw in JSON strings only.
    """
    safe = _RAW.sub(lambda found: f"\\u{ord(found.group()):04x}", text.replace("\t", " "))
    return _ESCAPED_PAIR.sub(_joined_pair, safe)


def _joined_pair(found: re.Match[str]) -> str:
    high, low = int(found[2], 16), int(found[3], 16)
    return found[1] + chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
