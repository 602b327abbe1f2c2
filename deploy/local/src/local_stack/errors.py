"""Errors that stop the stack, with a text for the person at the terminal."""


class StackError(Exception):
    """The stack cannot start or go on; the text says why and what to do."""


class ComponentFailedError(StackError):
    """One component is the reason; its last log lines go with it."""

    def __init__(self, component: str, reason: str, log_lines: list[str]) -> None:
        self.component = component
        lines = "".join(f"\n  | {line}" for line in log_lines)
        super().__init__(f"{component}: {reason}{lines}")
