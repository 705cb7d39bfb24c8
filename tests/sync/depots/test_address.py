"""Addresses: taken apart, and what is refused as one."""

from __future__ import annotations

import pytest

from inspector.base.errors import MingchaError
from inspector.sync.depots.address import parse


@pytest.mark.parametrize("text", ["/media/stick", "D:\\exchange", "relative/folder", "\\\\nas\\x"])
def test_a_path_is_a_folder(text: str):
    assert (parse(text).kind, parse(text).path) == ("folder", text)


def test_servers_are_taken_apart_and_named_without_the_user():
    webdav = parse("webdav+https://li@dav.example:8443/%E4%BA%A4/x/")
    assert (webdav.kind, webdav.url, webdav.path, webdav.user) == (
        "webdav",
        "https://dav.example:8443",
        "/交/x",
        "li",
    )
    assert webdav.place == "https://dav.example:8443/交/x"
    sftp = parse("sftp://li@host/srv/depot")
    assert (sftp.kind, sftp.host, sftp.port, sftp.path) == ("sftp", "host", None, "/srv/depot")
    assert parse("sftp://[fd00::1]:22/x").place == "sftp://[fd00::1]:22/x"


def test_object_storage_is_taken_apart():
    found = parse("s3://bucket/a/b?endpoint=https://s3.example/&region=cn-north-1")
    assert (found.bucket, found.path, found.url) == ("bucket", "a/b", "https://s3.example")
    assert (found.region, found.place) == ("cn-north-1", "s3://bucket/a/b (s3.example)")
    assert parse("s3://bucket").url == ""


def code(text: str) -> str:
    with pytest.raises(MingchaError) as caught:
        parse(text)
    assert "geheim" not in str(caught.value)
    return caught.value.code


@pytest.mark.parametrize(
    "text",
    [
        "webdav+https://li:geheim@host/x",
        "sftp://li:geheim@host/x",
        "s3://bucket?endpoint=https://key:geheim@host",
        "s3://key:geheim@bucket",
    ],
)
def test_a_secret_in_an_address_is_refused_and_not_repeated(text: str):
    assert code(text) == "depot_address_secret"


@pytest.mark.parametrize(
    "text",
    [
        "webdav+http://host/x",
        "webdav+http://127.0.0.1.example/x",
        "webdav+http://localhost.example/x",
        "s3://bucket?endpoint=http://10.0.0.1",
    ],
)
def test_nothing_goes_unencrypted_to_another_computer(text: str):
    assert code(text) == "depot_address_plain"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_this_computer_may_be_reached_in_the_clear(host: str):
    assert parse(f"webdav+http://{host}:80/x").kind == "webdav"
    assert parse(f"s3://bucket?endpoint=http://{host}:80").kind == "s3"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "a\nb",
        "http://host/x",
        "ftp://host/x",
        "webdav://host/x",
        "webdav+https:///x",
        "webdav+https://host:no/x",
        "webdav+https://host/a/../b",
        "webdav+https://host/x?y",
        "sftp://host",
        "sftp://host/a/../../b",
        "s3://",
        "s3://UP/x",
        "s3://bucket/../x",
        "s3://bucket?endpoint=ftp://host",
        "s3://bucket?endpoint=host",
        "s3://bucket?secret=geheim",
        "s3://bucket#x",
    ],
)
def test_what_is_no_address_is_refused(text: str):
    assert code(text) == "depot_address"
