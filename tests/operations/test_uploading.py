"""The upload page under attack, with real sockets: what is let in, and what nothing comes of."""

import json
import re
import socket
import threading
import time
from dataclasses import dataclass, field, replace

import pytest

from inspector.base.errors import MingchaError
from inspector.domain.filenames import received_name
from inspector.operations.upload_http import UploadPage
from inspector.operations.upload_page import language_of
from inspector.operations.uploading import (
    Closed,
    Door,
    Interrupted,
    Knocked,
    Received,
    Rules,
    addresses,
)
from tests.support.jpegs import write_jpeg

RULES = Rules(kept_free=0, head=0.6, stall=0.6)


@dataclass
class Phone:
    """Sends bytes to a page and returns what comes back."""

    page: UploadPage
    door: Door
    told: list = field(default_factory=list)

    @property
    def host(self):
        return self.page.url.split("/")[2]

    def connect(self):
        ip, port = self.host.split(":")
        line = socket.socket()
        line.settimeout(10)
        line.connect((ip, int(port)))
        return line

    def raw(self, data, more=()):
        with self.connect() as line:
            line.sendall(data)
            for each in more:
                line.sendall(each)
            return heard(line)

    def ask(self, method="GET", path=None, body=b"", **headers):
        path = f"/{self.door.path}" if path is None else path
        fields = {"Host": self.host, "Content-Length": str(len(body))} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        lines = [f"{name}: {value}" for name, value in fields.items() if value is not None]
        head = "\r\n".join([f"{method} {path} HTTP/1.1", *lines, "", ""]).encode("latin-1")
        return self.raw(head + body)

    def send(self, name, body, code=None, **headers):
        given = {"X_Code": self.page.code if code is None else code, "X_Name": name} | headers
        return self.ask("POST", f"/{self.door.path}/file", body, **given)

    def all(self, kind):
        return [each for each in self.told if isinstance(each, kind)]


def heard(line):
    got = b""
    try:
        while part := line.recv(65536):
            got += part
    except ConnectionResetError:
        pass
    return got


def status(answer):
    return int(answer.split(b" ", 2)[1]) if answer else 0


def why(answer):
    return json.loads(answer.partition(b"\r\n\r\n")[2])["why"]


@pytest.fixture
def open_page(tmp_path, loopback, entropy):
    """A maker of open pages, which are closed afterwards."""
    opened = []

    def make(rules=RULES):
        told = []
        incoming = tmp_path / "office" / "incoming"
        incoming.parent.mkdir(exist_ok=True)
        door = Door(incoming, told.append, rules, entropy)
        phone = Phone(UploadPage(loopback, door, "zh"), door, told)
        opened.append(phone)
        return phone

    yield make
    for phone in opened:
        phone.page.close()


@pytest.fixture
def phone(open_page):
    return open_page()


@pytest.fixture
def jpeg(tmp_path):
    return write_jpeg(tmp_path / "a.jpg", taken="2026:03:04 10:00:00", size=(600, 400)).read_bytes()


def files(tmp_path):
    root = tmp_path / "office" / "incoming"
    return sorted(path for path in root.rglob("*") if path.is_file())


def wait_until(happened):
    deadline = time.monotonic() + 10
    while not happened() and time.monotonic() < deadline:
        threading.Event().wait(0.02)
    assert happened()


def test_a_photograph_arrives_with_its_bytes_and_its_name(phone, jpeg, tmp_path):
    assert status(phone.ask("POST", f"/{phone.door.path}/code", X_Code=phone.page.code)) == 204
    assert status(phone.send("%E5%A4%A7%E5%8E%85%2001.jpg", jpeg)) == 200
    [path] = files(tmp_path)
    assert (path.name, path.read_bytes()) == ("大厅 01.jpg", jpeg)
    assert phone.told == [Received(path, len(jpeg))]


def test_the_page_loads_nothing_and_names_nobody(phone):
    answer = phone.ask(Accept_Language="en-GB,en;q=0.9,zh;q=0.5")
    head, _, body = answer.partition(b"\r\n\r\n")
    assert status(answer) == 200
    assert b"Send photographs" in body
    assert "发送照片".encode() in phone.ask(Accept_Language="zh-CN")
    for secret in (phone.page.code.encode(), "明察".encode(), b"ingcha", b"incoming"):
        assert secret not in answer
    assert not re.search(rb"(src|href)=\"(?!data:)", body)
    policy = head.lower()
    for rule in (b"default-src 'none'", b"nosniff", b"no-store", b"no-referrer", b"deny"):
        assert rule in policy
    assert b"server:" not in policy
    nonce = re.search(rb"nonce-([0-9a-f]{32})", head)[1]
    assert body.count(nonce) == 3
    assert nonce not in phone.ask()


