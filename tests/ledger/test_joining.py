"""The files of joining: what is written can be read, and nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.ledger import canonical, joining, sshsig
from inspector.ledger.joining import Admission, InvalidFile, Request, RootFile, Wrapped
from tests.support.statements import (
    ORG,
    RECOVERY,
    ROOT,
    administrator,
    chain,
    member,
    organisation,
    signer,
)

if TYPE_CHECKING:
    from collections.abc import Callable

ADMIN, DEVICE = signer("admin"), signer("device 李娜")
STATED = tuple(
    sorted(
        (organisation(), administrator("admin"), member("李娜", ADMIN, "reporter")),
        key=lambda each: each.id,
    )
)
REQUEST = Request(
    org=ORG,
    by=DEVICE.public,
    person="person-li",
    name="李娜",
    post="科长",
    log=chain("李娜"),
    recipient=RECOVERY[0],
    former=(chain("李娜一"),),
    earlier=("space-a",),
)
ADMISSION = Admission(
    ORG, ADMIN.public, chain("李娜"), STATED, (Wrapped(chain("e"), RECOVERY[0], b"\x00wrapped"),)
)
ROOT_FILE = RootFile(ROOT.public, b"sealed seed of seventy bytes")
FILES: dict[str, tuple[bytes, Callable[[bytes], object]]] = {
    "invitation": (
        joining.write_invitation(ORG, STATED, ADMIN.public, ADMIN.sign),
        joining.read_invitation,
    ),
    "request": (joining.write_request(REQUEST, DEVICE.sign), joining.read_request),
    "admission": (joining.write_admission(ADMISSION, ADMIN.sign), joining.read_admission),
    "root": (joining.write_root(ROOT_FILE), joining.read_root),
}
SIGNED = ("invitation", "request", "admission")


def test_what_is_written_can_be_read() -> None:
    invitation = joining.read_invitation(FILES["invitation"][0])
    assert (invitation.org, invitation.by, invitation.statements) == (ORG, ADMIN.public, STATED)
    assert joining.read_request(FILES["request"][0]) == REQUEST
    assert joining.read_admission(FILES["admission"][0]) == ADMISSION
    assert joining.read_root(FILES["root"][0]) == ROOT_FILE


@pytest.mark.parametrize("name", FILES)
def test_one_kind_is_not_taken_for_another(name: str) -> None:
    for other, (_, read) in FILES.items():
        if other != name:
            with pytest.raises(InvalidFile):
                read(FILES[name][0])


@pytest.mark.parametrize("name", SIGNED)
def test_no_byte_can_be_changed_and_nothing_cut_off(name: str) -> None:
    raw, read = FILES[name]
    step = max(1, len(raw) // 300)
    for at in range(0, len(raw) - 1, step):
        with pytest.raises(InvalidFile):
            read(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
        with pytest.raises(InvalidFile):
            read(raw[:at])
    with pytest.raises(InvalidFile):
        read(raw + b"more")


@pytest.mark.parametrize("name", FILES)
@given(data=st.binary(max_size=300))
def test_nonsense_is_refused_with_a_code(name: str, data: bytes) -> None:
    raw, read = FILES[name]
    magic = raw.split(b"\n")[0] + b"\n"
    for each in (data, magic + data):
        with pytest.raises(InvalidFile) as caught:
            read(each)
        assert caught.value.code in {"form", "suite", "signature", "too_large"}


def _signed(magic: bytes, namespace: str, content: dict[str, object]) -> bytes:
    line = canonical.encode(content)
    armour = sshsig.armored(ADMIN.public, namespace, line, ADMIN.sign)
    return magic + line + b"\n" + armour.encode()


def _admission(**changes: object) -> bytes:
    magic, line = FILES["admission"][0].split(b"\n")[:2]
    return _signed(magic + b"\n", joining.ADMISSION, {**json.loads(line), **changes})


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"v": 2}, "suite"),
        ({"su": "sm2"}, "suite"),
        ({"to": "../x"}, "form"),
        ({"statements": "x"}, "form"),
        ({"statements": [1]}, "form"),
        ({"statements": ["{}\n"]}, "suite"),
        ({"envelopes": [{"epoch": "x"}]}, "form"),
        ({"envelopes": [{"epoch": chain("e"), "recipient": RECOVERY[0], "data": "*"}]}, "form"),
        (
            {"envelopes": [{"epoch": chain("e"), "recipient": RECOVERY[0], "data": "A" * 5000}]},
            "form",
        ),
        ({"envelopes": [{}] * 5001}, "form"),
        ({"envelopes": None}, "form"),
    ],
)
def test_what_does_not_fit_is_refused_although_it_is_signed(
    changes: dict[str, object], code: str
) -> None:
    with pytest.raises(InvalidFile) as caught:
        joining.read_admission(_admission(**changes))
    assert caught.value.code == code


def test_a_statement_in_it_whose_signature_does_not_hold_spoils_the_file() -> None:
    listed = [each.raw.decode()[:-40] for each in STATED]
    with pytest.raises(InvalidFile):
        joining.read_admission(_admission(statements=listed))


def test_a_file_without_end_is_not_looked_into() -> None:
    for name, (raw, read) in FILES.items():
        magic = raw.split(b"\n")[0] + b"\n"
        with pytest.raises(InvalidFile) as caught:
            read(magic + b" " * (joining.MOST_BYTES + 1))
        assert caught.value.code == "too_large", name


def test_the_root_file_of_another_organisation_is_none_of_this_one() -> None:
    magic, line = FILES["root"][0].split(b"\n")[:2]
    forged = {**json.loads(line), "public": ADMIN.hex}
    with pytest.raises(InvalidFile):
        joining.read_root(magic + b"\n" + canonical.encode(forged) + b"\n")
