"""Object storage: the contract on real servers, SeaweedFS and rclone (`make test-servers`).

Both come as packages with their binaries and send nothing anywhere. They are looked for in the
environment that the make target makes, or on the path.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import obstore
import pytest
from obstore.store import S3Store

from inspector.sync.depots import marker
from inspector.sync.depots.access import Access
from inspector.sync.depots.opening import open_depot
from inspector.sync.depots.protocol import Depot, DepotError
from tests.conftest import reachable
from tests.support import servers
from tests.support.servers import HOST, free_port
from tests.sync.depots.contract import ONE, Contract, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.base.ids import Entropy

pytestmark = [pytest.mark.rig, pytest.mark.timeout(120)]

BUCKET, KEY_ID, SECRET = "depots", "inspector", "a/secret+key0123456789"
ROOT = Path(__file__).resolve().parents[3]


def binary(name: str) -> str:
    """Return the path of a server's program, or skip."""
    path = f"{ROOT / '.venv/servers/bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    found = shutil.which(name, path=path)
    if found is None:
        pytest.skip(f"{name} is not installed; `make test-servers` installs it")
    return found


@pytest.fixture(scope="module", params=["seaweedfs", "rclone"])
def endpoint(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    folder = tmp_path_factory.mktemp(request.param)
    start = {"seaweedfs": seaweedfs, "rclone": rclone}[request.param]
    port = free_port()
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            start(folder, port),
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=log,
            env={"HOME": str(folder), "PATH": os.environ["PATH"]},
        )
    try:
        servers.await_port(port, process)
        with reachable():
            make_bucket(f"http://{HOST}:{port}")
        yield f"http://{HOST}:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


def seaweedfs(folder: Path, port: int) -> list[str]:
    """Master, volume, filer and S3 in one process, all on this computer only."""
    identity = {
        "name": "inspector",
        "credentials": [{"accessKey": KEY_ID, "secretKey": SECRET}],
        "actions": ["Admin", "Read", "Write", "List"],
    }
    config = folder / "s3.json"
    config.write_text(json.dumps({"identities": [identity]}), encoding="utf-8")
    # Each also listens 10,000 higher.
    names = ("master.port", "volume.port", "filer.port", "s3.port.grpc")
    ports = {name: free_port(22_000 + 1000 * at) for at, name in enumerate(names)}
    return [
        *(binary("weed"), "server", f"-dir={folder}", "-s3", f"-s3.port={port}"),
        *(f"-s3.config={config}", f"-ip={HOST}", f"-ip.bind={HOST}", "-master.telemetry=false"),
        *(f"-{name}={value}" for name, value in ports.items()),
        *("-master.volumeSizeLimitMB=64", "-volume.max=20", "-s3.port.iceberg=0"),
    ]


def rclone(folder: Path, port: int) -> list[str]:
    """Folders of this computer as buckets."""
    (folder / "served" / BUCKET).mkdir(parents=True)
    return [
        *(binary("rclone"), "serve", "s3", str(folder / "served"), "--addr", f"{HOST}:{port}"),
        *("--auth-key", f"{KEY_ID},{SECRET}", "--vfs-cache-mode", "off", "--config", ""),
        *("--cache-dir", str(folder / "cache")),
    ]


def make_bucket(url: str) -> None:
    """Make the bucket where it is not there by itself, through an address that is signed."""
    store = S3Store(
        BUCKET,
        endpoint=url,
        access_key_id=KEY_ID,
        secret_access_key=SECRET,
        region="us-east-1",
        client_options={"allow_http": True},
    )
    deadline = time.monotonic() + 60
    while True:
        answer = httpx.put(obstore.sign(store, "PUT", "", timedelta(minutes=1)), timeout=30)
        if answer.status_code in (200, 409):
            return
        # It listens before it is ready.
        assert time.monotonic() < deadline, answer.text
        time.sleep(0.2)


@pytest.fixture
def depot(endpoint: str, entropy: Entropy, tmp_path: Path, loopback: str) -> Depot:
    address = f"s3://{BUCKET}/{tmp_path.name.lower()}?endpoint={endpoint}"
    made = open_depot(address, Access(KEY_ID, SECRET))
    marker.init(made, entropy)
    return made


class TestRealS3(Contract):
    """The contract on SeaweedFS and on rclone."""


@pytest.mark.parametrize("access", [Access(KEY_ID, "wrong"), Access("other", SECRET)])
def test_a_wrong_key_is_told(endpoint: str, access: Access, loopback: str):
    depot = open_depot(f"s3://{BUCKET}?endpoint={endpoint}", access)
    with pytest.raises(DepotError) as caught:
        depot.write(name_of(ONE), ONE)
    assert caught.value.trouble == "denied"


def test_a_bucket_that_is_not_there_is_away(endpoint: str, loopback: str):
    depot = open_depot(f"s3://nowhere?endpoint={endpoint}", Access(KEY_ID, SECRET))
    with pytest.raises(DepotError):
        list(depot.entries("", below=True))
