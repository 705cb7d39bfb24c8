"""Real servers on this computer, for the time of a test: WebDAV and SFTP.

Each serves one folder to one user. Ports are the system's choice.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.conftest import reachable

if TYPE_CHECKING:
    from collections.abc import Iterator

HOST = "127.0.0.1"
USER, PASSWORD = "inspector", "a secret 密码"
SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
SFTP_SERVERS = ("/usr/lib/openssh/sftp-server", "/usr/libexec/openssh/sftp-server")
STARTING_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Serving:
    """A running server: where it is reached, which folder it serves."""

    port: int
    folder: Path


@contextmanager
def webdav(folder: Path) -> Iterator[Serving]:
    """Serve `folder` by WsgiDAV on cheroot to USER with PASSWORD."""
    from wsgidav.wsgidav_app import WsgiDAVApp

    app = WsgiDAVApp(
        {
            "provider_mapping": {"/": str(folder)},
            "simple_dc": {"user_mapping": {"*": {USER: {"password": PASSWORD}}}},
            "http_authenticator": {"accept_basic": True, "accept_digest": False},
            "verbose": 0,
            "logging": {"enable": False},
            "property_manager": True,
            "lock_storage": True,
        }
    )
    with cheroot(app) as port:
        yield Serving(port, folder)


@contextmanager
def cheroot(app: object) -> Iterator[int]:
    """Serve a WSGI application; gives the port."""
    from cheroot import wsgi

    server = wsgi.Server((HOST, 0), app, numthreads=2)
    server.shutdown_timeout = 1
    with reachable():
        server.prepare()
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        yield server.bind_addr[1]
    finally:
        with reachable():  # it calls on itself to stop
            server.stop()
        thread.join()


def free_port(below: int = 65536) -> int:
    """Return a port that was free a moment ago."""
    with reachable():
        for wanted in (0, *range(below - 1, 10_000, -1)):
            with socket.socket() as probe, suppress(OSError):
                probe.bind((HOST, wanted))
                port: int = probe.getsockname()[1]
                if port < below:
                    return port
    raise AssertionError("no port is free")


@dataclass(frozen=True, slots=True)
class Ssh:
    """A running OpenSSH server that lets one key in."""

    port: int
    folder: Path
    user: str
    key_file: Path
    host_key: str


def new_key(path: Path, kind: str = "ed25519") -> str:
    """Make a pair of SSH keys and return the public one's kind and fingerprint, as shown."""
    made = ["ssh-keygen", "-q", "-t", kind, "-N", "", "-f", str(path)]
    subprocess.run(made, check=True, capture_output=True)
    path.chmod(0o600)
    public = path.with_suffix(".pub").read_text(encoding="ascii").split()
    told = subprocess.run(
        ["ssh-keygen", "-l", "-f", str(path)], check=True, capture_output=True, text=True
    )
    return f"{public[0]} {told.stdout.split()[1]}"


@contextmanager
def sftp(root: Path, port: int = 0, kind: str = "ed25519") -> Iterator[Ssh]:
    """Serve the folder `root`/depot by OpenSSH as the user who runs the test."""
    port = port or free_port()
    depot = root / "depot"
    depot.mkdir(exist_ok=True)
    host, entering = root / f"host_{kind}_{port}", root / "entering"
    host_key = new_key(host, kind)
    if not entering.exists():
        new_key(entering)
    shutil.copyfile(entering.with_suffix(".pub"), root / "authorized_keys")
    server = next(each for each in SFTP_SERVERS if Path(each).exists())
    settings = {
        "Port": port,
        "ListenAddress": HOST,
        "HostKey": host,
        "PidFile": "none",
        "AuthorizedKeysFile": root / "authorized_keys",
        "StrictModes": "no",
        "PasswordAuthentication": "no",
        "PermitRootLogin": "yes",
        "UsePAM": "no",
        "Subsystem": f"sftp {server}",
    }
    config = root / "sshd_config"
    config.write_text("".join(f"{key} {value}\n" for key, value in settings.items()))
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    log = (root / "sshd.log").open("wb")
    process = subprocess.Popen([str(SSHD), "-D", "-e", "-f", str(config)], stderr=log)
    try:
        await_port(port, process)
        yield Ssh(port, depot, _user(), entering, host_key)
    finally:
        process.terminate()
        process.wait(timeout=STARTING_SECONDS)
        log.close()


def await_port(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until somebody listens; fail if the server ended instead."""
    deadline = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, f"the server ended with {process.returncode}"
        with reachable(), socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError(f"nobody listens at port {port}")


def _user() -> str:
    import pwd

    return pwd.getpwuid(os.geteuid()).pw_name


def can_serve_sftp() -> bool:
    """Tell whether an OpenSSH server is installed here."""
    there = SSHD is not None and any(Path(each).exists() for each in SFTP_SERVERS)
    return sys.platform != "win32" and there
