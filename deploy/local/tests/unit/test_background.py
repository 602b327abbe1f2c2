"""Commands that stop the stack or delete its data name the data folder that they act on."""

from pathlib import Path

import pytest

from local_stack import background
from local_stack.folders import Folders
from local_stack.settings import StackSettings


def test_down_and_reset_name_their_data_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folders, settings = Folders(tmp_path / "data"), StackSettings(data_dir=tmp_path / "data")
    folders.make()
    assert background.down(settings) == 0
    assert capsys.readouterr().out == f"The stack is not running (data folder {folders.root}).\n"
    assert background.reset(settings) == 0
    said = capsys.readouterr().out
    assert f"removed {folders.logs}" in said
    assert f"The data folder {folders.root} is reset" in said
    background.reset(settings)
    assert f"Nothing was there to remove in the data folder {folders.root}." in capsys.readouterr().out
