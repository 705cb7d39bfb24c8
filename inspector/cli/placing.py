"""`photo place` and its like: where photographs belong, and which are not used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.i18n import N_
from inspector.cli.context import UsageError
from inspector.cli.describe import withdrawn
from inspector.cli.opening import opened
from inspector.cli.output import Output
from inspector.cli.visits import add_visit_argument
from inspector.domain.entities import Evidence, Placement, Visit
from inspector.domain.vocabulary import TargetKind
from inspector.operations.evidence import find_evidence, place
from inspector.operations.findings import find_finding
from inspector.operations.placing import (
    place_name,
    set_aside,
    suggested_for,
    take_back,
    unplace,
)
from inspector.operations.recording import find_visit, find_window, get
from inspector.operations.records import load_record

if TYPE_CHECKING:
    import argparse

    from inspector.cli.context import Context
    from inspector.cli.parsing import Arguments, Commands
    from inspector.operations.session import Session


def declare(commands: Commands) -> None:
    """Declare the commands."""
    command = commands.add(
        "place",
        _place,
        N_("Say what a photograph belongs to."),
        "photo place 1 IMG_0042.jpg --finding 2",
        "photo place 1 IMG_0042.jpg --window 05",
    )
    _declare_targets(command)
    command.add(
        "--position",
        type=int,
        default=0,
        metavar=command.tr("NUMBER"),
        help=N_("its place in the order"),
    )
    _declare_targets(
        commands.add(
            "unplace",
            _unplace,
            N_("Say that a photograph does not belong there; that it was placed stays known."),
            "photo unplace 1 IMG_0042.jpg --finding 2",
        )
    )
    suggest = commands.add(
        "suggest",
        _suggest,
        N_("List what a photograph may belong to, by when it was taken; nothing is placed."),
        "photo suggest 1 IMG_0042.jpg",
    )
    add_photo_argument(suggest)
    aside = commands.add(
        "set-aside",
        _set_aside,
        N_("Say that a photograph was looked at and is not used; its bytes and hash stay."),
        "photo set-aside 1 IMG_0042.jpg",
        "photo set-aside 1 IMG_0042.jpg --no",
    )
    add_photo_argument(aside).add("--no", action="store_true", help=N_("use it after all"))


def add_photo_argument(arguments: Arguments) -> Arguments:
    """Add the visit and the photograph that a command is about."""
    add_visit_argument(arguments)
    return arguments.add(
        "photo",
        metavar=arguments.tr("PHOTO"),
        help=N_("file name, id, or the first eight digits of its hash"),
    )


def _declare_targets(command: Arguments) -> None:
    add_photo_argument(command)
    tr = command.tr
    to = command.either()
    to.add("--finding", metavar=tr("FINDING"), help=N_("number or id of a finding"))
    to.add("--window", metavar=tr("WINDOW"), help=N_("a window"))
    for kind in (
        *(TargetKind.ANSWER, TargetKind.WAIT, TargetKind.REMARK, TargetKind.EVENT),
        *(TargetKind.FEEDBACK, TargetKind.CONFIRMATION),
    ):
        to.add(f"--{kind.value}", metavar=tr("ID"), help=N_("id of an entry of this kind"))


def _place(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        photo = find_evidence(session, visit.id, args.photo)
        kind, target = _target(context, session, visit, args)
        place(session, photo.id, kind, target, args.position, visit=visit.id)
    data = {"id": photo.id, "placed": {"kind": kind.value, "id": target}}
    return Output(data, [f"{photo.original_name} → {kind.value} {target}"])


def _unplace(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        photo = find_evidence(session, visit.id, args.photo)
        kind, target = _target(context, session, visit, args)
        placed = session.store.select(
            Placement, "evidence = ? AND target = ? AND void IS NULL", photo.id, target
        )
        for each in placed:
            if each.target_kind is kind:
                unplace(session, each.id)
    data = {"id": photo.id, "taken_out": {"kind": kind.value, "id": target}}
    return Output(data, [f"{photo.original_name} ↛ {kind.value} {target}"])


def _suggest(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        photo = find_evidence(session, visit.id, args.photo)
        record = load_record(session, visit.id)
    found = suggested_for(record, photo.observed_from)
    rows = [
        {"kind": each.target.kind.value, "id": each.target.id, "ms_after": each.apart}
        for each in found
    ]
    lines = [
        tr(
            "{place}: {reason}",
            place=place_name(record, each.target.kind, each.target.id, tr),
            reason=each.reason(tr),
        )
        for each in found
    ]
    none = tr("Nothing was seen within five minutes of it, or its time is not known.")
    return Output({"id": photo.id, "suggestions": rows}, lines or [none])


def _set_aside(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        photo = find_evidence(session, visit.id, args.photo)
        if args.no:
            take_back(session, photo.id)
        else:
            set_aside(session, visit.id, [photo.id])
        found = get(session, Evidence, photo.id)
    if found.void is not None:
        return withdrawn(context, found)
    return Output(
        {"id": photo.id, "void": None}, [context.tr("In use: {name}", name=photo.original_name)]
    )


def _target(
    context: Context, session: Session, visit: Visit, args: argparse.Namespace
) -> tuple[TargetKind, str]:
    for kind in TargetKind:
        named: str | None = getattr(args, kind.value)
        if named is None:
            continue
        if kind is TargetKind.FINDING:
            return kind, find_finding(session, visit.id, named).id
        if kind is TargetKind.WINDOW:
            return kind, find_window(session, visit.hall, named).id
        return kind, named
    raise UsageError(context.tr("Say what it belongs to, for example --finding 2."))
