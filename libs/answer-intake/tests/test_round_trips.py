"""Any table of answers survives every text format: what is written is read back as the very same answers."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer_intake.checking import check
from answer_intake.formats import Format
from answer_intake.reading import read
from answer_intake.rulebook import Rulebook
from answer_intake.taken import AnswerEntry, AnswerKey, ClaimEntry, ClaimKey, Taken
from answer_intake.writing import items_of, write

TEXT_FORMATS = (Format.JSON, Format.NDJSON, Format.CSV)
MEMBERS = ("KEN", "UGA")
finite = st.floats(allow_nan=False, allow_infinity=False).map(lambda value: value + 0.0)
written = st.text(
    alphabet=st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\r\t=+-@'\",;|"), max_size=60
).map(str.strip)
texts = written.map(lambda text: text or None)
statuses = st.sampled_from([None, "E", "P", "B"])
periods = st.sampled_from([None, "2023-07-01/2024-06-30", "2024-04-01/2025-03-31"])
figures = st.builds(AnswerEntry, st.just(0), st.just("number"), finite, texts, statuses, texts, periods)
missing = st.builds(AnswerEntry, st.just(0), st.just("missing"), st.none(), texts, st.none(), texts, st.none())
keys = st.tuples(st.sampled_from(MEMBERS), st.sampled_from(["REVENUE", "FIGURE"]), st.just(2024))
claim_keys = st.tuples(st.sampled_from(MEMBERS), st.sampled_from(["K-TIME", "K-SHARE"]))
claims = st.tuples(st.just(0), st.sampled_from(["not_applicable", "opted_out"]), written.filter(bool)) | st.just(
    (0, "none", "")
)


@pytest.fixture(scope="session")
def open_rulebook(rulebook: Rulebook) -> Rulebook:
    """Two inputs without bounds that take fiscal years."""
    bounds = rulebook.rules["REVENUE", 2024]
    return replace(
        rulebook,
        rules={("REVENUE", 2024): bounds, ("FIGURE", 2024): bounds},
        years={"REVENUE": (2024,), "FIGURE": (2024,)},
        fiscal=frozenset({"REVENUE", "FIGURE"}),
    )


def without_rows(taken: Taken) -> tuple[object, ...]:
    """What is said, wherever in the file it stood."""
    return (
        {key: (repr(entry.value), entry[3:]) for key, entry in taken.answers.items()},
        set(taken.deleted),
        {key: entry[1:] for key, entry in taken.claims.items()},
    )


@pytest.mark.parametrize("fmt", TEXT_FORMATS)
@pytest.mark.parametrize("many", [False, True])
@given(
    answers=st.dictionaries(keys, figures | missing, max_size=4),
    deleted=st.sets(keys, max_size=4),
    said=st.dictionaries(claim_keys, claims, max_size=4),
)
def test_what_is_written_is_read_back(
    open_rulebook: Rulebook,
    fmt: Format,
    many: bool,
    answers: dict[AnswerKey, AnswerEntry],
    deleted: set[AnswerKey],
    said: dict[ClaimKey, ClaimEntry],
) -> None:
    if not many:
        answers = {("KEN", *key[1:]): entry for key, entry in answers.items()}
        deleted = {("KEN", *key[1:]) for key in deleted}
        said = {("KEN", key[1]): entry for key, entry in said.items()}
    taken = Taken(answers, dict.fromkeys(sorted(deleted - answers.keys()), 0), said)
    body = write(items_of(taken, many=many), fmt, many=many)
    table = read(body, fmt, many=many)
    checked = check(table, open_rulebook, member=None if many else "KEN", members=MEMBERS)
    assert [found for found in checked.findings if found.code != "answers.empty"] == []
    assert without_rows(checked.taken) == without_rows(taken)
    assert table.received == taken.count


def test_no_text_in_csv_is_a_formula_to_a_spreadsheet() -> None:
    entry = AnswerEntry(0, "number", -1.0, '=HYPERLINK("http://example.org")', None, "@SUM(A1)")
    body = write(items_of(Taken({("KEN", "REVENUE", 2024): entry}), many=False), Format.CSV, many=False)
    assert body.decode("utf-8-sig").splitlines()[1] == (
        """REVENUE,2024,-1,,,'@SUM(A1),"'=HYPERLINK(""http://example.org"")","""
    )
