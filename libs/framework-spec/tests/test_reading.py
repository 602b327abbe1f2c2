"""Reading YAML and JSON: places, plain text, tricks refused, and everything told at once."""

import json
import time
from typing import Any

import pytest

from framework_spec.document import Framework
from framework_spec.nodes import load
from framework_spec.reading import FrameworkRejectedError, read_framework, validate_document

SMALL = """\
spec: openpmm.framework/1
code: small
version: "1"
purpose: scoring
population: testers
inputs:
  - {code: ALL, unit: count}
  - {code: GOOD, unit: count}
root:
  code: OVERALL
  kind: index
  name: {en: Overall}
  children:
    - code: K1
      kind: kpi
      name: {en: Good share}
      formula: 100 * GOOD / ALL
      direction: higher_is_better
      scoring: {normalisation: goalposts, lower: 0, upper: 100}
"""


def rejected(text: str | bytes) -> list[tuple[str, int | None, int | None]]:
    with pytest.raises(FrameworkRejectedError, match=r"\[[a-z_]+\.[a-z_0-9]+\]") as caught:
        read_framework(text)
    return [(problem.code, problem.line, problem.column) for problem in caught.value.problems]


def test_reads_yaml_and_its_own_canonical_json_alike() -> None:
    framework = read_framework(SMALL)
    again = read_framework(framework.canonical_json())
    assert again == framework
    assert again.digest() == framework.digest()
    assert framework.digest().startswith("sha256:")
    assert read_framework(SMALL.encode("utf-8-sig")) == framework


def test_reads_indented_json_with_tabs_and_exponents(document: dict[str, Any]) -> None:
    text = json.dumps(document, indent="\t").replace('"upper": 100', '"upper": 1e2')
    assert read_framework(text) == validate_document(document)


def test_reads_escaped_characters_beyond_the_first_plane(document: dict[str, Any]) -> None:
    document["name"] = {"en": "tab\there, \U0001f600"}
    assert read_framework(json.dumps(document)) == validate_document(document)


def test_text_stays_text() -> None:
    data = load("[NO, NA, yes, 1E2, 0123, 1_000, 0x1F, 12:30, 2024-01-01, .inf, .nan, on, Null, é]").data
    expected = [
        "NO",
        "NA",
        "yes",
        "1E2",
        "0123",
        "1_000",
        "0x1F",
        "12:30",
        "2024-01-01",
        ".inf",
        ".nan",
        "on",
        "Null",
        "é",
    ]
    assert data == expected
    assert load("[true, false, null, 12, -3, 1.50, '1']").data == [True, False, None, 12, -3, 1.5, "1"]


def test_tells_all_problems_of_text_shape_and_meaning_at_once() -> None:
    text = (
        SMALL.replace('version: "1"', "version: 1")
        .replace("GOOD / ALL", "GOOD / AL")
        .replace("name: {en: Overall}", "name: &x {en: Overall}\n  colour: red")
        .replace("lower: 0", "lower: '0'")
        .replace("kind: index", "kind: index\n  kind: index")
    )
    assert rejected(text) == [
        ("document.wrong_value", 3, 1),
        ("document.duplicate_key", 12, 3),
        ("document.anchor", 13, 9),
        ("document.unknown_field", 14, 3),
        ("formula.unknown_input", 19, 7),
        ("document.wrong_value", 21, 43),
    ]


def test_words_say_what_and_what_to_do() -> None:
    text = SMALL.replace('version: "1"', "version: 1").replace("index", "indx").replace("GOOD / ALL", "GOD / ALL")
    with pytest.raises(FrameworkRejectedError, match="put it in quotes") as caught:
        read_framework(text)
    assert "should be index, dimension" in str(caught.value)
    assert "line 3, column 1: version" in str(caught.value)
    with pytest.raises(FrameworkRejectedError, match="did you mean GOOD"):
        read_framework(SMALL.replace("GOOD / ALL", "GOD / ALL"))


def test_refuses_aliases_that_would_explode() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(20)
    )
    assert {"document.alias", "document.anchor"} <= {code for code, _, _ in rejected(bomb)}


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "document.empty", 1),
        ("# nothing\n", "document.empty", 1),
        ("a: [1, 2", "document.syntax", 2),
        ("a: 1\n\tb: 2", "document.syntax", 2),
        ("- 1\n- 2", "document.not_a_mapping", 1),
        ("just text", "document.not_a_mapping", 1),
        ("null", "document.not_a_mapping", 1),
        ("a: 1\n---\nb: 2", "document.several", 3),
        ("? [a, b]\n: 1", "document.key", 1),
        ("a: !!python/object:os.system ls", "document.tag", 1),
        (b"a: b\nb: \xff\xfe", "document.not_utf8", 2),
        ("a: " + "[" * 200, "document.too_deep", 1),
        ('{"a": ' * 200 + "1" + "}" * 200, "document.too_deep", 1),
        ("a: " + "x" * (10 * 2**20), "document.too_large", 1),
        ("a: \x00", "document.syntax", 1),
    ],
)
def test_refuses_what_is_no_document(text: str | bytes, code: str, line: int) -> None:
    assert (code, line) in [(found, at) for found, at, _ in rejected(text)]


def test_stops_telling_after_a_thousand_problems() -> None:
    found = rejected("a: [" + ", ".join(["&x 1"] * 5000) + "]")
    assert len(found) <= 1002
    assert "document.too_many_problems" in [code for code, _, _ in found]


def test_a_document_that_is_data_already_has_paths_without_lines(document: dict[str, Any]) -> None:
    document["root"]["children"][0]["children"][0]["weight"] = -1
    with pytest.raises(FrameworkRejectedError, match="a weight cannot be negative") as caught:
        validate_document(document)
    assert [(problem.path, problem.line) for problem in caught.value.problems] == [
        ("root.children[0].children[0].weight", None)
    ]


@pytest.mark.parametrize("value", [True, "0.1.2", "1/0", "1/00", float("nan"), float("inf"), None, [], 10**40])
def test_refuses_weights_that_are_no_numbers(document: dict[str, Any], value: Any) -> None:
    document["root"]["children"][0]["weight"] = value
    with pytest.raises(FrameworkRejectedError, match="weight"):
        validate_document(document)


def test_order_of_keys_and_form_of_numbers_do_not_change_the_digest(document: dict[str, Any]) -> None:
    framework = validate_document(document)
    document["root"] = dict(reversed(document["root"].items()))
    document["root"]["children"][0]["weight"] = 1.0
    document["decimals"] = 1
    assert validate_document(document).digest() == framework.digest()
    document["decimals"] = 2
    assert validate_document(document).digest() != framework.digest()


def test_reads_and_checks_a_thousand_kpis_in_less_than_two_seconds(document: dict[str, Any]) -> None:
    parent = document["root"]["children"][0]
    pattern = parent["children"][0]
    parent["children"] = [
        {**pattern, "code": f"K{number}", "unit": "percent", "formula": f"100 * (GOOD + {number} * ALL) / ALL"}
        for number in range(1000)
    ]
    text = json.dumps(document)
    start = time.process_time()
    framework = read_framework(text)
    framework.digest()
    assert time.process_time() - start < 2
    assert len(framework.kpis()) == 1000
    assert isinstance(framework, Framework)
