"""`code write` and `code read`: small files as QR codes, and back from pictures of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from inspector.base.i18n import N_
from inspector.cli.output import Output
from inspector.operations.code_files import read_pictures, read_small, write_codes
from inspector.operations.membership_files import write_file

if TYPE_CHECKING:
    import argparse

    from inspector.cli.context import Context
    from inspector.cli.parsing import Commands


def add_parsers(commands: Commands) -> None:
    """Declare the commands."""
    out = commands.add(
        "write",
        _write,
        N_(
            "Write an invitation, a request, an admission, a receipt or another small file as QR "
            "codes, one picture each."
        ),
        "code write receipt.mcreceipt --to receipt.png",
    )
    tr = out.tr
    out.add("file", type=Path, metavar=tr("FILE"), help=N_("the file"))
    out.add(
        "--to",
        required=True,
        type=Path,
        metavar=tr("PICTURE"),
        help=N_("where to write the picture (.png); several get numbers"),
    )
    out.add(
        "--overwrite",
        action="store_true",
        help=N_("write over pictures that are there already"),
    )
    read = commands.add(
        "read",
        _read,
        N_("Read a file back from pictures of its codes, in any order."),
        "code read photo1.jpg photo2.jpg --to receipt.mcreceipt",
    )
    read.add(
        "pictures", nargs="+", type=Path, metavar=tr("PICTURE"), help=N_("photographs or screens")
    )
    read.add(
        "--to", required=True, type=Path, metavar=tr("FILE"), help=N_("where to write the file")
    )


def _write(context: Context, args: argparse.Namespace) -> Output:
    written = write_codes(read_small(args.file), args.to, overwrite=args.overwrite)
    tr = context.tr
    lines = [tr("{count} codes, to be read in any order:", count=len(written)), *map(str, written)]
    return Output({"pictures": [str(each) for each in written]}, lines)


def _read(context: Context, args: argparse.Namespace) -> Output:
    data = read_pictures(args.pictures)
    write_file(args.to, data)
    line = context.tr("Read and written to {path}. Take it in as if it had come so.", path=args.to)
    return Output({"path": str(args.to), "bytes": len(data)}, [line])
