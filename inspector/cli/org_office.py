"""`org` for administrators: invite, admit, give roles, end memberships; the root; recovery."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.base.i18n import N_
from inspector.cli.context import UsageError, read_input
from inspector.cli.opening import opened
from inspector.cli.org import add_fingerprint, opened_signer, role_words, spoken_for
from inspector.cli.output import Output, table
from inspector.cli.passphrases import add_passphrase_file, passphrase_of
from inspector.domain.vocabulary import Role
from inspector.operations.admitting import (
    admit,
    change_roles,
    invite,
    read_request,
    revoke,
)
from inspector.operations.founding import open_root
from inspector.operations.membership_text import said_text
from inspector.operations.offices import appoint, stand_down, stated_by
from inspector.operations.people import find_person
from inspector.operations.person_keys import vouch
from inspector.operations.recovering import RootInHand, read_recovery_key, take_back

if TYPE_CHECKING:
    import argparse

    from inspector.cli.context import Context
    from inspector.cli.parsing import Arguments, Commands
    from inspector.operations.founding import Root


def add_parsers(commands: Commands) -> None:
    """Declare what administrators and the holder of the root key do."""
    invitation = commands.add(
        "invite",
        _invite,
        N_("Write an invitation. It holds nothing secret and serves any number of computers."),
        "org invite --to invitation.mcinvite",
    )
    _add_target(invitation)
    add_passphrase_file(invitation)
    admission = commands.add(
        "admit",
        _admit,
        N_("Let the computer in whose request this is, and write its admission."),
        "org admit request.mcrequest --to admission.mcadmit --role reporter",
    )
    tr = admission.tr
    admission.add("file", type=Path, metavar=tr("FILE"), help=N_("the request"))
    _add_target(admission)
    _add_roles(admission)
    add_fingerprint(admission)
    add_passphrase_file(admission)
    roles = commands.add(
        "roles",
        _roles,
        N_("Give a member other roles. This also settles what administrators stated at once."),
        "org roles 李娜 --role office --role reviewer",
    )
    _add_member(roles)
    _add_roles(roles)
    add_passphrase_file(roles)
    _declare_vouch(commands)
    _declare_revoke(commands)
    _declare_root(commands)
    _declare_recover(commands)


def _declare_vouch(commands: Commands) -> None:
    vouching = commands.add(
        "vouch",
        _vouch,
        N_(
            "State that a signing key is a person's own, who signs on the computer of another "
            "member. Compare its fingerprint as it is shown there."
        ),
        "org vouch 王强 --fingerprint SHA256:…",
    )
    vouching.add("person", metavar=vouching.tr("PERSON"), help=N_("the name of the person"))
    vouching.add(
        "--fingerprint",
        required=True,
        metavar=vouching.tr("TEXT"),
        help=N_("the fingerprint that “key list” shows on the computer where it was made"),
    )
    add_passphrase_file(vouching)


def _declare_revoke(commands: Commands) -> None:
    ending = commands.add(
        "revoke",
        _revoke,
        N_(
            "End the membership of a computer and begin to use another key. What it could read "
            "before cannot be called back; what it records afterwards waits for you to judge."
        ),
        "org revoke 李娜 --reason 电脑遗失",
    )
    _add_member(ending)
    ending.add("--reason", required=True, metavar=ending.tr("TEXT"), help=N_("why"))
    ending.add(
        "--last",
        type=int,
        metavar=ending.tr("NUMBER"),
        help=N_("place of the last entry of its chain that counts (the last one that is here)"),
    )
    ending.add(
        "--heir-stays",
        action="store_true",
        help=N_("the computer that goes this one's record on stays a member (after a theft)"),
    )
    add_passphrase_file(ending)


def _declare_root(commands: Commands) -> None:
    office = commands.add(
        "appoint",
        _appoint,
        N_("Make a member an administrator, with the root key."),
        "org appoint 王强 --root /media/stick/root.key",
    )
    down = commands.add(
        "stand-down",
        _stand_down,
        N_("Take the office from an administrator. What they did until now stays valid."),
        "org stand-down 王强 --root /media/stick/root.key",
        "org stand-down 王强 --root /media/stick/root.key --drop 3f9a --drop 77c0",
    )
    for each in (office, down):
        _add_member(each)
        _add_root(each, required=True)
    down.add(
        "--drop",
        action="append",
        default=[],
        metavar=down.tr("STATEMENT"),
        help=N_("first letters of a statement that shall not stay valid (see “org statements”)"),
    )
    down.add("--drop-all", action="store_true", help=N_("none of their statements stays valid"))
    said = commands.add(
        "statements",
        _statements,
        N_("List what an administrator stated, such as admissions and ended memberships."),
        "org statements 王强",
    )
    _add_member(said)


def _declare_recover(commands: Commands) -> None:
    recovery = commands.add(
        "recover",
        _recover,
        N_(
            "Open the organisation's keys with a recovery sheet. With the root key, this computer "
            "also takes the office when no administrator is left."
        ),
        "org recover sheet.txt",
        "org recover sheet.txt --root root.key --from admission.mcadmit",
    )
    tr = recovery.tr
    recovery.add(
        "key_file",
        metavar=tr("FILE"),
        help=N_("text file with the rows of a sheet; “-” reads them here"),
    )
    recovery.add(
        "--from",
        dest="source",
        type=Path,
        metavar=tr("FILE"),
        help=N_("an admission of any member, for a workspace that knows nothing yet"),
    )
    _add_root(recovery, required=False)
    add_passphrase_file(recovery)


def _add_target(arguments: Arguments) -> None:
    arguments.add(
        "--to", required=True, type=Path, metavar=arguments.tr("FILE"), help=N_("where to write it")
    )


def _add_member(arguments: Arguments) -> None:
    arguments.add(
        "member",
        metavar=arguments.tr("MEMBER"),
        help=N_("name, or the first letters of the computer in the list of members"),
    )


def _add_roles(arguments: Arguments) -> None:
    arguments.word(
        "--role",
        of=Role,
        action="append",
        help=N_("what the computer may do; give it several times for several roles"),
    )


def _add_root(arguments: Arguments, *, required: bool) -> None:
    arguments.add(
        "--root",
        required=required,
        type=Path,
        metavar=arguments.tr("FILE"),
        help=N_("the root key that “org init” wrote"),
    )
    arguments.add(
        "--root-passphrase-file",
        type=Path,
        metavar=arguments.tr("FILE"),
        help=N_("text file whose first line is the passphrase of the root key"),
    )


def _opened_root(context: Context, args: argparse.Namespace) -> Root:
    prompt = context.tr("Passphrase of the root key:")
    return open_root(args.root, passphrase_of(context.tr, args.root_passphrase_file, prompt))


def _invite(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    with opened(context) as session:
        done = invite(session, opened_signer(context, args, session), args.to)
    data = {"path": str(done.path), "name": done.name, "fingerprint": done.fingerprint}
    lines = [
        tr("Invitation: {path}", path=done.path),
        tr("Read this out to whoever takes it up: {fingerprint}", fingerprint=done.fingerprint),
    ]
    return Output(data, lines)


def _admit(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    with opened(context) as session:
        _, who = read_request(session, args.file)
        said = spoken_for(context, args.fingerprint, who.name, who.fingerprint)
        signer = opened_signer(context, args, session)
        roles = args.role or [Role.REPORTER]
        done = admit(session, signer, args.file, args.to, roles, said)
    data = {
        "path": str(done.path),
        "name": done.name,
        "log": done.log,
        "roles": [role.value for role in done.roles],
        "keys": done.epochs,
        "device_fingerprint": who.fingerprint,
    }
    lines = [
        tr("{name} is a member now, as: {roles}", name=done.name,
           roles=role_words(done.roles, tr)),
        tr("Fingerprint of that computer: {fingerprint}", fingerprint=who.fingerprint),
        tr("Admission: {path}", path=done.path),
    ]  # fmt: skip
    return Output(data, lines)


def _roles(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    if not args.role:
        raise UsageError(tr("Say with --role what the computer may do."))
    with opened(context) as session:
        signer = opened_signer(context, args, session)
        after = change_roles(session, signer, args.member, args.role)
    first = after[0]
    data = {
        "name": first.name,
        "logs": [each.log for each in after],
        "roles": sorted(role.value for role in first.roles),
    }
    roles = role_words(sorted(first.roles), tr)
    return Output(data, [tr("{name} is a member now, as: {roles}", name=first.name, roles=roles)])


def _vouch(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    with opened(context) as session:
        person = find_person(session, args.person)
        signer = opened_signer(context, args, session)
        key = vouch(session, signer, person.id, args.fingerprint)
    data = {"person": person.id, "name": person.name, "key": key.public}
    return Output(data, [tr("This key is {name}'s own from now on.", name=person.name)])


def _revoke(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    with opened(context) as session:
        signer = opened_signer(context, args, session)
        done = revoke(session, signer, args.member, args.reason, args.last, stays=args.heir_stays)
    data = {"name": done.name, "logs": list(done.logs), "last": done.n}
    lines = [
        tr("The membership of {name} has ended after entry {n}.", name=done.name, n=done.n),
        tr(
            "From now on another key is used, which that computer does not get. What it could "
            "read before it can still read. Exchange with the others soon, so that they know."
        ),
    ]
    return Output(data, lines)


def _appoint(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    with opened(context) as session:
        root = _opened_root(context, args)
        done = appoint(session, root, args.root, args.member)
    data = {"person": done.person, "name": done.name, "key": done.key}
    return Output(data, [tr("{name} is an administrator now.", name=done.name)])


def _stand_down(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    with opened(context) as session:
        root = _opened_root(context, args)
        drop = None if args.drop_all else args.drop
        done = stand_down(session, root, args.root, args.member, drop)
    data = {"person": done.person, "name": done.name, "key": done.key}
    return Output(data, [tr("{name} is no administrator any more.", name=done.name)])


def _statements(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        found = stated_by(session, args.member)
    data = [{"id": each.id, "kind": each.kind, "about": each.about} for each in found]
    rows = [(each.id[:12], said_text(each.kind, context.tr), each.about) for each in found]
    headers = (context.tr("statement"), "", context.tr("about"))
    return Output({"statements": data}, table(headers, rows))


def _recover(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    if args.source is not None and args.root is None:
        raise UsageError(tr("--from needs --root: the root key proves whose the file is."))
    data = sys.stdin.buffer.read(1 << 16) if args.key_file == "-" else read_input(
        Path(args.key_file)
    )  # fmt: skip
    key = read_recovery_key(data.decode("utf-8-sig", "replace"))
    with opened(context) as session:
        by = None
        if args.root is not None:
            root = _opened_root(context, args)
            signer = opened_signer(context, args, session)
            by = RootInHand(root, args.root, signer, args.source)
        done, shared = take_back(session, key, by)
    answer = {"opened": done.opened, "keys": done.keys, "epochs": done.epochs, "wrapped": shared}
    line = tr("{opened} keys opened; {keys} of {epochs} are here.", opened=done.opened,
              keys=done.keys, epochs=done.epochs)  # fmt: skip
    return Output(answer, [line])
