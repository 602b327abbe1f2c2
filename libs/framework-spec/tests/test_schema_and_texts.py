"""The published schema, the texts, and round trips of generated frameworks."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from framework_spec.document import Framework
from framework_spec.numbers import exact
from framework_spec.schema import json_schema
from framework_spec.texts import missing_languages, text


def test_the_schema_accepts_the_small_framework_and_names_a_typing_error(document: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(json_schema())
    validator = Draft202012Validator(json_schema())
    assert list(validator.iter_errors(document)) == []
    document["root"]["colour"] = "red"
    assert "colour" in "".join(error.message for error in validator.iter_errors(document))


def test_texts_fall_back_to_english() -> None:
    assert text({"en": "Yes", "fr": "Oui"}, "fr") == "Oui"
    assert text({"en": "Yes", "fr": ""}, "fr") == "Yes"
    assert text({"es": "Sí"}, "fr") == "Sí"
    assert text({}, "fr") is None
    assert text(None, "fr") is None
    assert missing_languages({"en": "Yes"}, ("en", "fr")) == ("fr",)


def test_a_weight_is_the_decimal_that_was_written() -> None:
    assert exact(0.1) * 10 == 1
    assert exact("2/3") * 3 == 2
    assert exact("0.25") * 4 == 1
    assert exact(1e-7) * 10**7 == 1


words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=20)
finite = st.floats(allow_nan=False, allow_infinity=False)
weights = st.one_of(st.integers(0, 10**6), st.floats(0, 1e6), st.fractions(0, 100, max_denominator=99).map(str))


@st.composite
def kpis(draw: st.DrawFn, code: str) -> dict[str, Any]:
    return {
        "code": code,
        "kind": "kpi",
        "name": draw(st.dictionaries(st.sampled_from(["en", "fr", "es"]), words)),
        "weight": draw(weights),
        "first_cycle": draw(st.dictionaries(words, st.one_of(st.none(), st.booleans(), words, finite), max_size=2)),
        "scoring": {"normalisation": "goalposts", "lower": draw(finite), "upper": draw(finite)},
    }


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_export_and_import_lose_nothing(data: st.DataObject) -> None:
    children = [data.draw(kpis(f"K{number}")) for number in range(data.draw(st.integers(1, 4)))]
    framework = Framework.model_validate(
        {
            "spec": "openpmm.framework/1",
            "code": "generated",
            "version": data.draw(words),
            "purpose": "catalogue",
            "population": "testers",
            "root": {"code": "R", "kind": "index", "children": children},
        }
    )
    again = Framework.model_validate_json(framework.canonical_json())
    assert again.digest() == framework.digest()
    assert again.canonical_json() == framework.canonical_json()
