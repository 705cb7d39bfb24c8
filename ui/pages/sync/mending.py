"""What is asked before a depot is mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from ui.messages import Message
from ui.widgets.choice import ChoiceBox
from ui.widgets.labelled import Labelled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from inspector.operations.exchange_desk import KnownDepot
    from ui.desk import Desk


def asked_source(
    desk: Desk, parent: QWidget, depot: KnownDepot, others: Sequence[KnownDepot]
) -> str | None:
    """Ask whether to mend a depot, and from which other one as well; None: not at all.

    Returns the id of the other depot, "" to mend from this computer alone.
    """
    tr = desk.tr
    text = tr(
        "All of {name} is read. What is damaged there and held here is put back or sent again; "
        "nothing else is changed. It takes as long as reading everything.",
        name=depot.name,
    )
    message = Message(desk, parent, tr("Repair {name}", name=depot.name), text)
    box = ChoiceBox(tr("Mend from"))
    box.addItem(tr("This computer alone"), "")
    for each in others:
        box.addItem(tr("This computer and {name}", name=each.name), each.id)
    if others:
        message.put(Labelled(tr("Mend from"), box))
    message.add(tr("Cancel"), QDialog.DialogCode.Rejected)
    message.add(tr("Repair"), QDialog.DialogCode.Accepted, kind="primary").setDefault(True)
    answer = message.exec() == QDialog.DialogCode.Accepted
    chosen = str(box.currentData() or "")
    message.deleteLater()
    return chosen if answer else None
