"""Statements: their bytes, and that nothing but exactly these is accepted."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.ledger import canonical, sshsig, statements
from inspector.ledger.statements import (
    InvalidStatement,
    Member,
    Organisation,
    Unknown,
    organisation_id,
    parse,
)
from tests.support.statements import (
    ORG,
    RECOVERY,
    ROOT,
    SPACE,
    administrator,
    chain,
    epoch,
    member,
    organisation,
    revoked,
    signer,
    stated,
    stood_down,
    succession,
)

ADMIN = signer("admin")
EVERY = [
    organisation(),
    administrator("admin"),
    stood_down("admin", "ab" * 32),
    member("李娜", ADMIN, "reporter"),
    revoked("李娜", ADMIN, 7),
    epoch(1, ADMIN, "李娜"),
    succession("李娜二", "李娜", ADMIN),
]


def _signed(content: dict[str, object]) -> bytes:
    line = canonical.encode(content)
    armour = sshsig.armored(ROOT.public, statements.NAMESPACE, line, ROOT.sign)
    return line + b"\n" + armour.encode()


def _content(statement: statements.Statement) -> dict[str, object]:
    found: dict[str, object] = json.loads(statement.raw.split(b"\n")[0])
    return found


@pytest.mark.parametrize("statement", EVERY, ids=lambda each: each.kind)
def test_what_is_made_can_be_read(statement: statements.Statement) -> None:
    assert parse(statement.raw) == statement
    assert statement.org == ORG
    assert statement.kind in statements.KINDS


def test_the_organisation_is_named_by_its_root_key() -> None:
    assert organisation_id(ROOT.public) == ORG
    assert organisation_id(ADMIN.public) != ORG
    assert len(ORG) == 26


@pytest.mark.parametrize("statement", EVERY, ids=lambda each: each.kind)
def test_no_byte_can_be_changed(statement: statements.Statement) -> None:
    """The line is signed; of the armour nothing is left to change but its own line breaks."""
    raw = statement.raw
    for at in range(0, len(raw), 3):
        changed = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
        with pytest.raises(InvalidStatement):
            parse(changed)
    for cut in range(0, len(raw) - 1, 5):
        with pytest.raises(InvalidStatement):
            parse(raw[:cut])


@given(st.binary(max_size=400))
def test_nonsense_is_refused_with_a_code(data: bytes) -> None:
    with pytest.raises(InvalidStatement) as caught:
        parse(data)
    assert caught.value.code in {"form", "suite", "signature", "too_large"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"v": 2}, "suite"),
        ({"v": True}, "suite"),
        ({"su": "sm2"}, "suite"),
        ({"su": None}, "suite"),
        ({"org": "x"}, "form"),
        ({"by": ROOT.hex.upper()}, "form"),
        ({"over": None}, "form"),
        ({"over": ["b" * 64, "a" * 64]}, "form"),
        ({"over": ["a" * 64, "a" * 64]}, "form"),
        ({"recovery": [RECOVERY[0]]}, "form"),
        ({"recovery": [RECOVERY[0], RECOVERY[0]]}, "form"),
        ({"recovery": ["a" * 62, "b" * 62]}, "form"),
        ({"name": "一\n二"}, "form"),
        ({"name": "x" * 401}, "form"),
        ({"space": "../x"}, "form"),
        ({"k": "Organisation"}, "form"),
    ],
)
def test_what_does_not_fit_is_refused_although_it_is_signed(
    changes: dict[str, object], code: str
) -> None:
    with pytest.raises(InvalidStatement) as caught:
        parse(_signed({**_content(organisation()), **changes}))
    assert caught.value.code == code


def test_a_missing_field_is_refused_and_a_further_one_is_kept() -> None:
    content = _content(organisation())
    more = parse(_signed({**content, "motto": "明察"}))
    assert isinstance(more.body, Organisation)
    assert "明察".encode() in more.raw
    with pytest.raises(InvalidStatement):
        parse(_signed({name: each for name, each in content.items() if name != "space"}))


def test_a_kind_of_a_newer_version_is_kept_and_means_nothing() -> None:
    newer = parse(_signed({**_content(organisation()), "k": "delegated"}))
    assert newer.body == Unknown("delegated")
    assert newer.kind == "delegated"


def test_a_signature_for_something_else_is_none() -> None:
    line = EVERY[0].raw.split(b"\n")[0]
    other = sshsig.armored(ROOT.public, sshsig.SEGMENT, line, ROOT.sign)
    with pytest.raises(InvalidStatement) as caught:
        parse(line + b"\n" + other.encode())
    assert caught.value.code == "signature"


def test_a_statement_signed_by_another_than_it_says_is_refused() -> None:
    line = EVERY[0].raw.split(b"\n")[0]
    other = sshsig.armored(ADMIN.public, statements.NAMESPACE, line, ADMIN.sign)
    with pytest.raises(InvalidStatement):
        parse(line + b"\n" + other.encode())


def test_what_could_not_be_read_is_not_made() -> None:
    for body in (
        replace(_organisation(), name="x\0"),
        replace(_organisation(), recovery=RECOVERY[:1]),
        replace(_organisation(), name="\ud800"),
    ):
        with pytest.raises(InvalidStatement):
            stated(body)


def test_a_statement_of_unbearable_length_is_not_looked_into() -> None:
    with pytest.raises(InvalidStatement) as caught:
        parse(b"{" + b" " * statements.MAX_BYTES)
    assert caught.value.code == "too_large"


def _organisation() -> Organisation:
    return Organisation("市政府督查室", RECOVERY, SPACE, "2026 暗访")


def test_a_member_names_everything_that_is_asked_of_it() -> None:
    body = member("王强", ADMIN, "reporter", "reviewer", earlier=("space-a",)).body
    assert isinstance(body, Member)
    assert (body.person, body.roles, body.earlier) == (
        "person-" + chain("王强"),
        ("reporter", "reviewer"),
        ("space-a",),
    )
