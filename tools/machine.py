"""What this machine can do: run a command, install a Debian package as root."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence


def say(line: str) -> None:
    """Print one line at once, so that it stands in order with what child processes print."""
    print(line, flush=True)


def is_root() -> bool:
    return os.geteuid() == 0


def apt_install(*packages: str) -> bool:
    """Install Debian packages, if this machine has apt and we are root.

    Args:
        packages: package names.
    Returns:
        Whether they are installed now. What apt printed is shown only when it failed.
    """
    if not (is_root() and shutil.which("apt-get")):
        return False
    say(f"Installing {', '.join(packages)} with apt (once)…")
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    for command in (["apt-get", "update", "-q"], install):
        done = quietly(command, environ=environ, seconds=600)
        if done.returncode:
            say(done.stdout.strip()[-2000:])
            say(f"  {' '.join(command)} failed; going on without it.")
            return False
    return True


def quietly(command: Sequence[str], environ: dict[str, str] | None = None, seconds: float = 120) -> subprocess.CompletedProcess:
    """Run a command without a keyboard, its output kept instead of shown.

    Args:
        command: the words of the command.
        environ: its environment; ours when left out.
        seconds: after this long it is ended, which counts as a failure.
    Returns:
        The finished process, standard error within its `stdout`. A command that is not there has return code 127, one that took too long 124.
    """
    try:
        return subprocess.run(
            command,
            env=environ,
            timeout=seconds,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
    except subprocess.TimeoutExpired as cause:
        return subprocess.CompletedProcess(command, 124, str(cause))
    except OSError as cause:
        return subprocess.CompletedProcess(command, 127, str(cause))


def python() -> str:
    """The interpreter of the virtual environment that runs us."""
    return sys.executable