@pytest.mark.parametrize(
    "path",
    ["/", "/index.html", "/favicon.ico", "/../../etc/passwd", "//", "/%2e%2e/", "*", "http://x/"],
)
def test_any_other_path_is_nothing(phone, path):
    for method in ("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PROPFIND"):
        answer = phone.ask(method, path)
        assert status(answer) in (400, 404, 501), (method, answer)
        assert answer.partition(b"\r\n\r\n")[2] == b""


def test_what_arrived_cannot_be_read_back(phone, jpeg):
    phone.send("a.jpg", jpeg)
    for below in ("/", "/file", "/1/a.jpg", "/code"):
        assert status(phone.ask("GET", f"/{phone.door.path}{below}")) == 404


def test_five_wrong_codes_end_the_page_for_good(phone, jpeg, tmp_path):
    wrong = f"{(int(phone.page.code) + 1) % 1_000_000:06}"
    answers = [phone.send("a.jpg", jpeg, code) for code in (wrong, "", "0" * 5000, "öä", wrong)]
    assert [status(each) for each in answers] == [403] * 5
    assert [each.left for each in phone.all(Knocked)] == [4, 3, 2, 1, 0]
    assert phone.all(Closed) == [Closed("wrong_code")]
    try:
        answer = phone.send("a.jpg", jpeg)
    except OSError:  # the line is cut or nobody listens any more, as the system likes it
        answer = b""
    assert status(answer) in (0, 410)
    assert files(tmp_path) == []


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("..%2F..%2F..%2Fetc%2Fpasswd.jpg", "passwd.jpg"),
        ("C:%5CWindows%5Csystem32%5Ca.jpg", "a.jpg"),
        ("%00a%0D%0Ab.jpg", "_a__b.jpg"),
        ("..", "file"),
        ("", "file"),
        (".htaccess", "htaccess"),
        ("CON.jpg", "_CON.jpg"),
        ("a%E2%80%AEgpj.exe", "a_gpj.exe"),
        ("%FF%FE.jpg", "\ufffd\ufffd.jpg"),
        ("x" * 600 + ".jpg", "x" * 180 + ".jpg"),
        ("a.jpg.", "a.jpg"),
    ],
)
def test_a_name_leads_nowhere(phone, jpeg, tmp_path, sent, kept):
    assert status(phone.send(sent, jpeg)) == 200
    [path] = files(tmp_path)
    assert path.name == kept
    assert received_name(kept) == kept or kept == "file"


def test_the_same_name_twice_is_two_files(phone, jpeg, tmp_path):
    phone.send("a.jpg", jpeg)
    phone.send("a.jpg", jpeg + b"more")
    assert [path.read_bytes() for path in files(tmp_path)] == [jpeg, jpeg + b"more"]


