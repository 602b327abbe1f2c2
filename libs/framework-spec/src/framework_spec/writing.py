"""Writing a framework or a draft as YAML or JSON that reads back as the same document.

Comments and the order of keys of an imported file are not part of the document, so they are not kept.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

import yaml

from framework_spec.document import Framework

_PLAIN = re.compile(r"^[A-Za-z_][A-Za-z0-9_]*([ -][A-Za-z0-9_]+)*$")
# Characters that JSON may hold raw, but the YAML reader refuses or takes for line breaks.
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_WIDTH = 120


def to_json(document: Framework | Mapping[str, Any]) -> str:
    """Write indented JSON with the fields in the order of the model; a final newline ends it."""
    text = json.dumps(_data(document), indent=2, ensure_ascii=False, allow_nan=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", text) + "\n"


def to_yaml(document: Framework | Mapping[str, Any]) -> str:
    """Write YAML without anchors; text that could be taken for something else is in quotes."""
    text: str = yaml.dump(
        _data(document),
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=_WIDTH,
        default_flow_style=None,
    )
    return text


def _data(document: Framework | Mapping[str, Any]) -> dict[str, Any]:
    return document.document() if isinstance(document, Framework) else dict(document)


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = None if _PLAIN.match(value) else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _number(dumper: yaml.SafeDumper, value: float) -> yaml.ScalarNode:
    # 50.0 and 50 are the same number; people write the latter.
    is_plain = value.is_integer() and abs(value) < 2**53
    return dumper.represent_int(int(value)) if is_plain else dumper.represent_float(value)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(float, _number)
