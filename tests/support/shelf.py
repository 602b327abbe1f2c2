"""Evidence of submission-svc, as its component tests add and read it."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
JPEG = b"\xff\xd8\xff\xe0" + bytes(64)
PLACE = "/c-2024/submissions/KEN/evidence"


def office(*parts: str) -> bytes:
    """An archive with these parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for part in parts:
            archive.writestr(part, "<x/>")
    return written.getvalue()


DOCX = office("[Content_Types].xml", "word/document.xml")
XLSX = office("[Content_Types].xml", "xl/workbook.xml")


class Shelf:
    """Evidence of a service, with the folder where it lies."""

    def __init__(self, service: Any, folder: Path) -> None:
        self.service, self.folder = service, folder

    def add(self, content: bytes = PDF, person: str = "contact-ken", **options: Any) -> Any:
        """Send a file."""
        member, cycle = options.pop("member", "KEN"), options.pop("cycle", "c-2024")
        query = {"about": "K-TIME", "name": "report.pdf", **options}
        path = f"/{cycle}/submissions/{member}/evidence"
        return self.service.call("POST", path, person, params=query, content=content)

    def get(self, rest: str = "", person: str | None = "contact-ken", **options: Any) -> Any:
        """Read below the evidence of Kenya."""
        return self.service.call("GET", f"{PLACE}{rest}", person, **options)

    def names(self, person: str | None = "contact-ken", **options: Any) -> list[str]:
        """The names of what a person sees."""
        return [each["name"] for each in self.get("", person, **options).json()["items"]]

    def remove(self, number: str, person: str = "contact-ken") -> Any:
        """Take a file away."""
        return self.service.call("DELETE", f"{PLACE}/{number}", person)

    def files(self, below: str = "*") -> list[Path]:
        """The files in the folder."""
        return sorted(path for path in self.folder.glob(f"{below}/**/*") if path.is_file())

    def use(self, **changes: Any) -> None:
        """Change what the service has for evidence."""
        held = self.service.app.state.dependencies
        self.service.app.state.dependencies = replace(held, evidence=replace(held.evidence, **changes))


def accept(shelf: Shelf, disclosure: dict[str, Any]) -> None:
    """Choose a disclosure and bring the submission in force."""
    path = "/c-2024/submissions/KEN/disclosure"
    assert shelf.service.call("PUT", path, "contact-ken", json=disclosure).status_code == 200
    assert shelf.service.move("submit", "contact-ken").status_code == 200
    assert shelf.service.move("accept", "secretariat").status_code == 200