def test_two_at_once_do_not_mix(phone, tmp_path):
    sent = [
        write_jpeg(tmp_path / f"{n}.jpg", tint=n, size=(900, 900)).read_bytes() for n in (1, 99)
    ]
    threads = [
        threading.Thread(target=phone.send, args=(f"{n}.jpg", body)) for n, body in enumerate(sent)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert {path.read_bytes() for path in files(tmp_path)} == set(sent)


def test_what_is_too_large_is_refused_before_its_first_byte(open_page, jpeg, tmp_path):
    phone = open_page(replace(RULES, largest=len(jpeg) - 1))
    assert why(phone.send("a.jpg", jpeg)) == "too_large"
    assert why(phone.send("a.jpg", b"", Content_Length="999999999999")) == "too_large"
    assert files(tmp_path) == []


def test_a_full_disk_takes_nothing(open_page, jpeg, tmp_path):
    phone = open_page(replace(RULES, kept_free=1 << 60))
    assert why(phone.send("a.jpg", jpeg)) == "no_room"
    assert files(tmp_path) == []


def test_so_many_files_and_no_more(open_page, jpeg):
    phone = open_page(replace(RULES, files=1))
    assert status(phone.send("a.jpg", jpeg)) == 200
    assert why(phone.send("b.jpg", jpeg)) == "too_many"


@pytest.mark.parametrize(
    "body", [b"%PDF-1.7 no picture", b"<html><script>", b"MZ" + b"\0" * 90_000, b"PK\x03\x04", b"x"]
)
def test_what_is_no_picture_is_not_taken(phone, tmp_path, body):
    assert why(phone.send("a.jpg", body)) == "no_picture"
    assert files(tmp_path) == []
    assert phone.told == []


@pytest.mark.parametrize("length", ["", "-1", "+5", "5_0", "5, 5", "0x10", "1" * 40])
def test_a_length_that_is_none_is_refused(phone, jpeg, tmp_path, length):
    assert status(phone.send("a.jpg", jpeg, Content_Length=length)) in (400, 411, 413)
    assert files(tmp_path) == []


def test_chunks_and_two_lengths_are_refused(phone, tmp_path):
    assert status(phone.send("a.jpg", b"0\r\n\r\n", Transfer_Encoding="chunked")) == 411
    two = f"5\r\nContent-Length: 6\r\nX-Code: {phone.page.code}"
    assert status(phone.send("a.jpg", b"12345", Content_Length=two)) == 411
    assert files(tmp_path) == []


def test_a_file_cut_short_leaves_nothing_and_is_told(phone, jpeg, tmp_path):
    head = (
        f"POST /{phone.door.path}/file HTTP/1.1\r\nHost: {phone.host}\r\nX-Code: {phone.page.code}"
        f"\r\nX-Name: a.jpg\r\nContent-Length: {len(jpeg)}\r\n\r\n"
    ).encode()
    with phone.connect() as line:
        line.sendall(head + jpeg[:-10])
        line.shutdown(socket.SHUT_WR)
        assert heard(line) == b""
    assert phone.told == [Interrupted("a.jpg")]
    assert files(tmp_path) == []


def test_who_falls_silent_is_cut_off(phone, jpeg, tmp_path):
    begun = time.monotonic()
    head = (
        f"POST /{phone.door.path}/file HTTP/1.1\r\nHost: {phone.host}\r\nX-Code: {phone.page.code}"
    )
    with phone.connect() as line:
        line.sendall(f"{head}\r\nContent-Length: {len(jpeg)}\r\n\r\n".encode() + jpeg[:100])
        assert heard(line) == b""
    assert time.monotonic() - begun < 5
    assert phone.all(Interrupted) == [Interrupted("file")]
    assert files(tmp_path) == []


def test_heads_that_drip_do_not_keep_others_out(phone, jpeg):
    lines = [phone.connect() for _ in range(RULES.at_once)]
    stop = time.monotonic() + 3
    try:
        for line in lines:
            line.sendall(b"GET / HTTP/1.1\r\n")
        assert status(phone.send("a.jpg", jpeg)) == 200
        assert time.monotonic() < stop
    finally:
        for line in lines:
            line.close()


def test_more_lines_than_fit_are_turned_away_at_once(phone):
    lines = [phone.connect() for _ in range(4 * RULES.at_once)]
    try:
        lines[-1].settimeout(5)
        assert heard(lines[-1]) == b""
    finally:
        for line in lines:
            line.close()


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": None},
        {"Origin": "http://evil.example"},
        {"Host": "127.0.0.1:1"},
    ],
)
def test_a_foreign_page_or_name_reaches_nothing(phone, jpeg, tmp_path, headers):
    assert status(phone.send("a.jpg", jpeg, **headers)) == 404
    assert status(phone.ask("GET", **headers)) == 404
    assert files(tmp_path) == []


@pytest.mark.parametrize(
    "bytes_",
    [
        b"\0" * 5000,
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 500 + b"\r\n",
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n",
    ],
)
def test_noise_is_answered_barely_and_does_no_harm(phone, jpeg, bytes_):
    answer = phone.raw(bytes_)
    assert status(answer) in (0, 400, 404, 414, 431, 505)
    assert b"Traceback" not in answer
    assert status(phone.send("a.jpg", jpeg)) == 200


def test_it_closes_by_itself_when_nobody_comes(open_page):
    phone = open_page(replace(RULES, idle=0.3))
    wait_until(lambda: phone.told)
    assert phone.told == [Closed("idle")]
    assert phone.page.ended == "idle"


def test_closing_cuts_what_is_on_its_way(phone, jpeg, tmp_path):
    head = (
        f"POST /{phone.door.path}/file HTTP/1.1\r\nHost: {phone.host}\r\nX-Code: {phone.page.code}"
    )
    with phone.connect() as line:
        line.sendall(f"{head}\r\nContent-Length: {len(jpeg)}\r\n\r\n".encode() + jpeg[:100])
        wait_until(lambda: files(tmp_path))
        phone.page.close()
        assert heard(line) == b""
    assert files(tmp_path) == []
    assert phone.all(Closed) == [Closed("asked")]
    phone.page.close()


def test_each_page_has_another_path_and_code(open_page):
    one, two = open_page(), open_page()
    assert one.door.path != two.door.path
    assert len(one.door.path) == 10
    assert one.page.url != two.page.url
    assert re.fullmatch(r"\d{6}", one.page.code)


def test_an_address_that_is_not_ours_is_said(tmp_path, loopback, entropy):
    door = Door(tmp_path / "incoming", print, RULES, entropy)
    with pytest.raises(MingchaError) as caught:
        UploadPage("256.1.1.1", door, "zh")
    assert caught.value.code == "upload_not_opened"


def test_addresses_of_this_computer_are_named():
    assert all(each.ip and each.name for each in addresses())


def test_the_language_is_the_one_asked_for_first():
    assert language_of("zh-CN,zh;q=0.9,en;q=0.8", "en") == "zh"
    assert language_of("fr, en;q=0.5", "zh") == "en"
    assert language_of("", "zh") == "zh"
