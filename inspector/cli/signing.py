"""`visit sign|signatures`: signing the seal of a visit, and verifying who has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspector.base.i18n import N_
from inspector.cli.context import UsageError
from inspector.cli.opening import opened
from inspector.cli.output import Output, table
from inspector.cli.passphrases import add_passphrase_file, passphrase_of
from inspector.cli.visits import add_visit_argument
from inspector.domain.clocktext import clock, day
from inspector.domain.entities import Hall
from inspector.domain.signing import SignatureState
from inspector.operations.keys import secret_of, unlock
from inspector.operations.people import find_person
from inspector.operations.recording import find_visit, get
from inspector.operations.signing import export_signatures, sign_seal, signers_of
from inspector.operations.signing_text import flaw_text, state_text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from inspector.base.i18n import Translator
    from inspector.cli.context import Context
    from inspector.cli.parsing import Arguments, Commands
    from inspector.domain.signing import SealSigner
    from inspector.operations.keys import Signer
    from inspector.operations.session import Session

FOUND_SOMETHING = 1


def add_parsers(commands: Commands) -> None:
    """Declare the commands."""
    sign = commands.add(
        "sign",
        _sign,
        N_("Sign the seal of a visit with the key of an inspector who was there."),
        "visit sign 2026-0001 --person 李娜",
    )
    add_visit_argument(sign)
    sign.add("--person", required=True, metavar=sign.tr("PERSON"), help=N_("name or id"))
    add_passphrase_file(sign)
    shown = commands.add(
        "signatures",
        _signatures,
        N_("Verify who signed the seal of a visit; with --export for outsiders to verify."),
        "visit signatures 2026-0001",
        "visit signatures 2026-0001 --export signed",
    )
    add_visit_argument(shown)
    shown.add(
        "--export",
        type=Path,
        metavar=shown.tr("FOLDER"),
        help=N_("write manifest, signatures and keys for “ssh-keygen -Y verify” into this folder"),
    )


def add_signers(arguments: Arguments) -> None:
    """Declare the options of `visit seal` that let inspectors sign at once."""
    tr = arguments.tr
    arguments.add(
        "--sign",
        nargs="+",
        action="extend",
        default=[],
        metavar=tr("PERSON"),
        help=N_("inspectors who sign the seal at once, by name or id; others may sign later"),
    )
    arguments.add(
        "--passphrase-file",
        nargs="+",
        type=Path,
        action="extend",
        default=[],
        metavar=tr("FILE"),
        help=N_("a text file for each of --sign, in the same order, instead of typing"),
    )


def opened_keys(
    context: Context, session: Session, names: Sequence[str], files: Sequence[Path]
) -> Iterator[Signer]:
    """Yield the opened key of each inspector named: before the seal, so that a slip stops it."""
    tr = context.tr
    if files and len(files) != len(names):
        raise UsageError(tr("Give one --passphrase-file for each name after --sign."))
    for place, name in enumerate(names):
        secret = secret_of(session, find_person(session, name).id)
        file = files[place] if files else None
        prompt = tr("Passphrase of {name}:", name=secret.name)
        yield unlock(secret, passphrase_of(tr, file, prompt))


def signer_data(signer: SealSigner) -> dict[str, Any]:
    """Return how an inspector stands to a seal, for scripts."""
    return {
        "person": signer.person,
        "name": signer.name,
        "state": signer.state.value,
        "fingerprint": signer.fingerprint or None,
        "signed_ms": signer.signed.ms if signer.signed else None,
        "flaw": signer.flaw.value if signer.flaw else None,
        "retired": signer.retired or None,
    }


def _moment(ms: int, zone: int, tr: Translator) -> str:
    return f"{day(ms, zone, tr.lang)} {clock(ms, zone)}"


def _sign(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        files = [args.passphrase_file] if args.passphrase_file else []
        (signer,) = opened_keys(context, session, [args.person], files)
        sign_seal(session, visit.id, signer)
        signers = signers_of(session, visit.id)
    signed = next(each for each in signers if each.person == signer.person)
    data = {"visit": visit.id, "signatures": [signer_data(each) for each in signers]}
    line = tr(
        "{name} has signed the seal with {fingerprint}.",
        name=signed.name,
        fingerprint=signed.fingerprint,
    )
    return Output(data, [line])


def _signatures(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        zone = get(session, Hall, visit.hall).zone_minutes
        signers = signers_of(session, visit.id)
        exported = export_signatures(session, visit.id, args.export) if args.export else None
    rows = [
        (
            each.name,
            state_text(each, tr),
            _moment(each.signed.ms, zone, tr) if each.signed else "",
            each.fingerprint,
        )
        for each in signers
    ]
    lines = table((tr("name"), tr("signature"), tr("signed at"), tr("fingerprint")), rows)
    lines += [f"{each.name}: {flaw_text(each.flaw, tr)}" for each in signers if each.flaw]
    data: dict[str, Any] = {
        "visit": visit.id,
        "signatures": [signer_data(each) for each in signers],
    }
    if exported:
        data |= {"files": list(exported.files), "commands": list(exported.commands)}
        lines += [tr("In the folder {folder} type:", folder=exported.folder), *exported.commands]
    wrong = any(each.state is SignatureState.INVALID for each in signers)
    return Output(data, lines, code=FOUND_SOMETHING if wrong else 0)
