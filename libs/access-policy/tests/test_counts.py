"""Counts are told only where they say nothing about a single member."""

from access_policy.counts import FEWEST, countable_groups, is_countable, is_total_countable

A, B, SMALL = (frozenset(f"{name}{number}" for number in range(size)) for name, size in (("a", 8), ("b", 6), ("s", 2)))
REGIONS = [A, B, SMALL]


def test_a_count_over_few_members_is_not_told() -> None:
    sizes = {size: is_countable(frozenset(map(str, range(size)))) for size in (1, FEWEST - 1, FEWEST, 30)}
    assert sizes == {1: False, 4: False, 5: True, 30: True}


def test_a_count_over_members_that_are_all_known_is_told() -> None:
    assert is_countable(frozenset())


def test_a_group_that_is_a_union_of_regions_tells_nothing_new() -> None:
    assert countable_groups([A, A | B], REGIONS) == [True, True]


def test_a_group_that_lacks_one_member_of_a_region_would_name_it() -> None:
    assert countable_groups([A - {"a0"}, (A | B) - {"b1"}, A | {"b1"}], REGIONS) == [False, False, False]


def test_a_small_region_whose_count_is_kept_back_does_not_come_out_of_a_group() -> None:
    assert countable_groups([A | SMALL], REGIONS) == [False]


def test_the_total_does_not_give_back_the_small_region_that_was_kept_back() -> None:
    other = frozenset(f"t{number}" for number in range(3))
    assert not is_total_countable(REGIONS)
    assert is_total_countable([A, B, SMALL, other])
    assert not is_total_countable([SMALL])


def test_the_total_over_regions_that_are_told_is_their_sum() -> None:
    assert is_total_countable([A, B])
    assert is_total_countable([A, B, frozenset()])
    assert is_total_countable([])


def test_a_group_does_not_name_the_member_that_it_lacks_of_all() -> None:
    other = frozenset(f"t{number}" for number in range(4))
    everybody = A | B | SMALL | other
    assert countable_groups([everybody - {"s0"}], [A, B, SMALL, other]) == [False]


def test_two_groups_do_not_name_the_member_by_which_they_differ() -> None:
    large = frozenset(f"c{number}" for number in range(20))
    half = frozenset(sorted(large)[:10])
    assert countable_groups([half, half | {sorted(large)[10]}], [large]) == [True, False]


def test_two_groups_do_not_name_the_member_that_both_leave_out() -> None:
    large = frozenset(f"c{number}" for number in range(20))
    ordered = sorted(large)
    assert countable_groups([frozenset(ordered[:10]), frozenset(ordered[10:19])], [large]) == [True, False]
