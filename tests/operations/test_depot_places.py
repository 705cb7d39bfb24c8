"""Places of depots: how people type them, what is found there, what is set up and kept."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from inspector.base.errors import MingchaError
from inspector.operations.depot_places import (
    Place,
    Reached,
    enter,
    look,
    note,
    reach,
    server_address,
    set_up,
)
from inspector.operations.syncing import known_depots
from tests.support.fixed import CountingEntropy
from tests.support.organisation import laptop, refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from inspector.operations.session import Session


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with laptop(tmp_path / "w", "李娜") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def made(session: Session, folder: Path) -> Place:
    workspace = session.store.workspace
    return set_up(workspace, look(workspace, str(folder)), CountingEntropy(folder.name))


@pytest.mark.parametrize(
    ("kind", "place", "endpoint", "address"),
    [
        ("webdav", "https://dav.example/m", "", "webdav+https://dav.example/m"),
        ("webdav", "dav.example/m", "", "webdav+https://dav.example/m"),
        ("sftp", " li@host/srv/m ", "", "sftp://li@host/srv/m"),
        ("s3", "bucket/m", "https://s3.example", "s3://bucket/m?endpoint=https://s3.example"),
        ("s3", "s3://bucket/m?endpoint=https://a.b", "x", "s3://bucket/m?endpoint=https://a.b"),
    ],
)
def test_addresses_as_people_type_them(kind: str, place: str, endpoint: str, address: str) -> None:
    assert server_address(kind, place, endpoint) == address


@pytest.mark.parametrize(
    ("kind", "place", "code"),
    [
        ("webdav", "http://dav.example/m", "depot_address_plain"),
        ("webdav", "https://li:geheim@dav.example/m", "depot_address_secret"),
        ("sftp", "host", "depot_address"),
    ],
)
def test_addresses_that_are_none(kind: str, place: str, code: str) -> None:
    with pytest.raises(MingchaError) as caught:
        server_address(kind, place)
    assert caught.value.code == code


def test_looking_writes_nothing_and_setting_up_makes_it_a_depot(
    session: Session, folder: Path
) -> None:
    found = look(session.store.workspace, str(folder))
    assert (found.depot, found.suggested, list(folder.iterdir())) == ("", "stick", [])
    with refused("depot_unmarked"):
        note(session, found, "U 盘")
    place = made(session, folder)
    assert look(session.store.workspace, str(folder)) == place
    note(session, place, "  ")
    assert [row.name for row in known_depots(session)] == ["stick"]
    note(session, place, "U 盘")
    assert [(row.id, row.name) for row in known_depots(session)] == [(place.depot, "U 盘")]


def test_reaching_tells_why_a_depot_cannot_be_used(session: Session, folder: Path) -> None:
    workspace, place = session.store.workspace, made(session, folder)
    found = reach(workspace, str(folder), place.depot)
    assert found.code == ""
    assert found.room
    assert reach(workspace, str(folder), "another").code == "depot_other"
    (folder / "depot.json").unlink()
    assert reach(workspace, str(folder), place.depot).code == "depot_unmarked"
    shutil.rmtree(folder)
    assert reach(workspace, str(folder), place.depot).code == "depot_away"
    assert reach(workspace, "ftp://host/x", place.depot).code == "depot_address"
    assert Reached(room=0).code == "depot_full"


def test_a_folder_asks_for_no_password(session: Session, folder: Path) -> None:
    with refused("depot_address"):
        enter(session.store.workspace, str(folder), user="li", password="x")
