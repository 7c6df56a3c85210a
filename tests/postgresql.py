"""A PostgreSQL of our own, for as long as the tests run: started from whatever server is installed, and thrown away."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

OWNER = "postgres"  # the server refuses to run as root
# Nothing here has to survive a power cut.
QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def _program(name: str) -> Path | None:
    if found := shutil.which(name):
        return Path(found)
    installed = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    return max(installed, key=lambda program: int(program.parts[-3]), default=None)


def _run(program: Path, *arguments: str | Path, folder: Path) -> None:
    owner = OWNER if os.geteuid() == 0 else None
    subprocess.run(
        [program, *arguments],
        check=True,
        cwd=folder,
        user=owner,
        group=owner,
        extra_groups=[] if owner else None,
        stdin=subprocess.DEVNULL,
        # To a file and not a pipe: the server would inherit the pipe, and reading it would never end.
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=60,
    )


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens to."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of an empty database, without a driver's name in it."""
    initdb, pg_ctl = _program("initdb"), _program("pg_ctl")
    if initdb is None or pg_ctl is None:
        reason = "no PostgreSQL server (initdb, pg_ctl) is installed: these tests ran on SQLite only"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # short: the path of a socket may have 107 letters
    cluster, port = folder / "cluster", free_port()
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 {QUICK}"
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, OWNER, OWNER)
        _run(initdb, "-D", cluster, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync", folder=folder)
        _run(pg_ctl, "-D", cluster, "-w", "-l", folder / "log", "-o", options, "start", folder=folder)
        try:
            yield f"postgresql://{OWNER}:no-secret@127.0.0.1:{port}/{OWNER}"
        finally:
            _run(pg_ctl, "-D", cluster, "-m", "immediate", "-w", "stop", folder=folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
