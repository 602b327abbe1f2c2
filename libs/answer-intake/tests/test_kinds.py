"""Files that are never answers: each is told for what it is, in whatever format it was sent."""

import pytest

from answer_intake.findings import UnreadableError
from answer_intake.formats import Format
from answer_intake.kinds import kind_of
from answer_intake.reading import read
from answer_intake.wording import words

KINDS = [
    (b"%PDF-1.7\n", "This is a PDF", "C\u2019est un PDF"),
    (b"\x89PNG\r\n\x1a\n", "This is a picture", "C\u2019est une image"),
    (b"\xff\xd8\xff\xe1\x00\x10Exif", "This is a picture", "C\u2019est une image"),
    (b"\x00\x00\x00\x18ftypheic", "This is a picture", "C\u2019est une image"),
    (b"GIF89a\x01\x00", "This is a picture", "C\u2019est une image"),
    (b"\x1f\x8b\x08\x00", "This is an archive", "C\u2019est une archive"),
]


@pytest.mark.parametrize("fmt", Format)
@pytest.mark.parametrize(("body", "english", "french"), KINDS)
def test_a_file_that_is_never_answers_is_named_and_what_to_send_instead(
    body: bytes, english: str, french: str, fmt: Format
) -> None:
    with pytest.raises(UnreadableError, match=r"answers\.other_format|workbook\.not_a_workbook") as refused:
        read(body, fmt, many=False)
    for language, told, instead in (("en", english, "go to evidence"), ("fr", french, "va aux justificatifs")):
        message, hint = words(refused.value.finding, language)
        assert told in message
        assert "(.xlsx)" in hint
        assert instead in hint


@pytest.mark.parametrize(
    "body",
    [b"", b"code,year,value\n", b"GIF8,2024,1\n", b"\xff\xfec\x00", b"PK\x03\x04xl/workbook.xml", b"\xd0\xcf\x11\xe0"],
)
def test_text_and_workbooks_are_none_of_these(body: bytes) -> None:
    assert kind_of(body) is None
