"""Steps of a submission that a member takes: submit, withdraw, revise."""

from pmm_cli.session import Administration, AsJson, CycleCode, open_session


def submit(cycle: CycleCode, administration: Administration = None, as_json: AsJson = False) -> None:
    """Hand the submission in. For contact points, and systems with the scope submission:submit."""
    _step("submit", cycle, administration, as_json)


def withdraw(cycle: CycleCode, administration: Administration = None, as_json: AsJson = False) -> None:
    """Take a submission back whole."""
    _step("withdraw", cycle, administration, as_json)


def revise(cycle: CycleCode, administration: Administration = None, as_json: AsJson = False) -> None:
    """Open an accepted submission for changes; what was accepted counts until the revision is accepted."""
    _step("revise", cycle, administration, as_json)


def _step(step: str, cycle: str, administration: str | None, as_json: bool) -> None:
    session = open_session(as_json)
    found = session.api.ask("POST", f"{session.submission(cycle, administration)}/{step}")
    session.output.result(found, f"{found['administration']} in {cycle} is {found['status']}.")
