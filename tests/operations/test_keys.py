"""Keys of people: made, kept, opened by the passphrase, printed, restored, replaced."""

from __future__ import annotations

import io
import re
import shutil
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from inspector.domain.entities import PersonKey
from inspector.ledger import sshsig
from inspector.ledger.sealed_key import rows
from inspector.operations.key_sheets import write_sheet
from inspector.operations.keys import (
    from_sheet,
    keep_changed,
    keep_key,
    keep_restored,
    key_state,
    key_states,
    make_key,
    sealed_anew,
    secret_of,
    unlock,
)
from inspector.operations.people import add_person
from inspector.operations.upkeep import check
from inspector.operations.workspaces import create_workspace
from inspector.report.key_sheet import KeySheet, KeySheetOptions, write_key_sheet
from inspector.storage.keyring import device_key
from tests.support.keys import PASSPHRASE, give_key, made
from tests.support.refusing import refused

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.operations.session import Session
    from tests.operations.conftest import Field
    from tests.support.fixed import CountingEntropy, FixedClock


def person_files(session: Session) -> list[Path]:
    return sorted(session.store.workspace.keys.glob("person-*"))


def test_a_key_is_recorded_by_its_public_part_only(field: Field) -> None:
    key = keep_key(field.session, field.li, made("li"))
    assert (key.person, key.public) == (field.li, made("li").public)
    state = key_state(field.session, field.li)
    assert state.here
    assert state.fingerprint == sshsig.fingerprint(bytes.fromhex(key.public))
    assert [each.key is None for each in key_states(field.session)] == [False, True]
    secret = secret_of(field.session, field.li).sealed
    assert all(secret not in row.raw for row in field.session.store.log.rows())
    assert all(secret.hex().encode() not in row.raw for row in field.session.store.log.rows())


def test_the_passphrase_opens_it_and_a_wrong_one_loses_nothing(field: Field) -> None:
    give_key(field.session, field.li)
    secret = secret_of(field.session, field.li)
    refused("passphrase_wrong", unlock, secret, PASSPHRASE + " ")
    signer = unlock(secret, PASSPHRASE)
    public = bytes.fromhex(signer.public)
    text = sshsig.armored(public, sshsig.SEAL, b"m", signer.sign)
    sshsig.verify(text, public, sshsig.SEAL, b"m")
    assert "sign=" not in repr(signer)


@pytest.mark.parametrize("passphrase", ["", "short", "123456789", "长风破浪"])
def test_a_passphrase_that_is_soon_guessed_is_refused(passphrase: str) -> None:
    refused("passphrase_short", make_key, passphrase)


def test_a_second_key_needs_a_reason_and_retires_the_first(field: Field) -> None:
    session = field.session
    first = keep_key(session, field.li, made("li"))
    refused("person_key_exists", keep_key, session, field.li, made("new"))
    refused("person_key_exists", keep_key, session, field.li, made("new"), "  ")
    assert len(person_files(session)) == 1

    keep_key(session, field.li, made("new"), "忘记口令")

    former = session.store.get(PersonKey, first.id)
    assert former is not None
    assert former.void == "忘记口令"
    assert key_state(session, field.li).key.public == made("new").public


def test_changing_the_passphrase_keeps_the_key(field: Field) -> None:
    session = field.session
    give_key(session, field.li)
    secret = secret_of(session, field.li)
    refused("passphrase_short", sealed_anew, secret, PASSPHRASE, "short")
    refused("passphrase_wrong", sealed_anew, secret, "something else", "another passphrase")
    keep_changed(session, sealed_anew(secret, PASSPHRASE, "another passphrase"))
    again = secret_of(session, field.li)
    assert again.public == secret.public
    assert unlock(again, "another passphrase").public == secret.public
    refused("passphrase_wrong", unlock, again, PASSPHRASE)


def test_without_a_key_or_away_from_it_nothing_can_be_signed(field: Field) -> None:
    refused("person_key_none", secret_of, field.session, field.li)
    give_key(field.session, field.li)
    (file,) = person_files(field.session)
    file.write_bytes(b"rubbish")
    assert not key_state(field.session, field.li).here
    refused("person_key_elsewhere", secret_of, field.session, field.li)


