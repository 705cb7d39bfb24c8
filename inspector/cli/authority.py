"""The options that say by which authority a team sets out.

Those of `trip add`, `trip amend` and `visit new`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inspector.base.i18n import N_
from inspector.domain.vocabulary import Basis, TripKind
from inspector.operations.people import find_person

if TYPE_CHECKING:
    import argparse

    from inspector.cli.parsing import Arguments
    from inspector.operations.session import Session

_TEXTS = (
    "legal_basis",
    "document_title",
    "document_number",
    "issuer",
    "scope",
    "valid_from",
    "valid_to",
)


def add_authority(arguments: Arguments) -> None:
    """Declare the options."""
    tr = arguments.tr
    arguments.word("--basis", of=Basis, help=N_("legal frame (government)"))
    arguments.word("--kind", of=TripKind, help=N_("why the team sets out (routine)"))
    arguments.add(
        "--clue",
        dest="clue_number",
        metavar=tr("NUMBER"),
        help=N_("number of the clue that directs it; never its content"),
    )
    arguments.add("--legal-basis", metavar=tr("TEXT"), help=N_("articles it rests on"))
    arguments.add(
        "--document", dest="document_title", metavar=tr("TEXT"), help=N_("authorising document")
    )
    arguments.add("--document-number", metavar=tr("TEXT"), help=N_("number of that document"))
    arguments.add("--issuer", metavar=tr("TEXT"), help=N_("who issued it"))
    arguments.add("--scope", metavar=tr("TEXT"), help=N_("what it covers"))
    arguments.add("--valid-from", metavar=tr("DATE"), help=N_("first day of validity"))
    arguments.add("--valid-to", metavar=tr("DATE"), help=N_("last day of validity"))
    arguments.add("--leader", metavar=tr("PERSON"), help=N_("leader of the team"))


def authority_of(session: Session, args: argparse.Namespace) -> dict[str, Any]:
    """Return the fields of a trip that were given."""
    fields: dict[str, Any] = {
        name: value
        for name in ("basis", "kind", "clue_number", *_TEXTS)
        if (value := getattr(args, name)) is not None
    }
    if args.leader:
        fields["leader"] = find_person(session, args.leader).id
    return fields
