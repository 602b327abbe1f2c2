"""Stands between the runner and a component: ties the component's life to the runner's, drops root, then becomes it.

Run as a script: `guard.py DEATH_SIGNAL PARENT_PID UID GID -- command ...` (UID and GID are -1 to stay who we are).
A script of its own, because code between fork and exec is unsafe in a process with threads. Standard library only.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def become(death_signal: int, parent: int, uid: int, gid: int, command: list[str]) -> None:
    """Replace this process by the command; it gets the death signal when the thread that started it ends (Linux)."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(number, signal.SIG_DFL)  # a runner started with `&` ignores SIGINT, and that would be inherited
    if uid >= 0:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if sys.platform == "linux":
        # After the change of user, because that clears the setting.
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, death_signal)
        if os.getppid() != parent:  # the runner died before the line above could tie us to it
            sys.exit(1)
    os.execvp(command[0], command)  # noqa: S606 - a shell is what we do not want here


if __name__ == "__main__":
    separator = sys.argv.index("--")
    numbers = [int(text) for text in sys.argv[1:separator]]
    become(numbers[0], numbers[1], numbers[2], numbers[3], sys.argv[separator + 1 :])
