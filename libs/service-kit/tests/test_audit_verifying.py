"""Whatever is done to a chain by somebody without the key, the verification says where."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_kit.audit.canonical import FIRST, Checkpoint, Entry, checkpoint_bytes, entry_hash
from service_kit.audit.keys import NO_KEYS, AuditKeyError, AuditKeys, new_key_pem, public_pem, read_keys
from service_kit.audit.verifying import Break, Fault, Verification, Verifier

START = datetime(2026, 1, 1, tzinfo=UTC)
EVERY = 5  # entries between checkpoints


class Chain(NamedTuple):
    """Sealed entries and their checkpoints."""

    entries: list[Entry]
    checkpoints: list[Checkpoint]


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> AuditKeys:
    """A signing key."""
    path = tmp_path_factory.mktemp("keys") / "key.pem"
    path.write_text(new_key_pem())
    return read_keys(path)


def linked(entries: list[Entry], first: int = 1, before: str = FIRST) -> list[Entry]:
    """The entries, sealed from a position on."""
    sealed = []
    for position, entry in enumerate(entries, start=first):
        digest = entry_hash(entry, position, before)
        sealed.append(entry._replace(position=position, previous_hash=before, hash=digest))
        before = digest
    return sealed


def plain(number: int) -> Entry:
    """Some entry."""
    detail = {"b": [number, 0.1, None], "a": "é\u2028"}
    return Entry(number * 3, START + timedelta(minutes=number), f"person-{number % 3}", "thing.done", "x/y", detail)


def signed(keys: AuditKeys, number: int, entry: Entry, chain: str = "tests") -> Checkpoint:
    """A checkpoint at an entry."""
    position, digest, key = entry.position or 0, entry.hash or "", keys.signing_id
    content = checkpoint_bytes(chain, number, position, digest, START, key)
    return Checkpoint(number, position, digest, START, key, keys.sign(content))


def chain_of(keys: AuditKeys, count: int) -> Chain:
    """A chain with a checkpoint at every fifth entry."""
    entries = linked([plain(number) for number in range(1, count + 1)])
    marks = [entry for entry in entries if entry.position is not None and entry.position % EVERY == 0]
    return Chain(entries, [signed(keys, number, entry) for number, entry in enumerate(marks, start=1)])


def verify(chain: Chain, keys: AuditKeys, most_unsigned: int | None = None) -> Verification:
    """What the verification finds."""
    verifier = Verifier("tests", keys, chain.checkpoints)
    verifier.take(chain.entries)
    return verifier.finish(most_unsigned)


def places(result: Verification) -> set[tuple[Fault, int, int]]:
    """Each fault with its place."""
    return {(found.fault, found.first, found.last) for found in result.breaks}


COUNT = st.integers(min_value=6, max_value=40)
Draw = Callable[[Any], Any]


@given(count=st.integers(0, 60))
def test_an_untouched_chain_is_intact(keys: AuditKeys, count: int) -> None:
    result = verify(chain_of(keys, count), keys, most_unsigned=EVERY)
    assert (result.is_intact, result.entries, result.checkpoints) == (True, count, count // EVERY)


CHANGES: dict[str, Any] = {
    "id": 7_777,
    "at": START - timedelta(microseconds=1),
    "actor": "somebody else",
    "action": "thing.undone",
    "subject": "x/z",
    "detail": {"b": [], "a": "é"},
}


@given(count=COUNT, data=st.data(), field=st.sampled_from(sorted(CHANGES)))
def test_a_changed_field_is_found_at_its_entry(keys: AuditKeys, count: int, data: Any, field: str) -> None:
    chain = chain_of(keys, count)
    place = data.draw(st.integers(1, count))
    chain.entries[place - 1] = chain.entries[place - 1]._replace(**{field: CHANGES[field]})
    assert places(verify(chain, keys)) == {(Fault.CHANGED, place, place)}


@given(count=COUNT, data=st.data())
def test_a_changed_entry_with_a_new_hash_breaks_the_link_behind_it(keys: AuditKeys, count: int, data: Any) -> None:
    chain = chain_of(keys, count)
    place = data.draw(st.integers(1, count - 1))
    entry = chain.entries[place - 1]._replace(actor="somebody else")
    chain.entries[place - 1] = entry._replace(hash=entry_hash(entry, place, entry.previous_hash or ""))
    found = places(verify(chain, keys))
    assert (Fault.RELINKED, place + 1, place + 1) in found
    rewritten = found - {(Fault.RELINKED, place + 1, place + 1)}
    assert bool(rewritten) == (place % EVERY == 0)
    assert rewritten <= {(Fault.REWRITTEN, place - EVERY + 1, place)}


@given(count=COUNT, data=st.data())
def test_removed_entries_are_found_as_a_gap(keys: AuditKeys, count: int, data: Any) -> None:
    chain = chain_of(keys, count)
    first = data.draw(st.integers(1, count - 1))
    last = data.draw(st.integers(first, count - 1))
    del chain.entries[first - 1 : last]
    assert places(verify(chain, keys)) == {(Fault.REMOVED, first, last)}


@given(count=COUNT, data=st.data())
def test_an_inserted_entry_is_found_where_it_was_inserted(keys: AuditKeys, count: int, data: Any) -> None:
    chain = chain_of(keys, count)
    place = data.draw(st.integers(1, count))
    (forged,) = linked([plain(9_999)], place, chain.entries[place - 1].previous_hash or "")
    chain.entries.insert(place, forged)
    assert places(verify(chain, keys)) == {(Fault.INSERTED, place, place)}


@given(count=COUNT, data=st.data())
def test_exchanged_entries_are_found_at_both_places(keys: AuditKeys, count: int, data: Any) -> None:
    chain = chain_of(keys, count)
    one, other = data.draw(st.lists(st.integers(1, count), min_size=2, max_size=2, unique=True))
    first, second = chain.entries[one - 1], chain.entries[other - 1]
    chain.entries[one - 1] = second._replace(position=one)
    chain.entries[other - 1] = first._replace(position=other)
    found = places(verify(chain, keys))
    assert {(Fault.CHANGED, one, one), (Fault.CHANGED, other, other)} <= found
    touched = {one, one + 1, other, other + 1}
    assert all(last in touched for fault, _, last in found)


@given(count=COUNT, data=st.data())
def test_a_chain_computed_anew_is_found_by_the_next_checkpoint(keys: AuditKeys, count: int, data: Any) -> None:
    chain = chain_of(keys, count)
    place = data.draw(st.integers(1, count // EVERY * EVERY))
    entries = [*chain.entries[: place - 1], chain.entries[place - 1]._replace(actor="other"), *chain.entries[place:]]
    rewritten = Chain(linked(entries), chain.checkpoints)
    mark = -(-place // EVERY) * EVERY
    found = verify(rewritten, keys).breaks[0]
    assert found == Break(Fault.REWRITTEN, mark - EVERY + 1, mark, checkpoint=mark // EVERY)


@given(count=COUNT, data=st.data())
def test_a_tail_that_was_cut_off_is_found(keys: AuditKeys, count: int, data: Any) -> None:
    chain = chain_of(keys, count)
    kept = data.draw(st.integers(0, count // EVERY * EVERY - 1))
    del chain.entries[kept:]
    lost = [mark.position for mark in chain.checkpoints if mark.position > kept]
    assert places(verify(chain, keys)) == {(Fault.TRUNCATED, kept + 1, position) for position in lost}


FORGERIES: dict[str, Any] = {"hash": "f" * 64, "at": START + timedelta(days=1), "signature": "AAAA", "position": 3}


@given(count=COUNT, data=st.data(), field=st.sampled_from(sorted(FORGERIES)))
def test_a_forged_checkpoint_is_found(keys: AuditKeys, count: int, data: Any, field: str) -> None:
    chain = chain_of(keys, count)
    number = data.draw(st.integers(1, count // EVERY))
    forged = chain.checkpoints[number - 1]._replace(**{field: FORGERIES[field]})
    chain.checkpoints[number - 1] = forged
    result = verify(chain, keys)
    assert (Fault.CHECKPOINT_FORGED, forged.position, forged.position) in places(result)
    assert {found.checkpoint for found in result.breaks} == {number}


def test_a_checkpoint_of_another_key_or_chain_is_not_believed(keys: AuditKeys, tmp_path: Path) -> None:
    (tmp_path / "other.pem").write_text(new_key_pem())
    stranger, chain = read_keys(tmp_path / "other.pem"), chain_of(keys, 5)
    strange = Chain(chain.entries, [signed(stranger, 1, chain.entries[4])])
    assert places(verify(strange, keys)) == {(Fault.CHECKPOINT_UNKNOWN_KEY, 5, 5)}
    of_another_service = Chain(chain.entries, [signed(keys, 1, chain.entries[4], chain="another")])
    assert places(verify(of_another_service, keys)) == {(Fault.CHECKPOINT_FORGED, 5, 5)}


@given(count=st.integers(10, 40), data=st.data())
def test_a_removed_checkpoint_is_found(keys: AuditKeys, count: int, data: Any) -> None:
    chain = chain_of(keys, count)
    number = data.draw(st.integers(1, count // EVERY - 1))
    del chain.checkpoints[number - 1]
    found = verify(chain, keys, most_unsigned=EVERY).breaks
    assert [(each.fault, each.checkpoint) for each in found] == [(Fault.CHECKPOINT_REMOVED, number)]


def test_removed_last_checkpoints_are_found_by_the_entries_that_nobody_signed(keys: AuditKeys) -> None:
    chain = chain_of(keys, 20)
    del chain.checkpoints[1:]
    assert places(verify(chain, keys, most_unsigned=EVERY)) == {(Fault.CHECKPOINT_REMOVED, 6, 20)}


def test_without_a_key_hashes_are_checked_and_the_result_says_so(keys: AuditKeys) -> None:
    chain = chain_of(keys, 10)
    result = verify(chain, NO_KEYS)
    assert (result.is_intact, result.signatures_checked) == (True, False)
    rewritten = Chain(linked([entry._replace(actor="other") for entry in chain.entries]), chain.checkpoints)
    assert {found.fault for found in verify(rewritten, NO_KEYS).breaks} == {Fault.REWRITTEN}


def test_of_very_many_breaks_the_first_are_kept_and_all_are_counted(keys: AuditKeys) -> None:
    chain = chain_of(keys, 300)
    result = verify(Chain([entry._replace(actor="x") for entry in chain.entries], chain.checkpoints), keys)
    assert (len(result.breaks), result.found) == (100, 300)


def test_a_replaced_key_stays_trusted(keys: AuditKeys, tmp_path: Path) -> None:
    old = public_pem(keys.trusted[keys.signing_id])
    (tmp_path / "keys.pem").write_text(new_key_pem() + old)
    both, chain = read_keys(tmp_path / "keys.pem"), chain_of(keys, 10)
    assert both.signing_id != keys.signing_id
    renewed = Chain(chain.entries, [chain.checkpoints[0], signed(both, 2, chain.entries[9])])
    assert verify(renewed, both).is_intact


def test_who_only_verifies_needs_the_public_half(keys: AuditKeys, tmp_path: Path) -> None:
    (tmp_path / "public.pem").write_text(public_pem(keys.trusted[keys.signing_id]))
    public = read_keys(tmp_path / "public.pem")
    assert verify(chain_of(keys, 10), public).is_intact
    with pytest.raises(AuditKeyError, match="no private key"):
        public.sign(b"")


RSA = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VuAyEA" + "A" * 43 + "=\n-----END PUBLIC KEY-----\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "no PEM block"),
        ("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "cannot be read"),
        (RSA, "another kind than Ed25519"),
        (new_key_pem() + new_key_pem(), "only the first block"),
    ],
)
def test_a_file_without_a_usable_key_is_refused(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "key.pem").write_text(content)
    with pytest.raises(AuditKeyError, match=message):
        read_keys(tmp_path / "key.pem")
