"""Evidence: a file that stands for the answer of a KPI or an input, and what it must be like."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from answer_intake.showing import shown
from answer_intake.suggesting import Suggester
from service_kit.errors import Kind, ProblemError
from service_kit.languages import french_number

LONGEST_NAME = 200
KEPT_FOR_EACH_SHOWN = 4  # what was taken away is kept, too; so much of it, and no more


@dataclass(frozen=True)
class FileKind:
    """A type of file that is taken: its media type, and the endings that say so."""

    media_type: str
    endings: tuple[str, ...]
    words: str


PDF = FileKind("application/pdf", (".pdf",), "a PDF")
PNG = FileKind("image/png", (".png",), "a PNG picture")
JPEG = FileKind("image/jpeg", (".jpg", ".jpeg"), "a JPEG picture")
DOCX = FileKind(
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx",), "a Word document"
)
XLSX = FileKind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (".xlsx",), "an Excel workbook")
CSV = FileKind("text/csv", (".csv",), "a CSV table")
TEXT = FileKind("text/plain", (".txt",), "plain text")
TAKEN = "PDF, PNG, JPEG, DOCX, XLSX, CSV and TXT"


@dataclass(frozen=True)
class Limits:
    """How much is taken: bytes of one file, files for one KPI or input, bytes of one submission."""

    file_bytes: int
    files_per_code: int
    submission_bytes: int


class Received(NamedTuple):
    """A file that has come in whole; `kind` is None when it is none of those that are taken."""

    size: int
    sha256: str
    kind: FileKind | None


@dataclass(frozen=True)
class Evidence:
    """A file as evidence for one KPI or input; `until` is None while it has not been taken away."""

    id: UUID
    about: str
    name: str
    media_type: str
    file: UUID
    size: int
    sha256: str
    since: datetime
    until: datetime | None = None


def plain_name(name: str) -> str:
    """The name without folders and without characters that only pretend.

    Raises:
        ProblemError: `evidence.name` (422).
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1].strip().strip(".")
    if not last or len(last) > LONGEST_NAME or any(unicodedata.category(each)[0] == "C" for each in last):
        raise ProblemError(
            "evidence.name",
            Kind.INVALID,
            f"The name of a file has 1 to {LONGEST_NAME} characters, without control characters and other invisible "
            "ones. Name it anew: ?name=report.pdf",
            french=f"Le nom d'un fichier compte de 1 à {LONGEST_NAME} caractères, sans caractères de contrôle ni "
            "autres caractères invisibles. Renommez-le : ?name=rapport.pdf",
        )
    return last


def fitting_name(name: str, kind: FileKind) -> tuple[str, FileKind, str | None]:
    """The name that is kept, the kind, and what there is to say about it: content wins over the ending of a name.

    A CSV table and plain text have the same content; which of both it is, only the name can say.
    """
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    if kind is TEXT and ending in CSV.endings:
        return name, CSV, None
    if ending in kind.endings:
        return name, kind, None
    kept = f"{name[: LONGEST_NAME - len(kind.endings[0])]}{kind.endings[0]}"
    return kept, kind, f"By its content the file is {kind.words}, whatever {shown(name)} says; it is kept as {kept}."


def require_kind(received: Received, name: str) -> FileKind:
    """What the file is.

    Raises:
        ProblemError: `evidence.empty` (422), `evidence.type` (415).
    """
    if not received.size:
        raise ProblemError(
            "evidence.empty",
            Kind.INVALID,
            f"The file {shown(name)} is empty. Send its content.",
            french=f"Le fichier {shown(name)} est vide. Envoyez son contenu.",
        )
    if received.kind is None:
        detail = f"By its content, {shown(name)} is none of the files that are taken: {TAKEN}, without macros."
        french = (
            f"D'après son contenu, {shown(name)} n'est aucun des fichiers admis : {TAKEN.replace(' and ', ' et ')}, "
            "sans macros. Convertissez-le ; un PDF convient toujours."
        )
        told = f"{detail} Convert it, a PDF is always right."
        raise ProblemError("evidence.type", Kind.UNSUPPORTED_MEDIA, told, french=french)
    return received.kind


def require_known(code: str, known: Collection[str]) -> None:
    """Refuse codes that are neither a KPI nor an input.

    Raises:
        ProblemError: `evidence.unknown_code` (422).
    """
    if code in known:
        return
    meant = Suggester(known)(code)
    hint = f" Did you mean {meant}?" if meant else ""
    detail = f"The framework has neither a KPI nor an input {shown(code)}.{hint}"
    hint = f" Vouliez-vous dire {meant} ?" if meant else ""
    french = f"Le cadre n'a ni KPI ni donnée {shown(code)}.{hint}"
    raise ProblemError("evidence.unknown_code", Kind.INVALID, detail, french=french, meant=meant)


def require_room(limits: Limits, code: str, size: int, present: Iterable[Evidence], ever: int) -> None:
    """Refuse what goes beyond the limits; `ever` is all that this submission keeps, also of what was taken away.

    Raises:
        ProblemError: `evidence.too_many` (409), `evidence.too_much` (409).
    """
    held = list(present)
    if sum(each.about == code for each in held) >= limits.files_per_code:
        detail = f"There are {limits.files_per_code} files for {code} already. Remove one, or put several into one."
        french = f"Il y a déjà {limits.files_per_code} fichiers pour {code}. Retirez-en un, ou réunissez-en plusieurs."
        raise ProblemError("evidence.too_many", Kind.CONFLICT, detail, french=french)
    shown_bytes = sum({each.file: each.size for each in held}.values())
    if shown_bytes + size > limits.submission_bytes:
        detail = (
            f"With this file, the evidence would be more than {limits.submission_bytes:,} bytes. Remove some first."
        )
        most = french_number(limits.submission_bytes)
        french = f"Avec ce fichier, les justificatifs dépasseraient {most} octets. Retirez-en d'abord."
        raise ProblemError("evidence.too_much", Kind.CONFLICT, detail, french=french)
    if ever + size > KEPT_FOR_EACH_SHOWN * limits.submission_bytes:
        detail = "Files were added and removed so often that there is no more room; removed ones are kept, too."
        french = (
            "Des fichiers ont été ajoutés et retirés si souvent qu'il n'y a plus de place ; ceux qui sont retirés sont "
            "conservés, eux aussi. Demandez aux exploitants une limite plus haute."
        )
        told = f"{detail} Ask the operators for a higher limit."
        raise ProblemError("evidence.too_much", Kind.CONFLICT, told, french=french)


def evidence_not_found(number: UUID) -> ProblemError:
    """One and the same refusal, whether there is such evidence or the viewer may not see it."""
    detail = f"There is no evidence {number} in this submission, or you may not see it."
    french = f"Il n'y a pas de justificatif {number} dans cette soumission, ou vous ne pouvez pas le voir."
    return ProblemError("evidence.not_found", Kind.NOT_FOUND, detail, french=french)
