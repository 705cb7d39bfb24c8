"""`org`: an organisation of several computers – made, joined by file, looked at."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspector.base.i18n import N_
from inspector.cli.context import UsageError
from inspector.cli.opening import opened
from inspector.cli.output import Output, table
from inspector.cli.passphrases import add_passphrase_file, new_passphrase_of, passphrase_of
from inspector.domain.terms import term
from inspector.operations.founding import SHEETS, found, make_root, require_foundable, write_papers
from inspector.operations.joining import accept, ask, is_invitation, read_invitation, take_up
from inspector.operations.keys import keep_key, key_state, make_key, secret_of, unlock
from inspector.operations.membership_text import ended_text
from inspector.operations.organisation import members, require_user, standing

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from inspector.base.i18n import Translator
    from inspector.cli.context import Context
    from inspector.cli.parsing import Arguments, Commands
    from inspector.domain.vocabulary import Role
    from inspector.operations.keys import Signer
    from inspector.operations.organisation import Member, Standing
    from inspector.operations.session import Session


def add_parsers(commands: Commands) -> None:
    """Declare `org init`, `join`, `members` and `status`."""
    _declare_init(commands)
    _declare_join(commands)
    commands.add("members", _members, N_("List the computers of the organisation."), "org members")
    commands.add(
        "status", _status, N_("Say to which organisation this computer belongs."), "org status"
    )


def _declare_init(commands: Commands) -> None:
    init = commands.add(
        "init",
        _init,
        N_(
            "Make an organisation on the office machine. Writes its root key to a file that is "
            "kept elsewhere, and two recovery sheets to print: keep them apart."
        ),
        "org init --name 市政府督查室 --root /media/stick/root.key --sheets /tmp/sheets",
    )
    tr = init.tr
    init.add(
        "--name", required=True, metavar=tr("TEXT"), help=N_("what the organisation is called")
    )
    init.add(
        "--root",
        required=True,
        type=Path,
        metavar=tr("FILE"),
        help=N_("where to write the root key, such as a stick that is locked away"),
    )
    init.add(
        "--sheets",
        required=True,
        type=Path,
        metavar=tr("FOLDER"),
        help=N_("where to write the two recovery sheets; print them, then delete the files"),
    )
    init.add("--space", default="", metavar=tr("TEXT"), help=N_("team or campaign (the name)"))
    add_passphrase_file(init)
    init.add(
        "--root-passphrase-file",
        type=Path,
        metavar=tr("FILE"),
        help=N_("text file whose first line is the passphrase of the root key"),
    )


def _declare_join(commands: Commands) -> None:
    join = commands.add(
        "join",
        _join,
        N_(
            "Join an organisation by file: take up an invitation and write the request, then open "
            "the admission that comes back. What was recorded before stays."
        ),
        "org join invitation.mcinvite --request request.mcrequest",
        "org join admission.mcadmit",
        "org join --request request.mcrequest",
    )
    tr = join.tr
    join.add(
        "file",
        nargs="?",
        type=Path,
        metavar=tr("FILE"),
        help=N_("the invitation or the admission; without it a member asks to be known again"),
    )
    join.add(
        "--request",
        type=Path,
        metavar=tr("FILE"),
        help=N_("where to write the request for the administrator"),
    )
    add_fingerprint(join)


def add_fingerprint(arguments: Arguments) -> None:
    """Declare the option for digits that the other side read out."""
    arguments.add(
        "--fingerprint",
        default="",
        metavar=arguments.tr("DIGITS"),
        help=N_("the fingerprint as the other side reads it out; anything else is refused"),
    )


def spoken_for(context: Context, said: str, whose: str, fingerprint: str) -> str:
    """Return what was said of a fingerprint; on a terminal ask whether it is the same.

    A script that gives none has compared what it was told before. Raises UsageError if somebody
    says that they differ.
    """
    tr = context.tr
    if said or not sys.stdin.isatty():
        return said
    context.say(tr("{name}: fingerprint {fingerprint}", name=whose, fingerprint=fingerprint))
    question = tr("Does the other side read out the same digits? [y/N]")
    context.say(question)
    if input().strip().casefold() not in ("y", "yes", "是", "对"):
        raise UsageError(tr("Not confirmed. Nothing was changed."))
    return ""


def opened_signer(context: Context, args: argparse.Namespace, session: Session) -> Signer:
    """Return the opened key of who types here. Raises MingchaError as `keys.unlock`."""
    person = require_user(session)
    secret = secret_of(session, person.id)
    prompt = context.tr("Passphrase of {name}:", name=person.name)
    return unlock(secret, passphrase_of(context.tr, args.passphrase_file, prompt))


def _init(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    sheets = [args.sheets / f"recovery-{number}.pdf" for number in range(1, SHEETS + 1)]
    with opened(context) as session:
        name = require_foundable(session, args.name)
        signer = _founder(context, args, session)
        whose = tr("the root key")
        made = make_root(new_passphrase_of(tr, args.root_passphrase_file, whose), context.entropy)
        write_papers(made, name, args.root, sheets, context.lang, context.clock.read())
        done = found(session, made, signer, name, args.space)
    data = {
        "organisation": done.org,
        "name": done.name,
        "space": done.space,
        "fingerprint": done.fingerprint,
        "root": str(args.root),
        "sheets": [str(each) for each in sheets],
    }
    lines = [
        tr("{name} is an organisation now. Fingerprint: {fingerprint}", name=done.name,
           fingerprint=done.fingerprint),
        tr("Root key: {path}. Keep it off this computer; only it appoints administrators.",
           path=args.root),
        *map(str, sheets),
        tr(
            "Print the two sheets, delete the files, and lock each sheet away in another place. "
            "Nobody can make them anew."
        ),
    ]  # fmt: skip
    return Output(data, lines)


def _founder(context: Context, args: argparse.Namespace, session: Session) -> Signer:
    """Return the opened key of the founder, made now if there is none."""
    person = require_user(session)
    if key_state(session, person.id).key is None:
        passphrase = new_passphrase_of(context.tr, args.passphrase_file, person.name)
        keep_key(session, person.id, make_key(passphrase, context.entropy))
        return unlock(secret_of(session, person.id), passphrase)
    return opened_signer(context, args, session)


def _join(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    if args.file is None and args.request is None:
        raise UsageError(tr("Name the file of an invitation or an admission."))
    with opened(context) as session:
        if args.file is not None and not is_invitation(args.file):
            return _accept(context, args, session)
        if args.request is None:
            raise UsageError(tr("Say with --request where to write the request."))
        if args.file is not None:
            _, offer = read_invitation(session, args.file)
            said = spoken_for(context, args.fingerprint, offer.name, offer.fingerprint)
            take_up(session, args.file, said)
        asked = ask(session, args.request)
        stands = standing(session)
    data = {
        "organisation": stands.org,
        "name": stands.name,
        "fingerprint": stands.fingerprint,
        "request": str(asked.path),
        "device_fingerprint": asked.fingerprint,
        "joined": False,
    }
    lines = [
        tr("{name}: fingerprint {fingerprint}", name=stands.name, fingerprint=stands.fingerprint),
        tr("Request: {path}", path=asked.path),
        tr("Fingerprint of this computer, for the administrator: {fingerprint}",
           fingerprint=asked.fingerprint),
    ]  # fmt: skip
    return Output(data, lines)


def _accept(context: Context, args: argparse.Namespace, session: Session) -> Output:
    tr = context.tr
    done = accept(session, args.file)
    stands = standing(session)
    data = {
        "organisation": stands.org,
        "name": done.name,
        "space": done.space,
        "fingerprint": stands.fingerprint,
        "roles": [role.value for role in done.roles],
        "keys": done.keys,
        "recorded_before": done.before,
        "joined": True,
    }
    lines = [
        tr("This computer belongs to {name} now, as: {roles}", name=done.name,
           roles=role_words(done.roles, tr)),
        tr("What was recorded before stays as it is ({count} entries of the record).",
           count=done.before),
    ]  # fmt: skip
    return Output(data, lines)


def role_words(roles: Iterable[Role], tr: Translator) -> str:
    """Return roles as people read them."""
    return (", " if tr.lang == "en" else "、").join(term(role, tr.lang) for role in roles)


def member_data(member: Member) -> dict[str, Any]:
    """Return a member for `--json`."""
    return {
        "log": member.log,
        "person": member.person,
        "name": member.name,
        "post": member.post,
        "roles": [role.value for role in member.roles],
        "fingerprint": member.fingerprint,
        "me": member.me,
        "administrator": member.administrator,
        "revoked_after": member.revoked_after,
        "succeeds": member.succeeds or None,
        "former": [*member.former],
    }


def _members(context: Context, _args: argparse.Namespace) -> Output:
    tr = context.tr
    with opened(context) as session:
        listed = members(session)
        disputed = standing(session).disputed
    rows = [
        (each.name, role_words(each.roles, tr), _state(each, tr), each.log[:8], each.fingerprint)
        for each in listed
    ]
    headers = (tr("name"), tr("roles"), "", tr("computer"), tr("fingerprint"))
    lines = table(headers, rows)
    lines += [tr("Two administrators disagree about {log}: admit it again.", log=log)
              for log in disputed]  # fmt: skip
    return Output({"members": [*map(member_data, listed)], "disputed": [*disputed]}, lines)


def _state(member: Member, tr: Translator) -> str:
    if member.revoked_after is not None:
        return tr("ended after entry {n}", n=member.revoked_after)
    if member.me:
        return tr("this computer")
    return tr("administrator") if member.administrator else ""


def _status(context: Context, _args: argparse.Namespace) -> Output:
    with opened(context) as session:
        stands = standing(session)
    me = stands.me
    data = {
        "organisation": stands.org or None,
        "name": stands.name or None,
        "space": stands.space or None,
        "fingerprint": stands.fingerprint or None,
        "joined": me is not None,
        "asked": stands.asked,
        "me": member_data(me) if me else None,
        "members": stands.members,
        "epochs": stands.epochs,
        "keys": stands.keys,
        "ended": (
            {"after": stands.ended.n, "reason": stands.ended.reason} if stands.ended else None
        ),
        "epoch_due": stands.epoch_due,
        "disputed": list(stands.disputed),
    }
    return Output(data, _told(stands, context.tr))


def _told(stands: Standing, tr: Translator) -> list[str]:
    if not stands.org:
        return [tr("This workspace belongs to no organisation, and needs none for one computer.")]
    lines = [
        tr("{name}: fingerprint {fingerprint}", name=stands.name, fingerprint=stands.fingerprint)
    ]
    if stands.asked:
        return [*lines, tr("The request was written; the admission is awaited.")]
    if stands.me is None:
        return [*lines, tr("Nobody admitted this computer, or it began anew from a backup.")]
    lines.append(tr("This computer is {name}, as: {roles}", name=stands.me.name,
                    roles=role_words(stands.me.roles, tr)))  # fmt: skip
    if stands.ended:
        return [*lines, ended_text(stands.ended, tr)]
    lines.append(
        tr("{members} computers; {keys} of {epochs} keys are here.", members=stands.members,
           keys=stands.keys, epochs=stands.epochs)
    )  # fmt: skip
    if stands.epoch_due:
        lines.append(
            tr("Somebody who left holds the present key: an administrator has to make another.")
        )
    return lines
