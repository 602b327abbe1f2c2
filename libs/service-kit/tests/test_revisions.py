"""The newest revision as read from the files is the one that the migration tool finds."""

from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from service_kit.revisions import WrongRevisionError, newest_revision, require_newest

FOLDERS = sorted((Path(__file__).resolve().parents[3] / "services").glob("*/migrations"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_the_files_say_what_the_tool_says(folder: Path) -> None:
    assert newest_revision(folder) == ScriptDirectory(str(folder)).get_current_head()


def test_a_database_of_another_revision_is_refused(engine: Engine) -> None:
    with pytest.raises(WrongRevisionError, match=r"at revision None, this code needs .*: run `migrate`"):
        require_newest(FOLDERS[0], engine)
