"""Forms of what is published are made once, and kept within bounds."""

import pytest

from framework_svc.application.published import PublishedForms, Representation


def made(size: int, calls: list[int]) -> Representation:
    calls.append(size)
    return Representation(b"x" * size, f"tag-{size}")


def test_a_form_is_made_once() -> None:
    forms, calls = PublishedForms(), list[int]()
    assert [forms.get(("small", "1"), lambda: made(3, calls)).etag for _ in range(3)] == ["tag-3"] * 3
    assert calls == [3]


def test_the_forms_not_asked_for_longest_make_way() -> None:
    forms, calls = PublishedForms(most_bytes=10), list[int]()
    for key, size in (("a", 4), ("b", 5), ("a", 4), ("c", 3), ("a", 4), ("b", 5)):
        forms.get((key,), lambda size=size: made(size, calls))  # type: ignore[misc]
    assert calls == [4, 5, 3, 5]
    forms.get(("large",), lambda: made(11, calls))
    forms.get(("large",), lambda: made(11, calls))
    assert calls[-2:] == [11, 11]


def test_what_does_not_exist_is_not_kept() -> None:
    forms, calls = PublishedForms(), list[int]()

    def fails() -> Representation:
        raise LookupError("not there yet")

    with pytest.raises(LookupError, match="not there yet"):
        forms.get(("small", "1"), fails)
    assert forms.get(("small", "1"), lambda: made(1, calls)).content == b"x"