def test_a_damaged_file_of_a_key_is_told_by_check_and_where_keys_are_shown(field: Field) -> None:
    session, li = field.session, field.li
    give_key(session, li)
    device_key(session.store)
    assert check(session).ok
    files = list(session.store.workspace.keys.iterdir())
    for path in files:
        path.write_bytes(b"{")
    found = check(session).problems
    assert [each.code for each in found] == ["key_damaged", "key_damaged"]
    assert {each.where for each in found} == {path.name for path in files}
    state = key_state(session, li)
    assert (state.here, state.damaged) == (False, True)


def test_a_file_that_holds_another_key_is_told(field: Field) -> None:
    give_key(field.session, field.li, "li")
    secret = secret_of(field.session, field.li)
    other = secret.__class__(secret.person, secret.name, made("new").public, secret.sealed)
    refused("person_key_damaged", unlock, other, PASSPHRASE)
    cut = secret.__class__(secret.person, secret.name, secret.public, secret.sealed[:-1])
    refused("person_key_damaged", unlock, cut, PASSPHRASE)


def sheet_text(secret: object, path: Path, field: Field, lang: str = "zh") -> str:
    made_at = field.session.store.clock.read()
    result = write_sheet(secret, path, lang, made_at)  # type: ignore[arg-type]
    assert result.pages == 1
    assert result.missing_glyphs == ()
    document = pypdfium2.PdfDocument(path.read_bytes())
    try:
        page = document[0].get_textpage()
        text = page.get_text_range()
        page.close()
    finally:
        document.close()
    return text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_lost_key_comes_back_from_its_sheet(field: Field, tmp_path: Path, lang: str) -> None:
    session = field.session
    give_key(session, field.li)
    secret = secret_of(session, field.li)
    printed = sheet_text(secret, tmp_path / "s.pdf", field, lang)
    assert "李娜" in printed
    assert sshsig.fingerprint(bytes.fromhex(secret.public)) in printed.replace("\r\n", "")
    typed = "\n".join(re.findall(r"^[1-7]? ?(?:[A-Z2-7]{4} ){4}[A-Z2-7]{2}\s*$", printed, re.M))
    shutil.rmtree(session.store.workspace.keys)
    assert not key_state(session, field.li).here

    keep_restored(session, from_sheet(typed, PASSPHRASE))

    assert key_state(session, field.li).here
    assert unlock(secret_of(session, field.li), PASSPHRASE).public == secret.public
    assert len(session.store.select(PersonKey)) == 1


def rows_of(seed: str) -> str:
    return "\n".join(rows(made(seed).sealed))


def test_a_sheet_that_is_typed_wrong_says_where(field: Field) -> None:
    typed = rows_of("li").splitlines()
    typed[3] = typed[3][::-1]
    refused("key_sheet_row", from_sheet, "\n".join(typed), PASSPHRASE)
    refused("key_sheet_row", from_sheet, "", PASSPHRASE)
    refused("sheet_passphrase_wrong", from_sheet, rows_of("li"), "another passphrase")


def test_a_sheet_from_elsewhere_needs_a_name(
    field: Field, tmp_path: Path, clock: FixedClock, entropy: CountingEntropy
) -> None:
    with create_workspace(tmp_path / "other", clock, entropy) as other:
        li = add_person(other, "李娜").id
        key = from_sheet(rows_of("li"), PASSPHRASE)
        refused("key_sheet_whose", keep_restored, other, key)
        assert not person_files(other)
        keep_restored(other, key, li)
        assert key_state(other, li).key.public == made("li").public


def test_a_replaced_key_is_not_restored(field: Field) -> None:
    keep_key(field.session, field.li, made("li"))
    keep_key(field.session, field.li, made("new"), "忘记口令")
    key = from_sheet(rows_of("li"), PASSPHRASE)
    refused("person_key_retired", keep_restored, field.session, key, field.li)


def test_a_sheet_that_cannot_be_written_is_told(field: Field, tmp_path: Path) -> None:
    give_key(field.session, field.li)
    secret = secret_of(field.session, field.li)
    where = tmp_path / "missing" / "s.pdf"
    refused("export_failed", write_sheet, secret, where, "zh", field.session.store.clock.read())


def test_hostile_words_on_a_sheet_stay_words() -> None:
    sheet = KeySheet(
        title="<b>x",
        facts=(("<img src='/etc/passwd'>", "&amp;"),),
        rows=("AAAA",),
        payload="AAAA",
        what=("</para>",),
        how=("<a href='file:///'>y</a>",),
    )
    out = io.BytesIO()
    assert write_key_sheet(sheet, KeySheetOptions(lang="en"), out).pages == 1
