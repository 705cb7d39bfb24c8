"""`key`: the keys with which members sign sealed visits."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspector.base.errors import MingchaError
from inspector.base.i18n import N_
from inspector.cli.context import read_input
from inspector.cli.opening import opened
from inspector.cli.output import Output, table
from inspector.cli.passphrases import add_passphrase_file, new_passphrase_of, passphrase_of
from inspector.operations.key_sheets import write_sheet
from inspector.operations.keys import (
    from_sheet,
    keep_changed,
    keep_key,
    keep_restored,
    key_state,
    key_states,
    make_key,
    require_no_key,
    require_passphrase,
    sealed_anew,
    secret_of,
)
from inspector.operations.people import find_person

if TYPE_CHECKING:
    import argparse

    from inspector.base.i18n import Translator
    from inspector.cli.context import Context
    from inspector.cli.parsing import Arguments, Commands
    from inspector.operations.keys import KeyState


def add_parsers(commands: Commands) -> None:
    """Declare the commands of `key`."""
    new = commands.add(
        "new",
        _new,
        N_(
            "Make a key for a member, sealed by a passphrase. Print its sheet right afterwards: "
            "nobody can restore a passphrase, or a key without its sheet."
        ),
        "key new --person 李娜",
        "key new --person 李娜 --reason 忘记密码",
    )
    _add_person(new)
    new.add(
        "--reason",
        default="",
        metavar=new.tr("TEXT"),
        help=N_("why it takes the place of a former key, which then signs no more"),
    )
    add_passphrase_file(new)
    commands.add("list", _list, N_("List the members and their keys."), "key list")
    sheet = commands.add(
        "sheet",
        _sheet,
        N_("Print a key, sealed by its passphrase, to restore it from paper."),
        "key sheet sheet.pdf --person 李娜",
    )
    sheet.add("file", type=Path, metavar=sheet.tr("FILE"), help=N_("the PDF to write"))
    _add_person(sheet)
    _declare_restore(commands)
    _declare_change(commands)


def _declare_change(commands: Commands) -> None:
    change = commands.add(
        "change-passphrase",
        _change,
        N_("Seal a key by another passphrase. Sheets printed before keep the former one."),
        "key change-passphrase --person 李娜",
    )
    _add_person(change)
    add_passphrase_file(change)
    change.add(
        "--new-passphrase-file",
        type=Path,
        metavar=change.tr("FILE"),
        help=N_("text file whose first line is the new passphrase, instead of typing it"),
    )


def _declare_restore(commands: Commands) -> None:
    restore = commands.add(
        "restore",
        _restore,
        N_("Take a key back from its printed sheet, typed or scanned into a text file."),
        "key restore sheet.txt",
        "key restore - --person 李娜 --passphrase-file passphrase.txt",
    )
    restore.add(
        "file", metavar=restore.tr("FILE"), help=N_("text file with the rows; “-” reads them here")
    )
    restore.add(
        "--person",
        metavar=restore.tr("PERSON"),
        help=N_("whose key it is, if this workspace does not know it: name or id"),
    )
    add_passphrase_file(restore)


def _add_person(arguments: Arguments) -> None:
    arguments.add("--person", required=True, metavar=arguments.tr("PERSON"), help=N_("name or id"))


def _new(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    with opened(context) as session:
        person = find_person(session, args.person)
        require_no_key(session, person.id, args.reason)
        passphrase = new_passphrase_of(tr, args.passphrase_file, person.name)
        keep_key(session, person.id, make_key(passphrase, context.entropy), args.reason)
        state = key_state(session, person.id)
    lines = [
        tr("{name} has a key: {fingerprint}", name=person.name, fingerprint=state.fingerprint),
        tr("Print its sheet now: “inspector key sheet FILE --person {name}”", name=person.name),
    ]
    return Output(_data(state), lines)


def _list(context: Context, _args: argparse.Namespace) -> Output:
    tr = context.tr
    with opened(context) as session:
        states = key_states(session)
    rows = [(each.person.name, _standing(each, tr), each.fingerprint) for each in states]
    lines = table((tr("name"), tr("secret key"), tr("fingerprint")), rows)
    return Output({"keys": [_data(each) for each in states]}, lines or [tr("Nobody yet.")])


def _standing(state: KeyState, tr: Translator) -> str:
    if state.key is None:
        return tr("none")
    if state.damaged:
        return tr("damaged on this computer: restore it from its sheet")
    return tr("on this computer") if state.here else tr("on another computer")


def _data(state: KeyState) -> dict[str, Any]:
    return {
        "person": state.person.id,
        "name": state.person.name,
        "public": state.key.public if state.key else None,
        "fingerprint": state.fingerprint or None,
        "here": state.here,
        "damaged": state.damaged,
    }


def _sheet(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        secret = secret_of(session, find_person(session, args.person).id)
    paper = write_sheet(secret, args.file, context.lang, context.clock.read())
    file = {
        "path": str(args.file),
        "pages": paper.pages,
        "bytes": paper.bytes,
        "sha256": paper.sha256,
    }
    hint = context.tr("Print it, then delete the file: whoever has it can guess at the passphrase.")
    data = {"files": [file], "missing_glyphs": list(paper.missing_glyphs)}
    return Output(data, [str(args.file), hint])


def _restore(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    text = _typed(args.file)
    with opened(context) as session:
        person = find_person(session, args.person).id if args.person else ""
        prompt = tr("Passphrase of the key on the sheet:")
        made = from_sheet(text, passphrase_of(tr, args.passphrase_file, prompt))
        key = keep_restored(session, made, person)
        state = key_state(session, key.person)
    line = tr("The key of {name} is on this computer again.", name=state.person.name)
    return Output(_data(state), [line])


def _typed(file: str) -> str:
    """Return the rows in a file, or from standard input, which is not the passphrase's."""
    data = sys.stdin.buffer.read() if file == "-" else read_input(Path(file))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MingchaError("key_sheet_other") from error


def _change(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    with opened(context) as session:
        secret = secret_of(session, find_person(session, args.person).id)
        prompt = tr("Passphrase of {name} until now:", name=secret.name)
        old = passphrase_of(tr, args.passphrase_file, prompt)
        new = new_passphrase_of(tr, args.new_passphrase_file, secret.name)
        require_passphrase(new)
        keep_changed(session, sealed_anew(secret, old, new, context.entropy))
        state = key_state(session, secret.person)
    lines = [
        tr("{name} has another passphrase from now on.", name=secret.name),
        tr("Sheets printed before open with the former one. Print a new sheet, destroy the old."),
    ]
    return Output(_data(state), lines)
