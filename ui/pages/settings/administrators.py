"""Who administers the organisation: appointed and stood down with the root key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.models.administrators import STATE, WIDTHS, AdministratorsModel
from ui.theme import tokens
from ui.theme.tokens import Type
from ui.widgets.buttons import button
from ui.widgets.register import RegisterTable
from ui.widgets.surfaces import Card, row
from ui.widgets.text import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector.operations.offices import InOffice
    from ui.desk import Desk
    from ui.pages.settings.office_acts import OfficeActs

#: Height of the table at 100 % text: three administrators.
_HEIGHT = 156


class AdministratorsCard(Card):
    """Whoever has the root key at hand may act here, on any computer of the organisation."""

    def __init__(self, desk: Desk, acts: OfficeActs) -> None:
        tr, look = desk.tr, desk.look
        super().__init__(tr("Administrators"), tokens.M)
        self._acts = acts
        self.words = label(
            tr(
                "They admit computers and end memberships. Appointing and standing down takes the "
                "root key, which lies in a safe."
            ),
            Type.CAPTION,
            wrap=True,
        )
        self.model = AdministratorsModel(tr, self)
        self.table = RegisterTable(desk, tr("Administrators"), self.model)
        self.table.set_widths(WIDTHS, STATE)
        self.table.setMinimumHeight(round(_HEIGHT * look.scale))
        self.table.moved.connect(self._chosen)
        self.table.opened.connect(self._statements)
        self.vouch = button(look, tr("Vouch for a signing key …"), acts.vouch)
        self.appoint = button(look, tr("Appoint …"), acts.appoint, icon="plus")
        self.said = button(look, tr("What they stated …"), self._statements)
        self.down = button(look, tr("Stand down …"), self._stand_down, kind="danger")
        self.head.addStretch(1)
        self.head.addWidget(self.appoint)
        self.body.addWidget(self.words)
        self.body.addWidget(self.table)
        self.body.addLayout(row(self.said, self.vouch, self.down, None))

    def show_administrators(self, found: Sequence[InOffice], *, office: bool) -> None:
        """Show who they are. office: this computer is an administrator's."""
        self.model.take(found)
        self.vouch.setVisible(office)
        self._chosen()

    def _chosen(self) -> None:
        chosen = self.model.row(self.table.currentIndex().row()) is not None
        self.said.setEnabled(chosen)
        self.down.setEnabled(chosen)

    def _statements(self) -> None:
        who = self.model.row(self.table.currentIndex().row())
        if who is not None:
            self._acts.statements(who)

    def _stand_down(self) -> None:
        who = self.model.row(self.table.currentIndex().row())
        if who is not None:
            others = any(each.present and each != who for each in self.model.rows)
            self._acts.stand_down(who, last=who.present and not others)
