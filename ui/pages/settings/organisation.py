"""The organisation this computer belongs to, if it belongs to one; nobody else needs any of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from inspector.domain.terms import term
from ui.codes import Kept, ReadingDialog, show_codes
from ui.models.computers import FINGERPRINT, WIDTHS, ComputersModel
from ui.opening import operation
from ui.pages.settings.administrators import AdministratorsCard
from ui.pages.settings.membership_acts import MembershipActs
from ui.pages.settings.office_acts import OfficeActs
from ui.pages.settings.section import Section
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.register import RegisterTable
from ui.widgets.surfaces import Card, row
from ui.widgets.text import label, retone

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.operations.offices import InOffice
    from inspector.operations.organisation import Member, Standing
    from inspector.operations.session import Session
    from ui.desk import Desk

#: Height of the table at 100 % text: six computers.
_HEIGHT = 270


class _Found(NamedTuple):
    """What is read for the section."""

    stands: Standing | None = None
    computers: tuple[Member, ...] = ()
    administrators: tuple[InOffice, ...] = ()


class OrganisationSection(Section):
    """What it is, what this computer may do in it, who else belongs to it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        tr, look = self.tr, desk.look
        self.acts, self.offices = MembershipActs(desk, self), OfficeActs(desk, self)
        self._kept = Kept(desk)
        self._written: Path | None = None
        for acts in (self.acts, self.offices):
            acts.wrote.connect(self._wrote)
            acts.done.connect(self._done)
            acts.refused.connect(self._refused)
            acts.busy.connect(self._say)
        self.card = Card(tr("The organisation"), tokens.M)
        self.words = label("", wrap=True)
        self.print = label("", Type.SECTION, selectable=True)
        self.warning = label("", wrap=True, tone=Tone.WARN)
        self.said = label("", wrap=True, selectable=True)
        self.named = label(tr("Fingerprint of the organisation"), Type.CAPTION)
        for part in (self.words, self.named, self.print, self.warning):
            self.card.body.addWidget(part)
        self.make = button(look, tr("Make an organisation …"), self.acts.make, icon="people")
        self.take_up = button(look, tr("Open an invitation …"), self.acts.take_up, icon="import")
        self.ask = button(look, tr("Write the request again …"), lambda: self.acts.ask())
        self.accept = button(look, tr("Open the admission …"), self.acts.accept, kind="primary")
        self.recover = button(look, tr("Recover with a sheet …"), self._recover, kind="text")
        self.read = button(look, tr("Read codes …"), self._read, icon="camera")
        self.codes = button(look, tr("Show it as codes …"), self._show_codes, icon="show")
        self._belongs = False
        self.card.body.addLayout(row(self.take_up, self.accept, self.ask, self.make, None))
        self.card.body.addLayout(row(self.read, self.recover, None))
        self.card.body.addWidget(self.said)
        self.card.body.addLayout(row(self.codes, None))
        self.body.addWidget(self.card)
        self.body.addWidget(self._list())
        self.administrators = AdministratorsCard(desk, self.offices)
        self.body.addWidget(self.administrators)
        self._show(_Found())

    def _list(self) -> Card:
        tr, look = self.tr, self.desk.look
        self.computers = Card(tr("Computers"), tokens.M)
        self.model = ComputersModel(tr, self)
        self.table = RegisterTable(self.desk, tr("Computers"), self.model)
        self.table.set_widths(WIDTHS, FINGERPRINT)
        self.table.setMinimumHeight(round(_HEIGHT * look.scale))
        self.table.moved.connect(self._chosen)
        self.invite = button(look, tr("Invite …"), self.acts.invite, icon="export")
        self.admit = button(look, tr("Admit …"), self.acts.admit, kind="primary", icon="plus")
        self.roles = button(look, tr("Change the roles …"), self._roles)
        self.revoke = button(look, tr("End the membership …"), self._revoke, kind="danger")
        self.computers.head.addStretch(1)
        for each in (self.invite, self.admit):
            self.computers.head.addWidget(each)
        self.computers.body.addWidget(self.table)
        self.computers.body.addLayout(row(self.roles, self.revoke, None))
        return self.computers

    # -- showing -----------------------------------------------------------------------------------

    def show_state(self) -> None:
        """Read where this computer stands."""
        if self.desk.root is not None:
            self.desk.read(self, _standing, self._show)

    def _show(self, found: _Found) -> None:
        stands, listed = found.stands, found.computers
        tr = self.tr
        me = stands.me if stands else None
        belongs, asked = bool(stands and stands.org), bool(stands and stands.asked)
        self.words.setText(self._told(stands))
        self.print.setText(stands.fingerprint if stands else "")
        self.print.setAccessibleName(tr("Fingerprint of the organisation"))
        self.named.setVisible(belongs)
        self.print.setVisible(belongs)
        due = bool(stands and stands.epoch_due)
        self.warning.setVisible(due)
        if due:
            self.warning.setText(
                tr("Somebody who left holds the present key: an administrator has to make another.")
            )
        outside = belongs and (me is None or me.revoked_after is not None)
        self.make.setVisible(not belongs)
        self.take_up.setVisible(not belongs)
        self.ask.setVisible(asked or outside)
        self.accept.setVisible(asked or outside)
        self.said.setVisible(bool(self.said.text()))
        self.codes.setVisible(self._written is not None)
        self._belongs = belongs
        for card in (self.computers, self.administrators):
            card.setVisible(belongs and not asked)
        self.model.take(listed)
        office = me is not None and me.administrator and me.revoked_after is None
        for each in (self.invite, self.admit, self.roles, self.revoke):
            each.setVisible(office)
        self.administrators.show_administrators(found.administrators, office=office)
        self._chosen()

    def _told(self, stands: Standing | None) -> str:
        tr = self.tr
        if stands is None or not stands.org:
            return tr(
                "Only for several computers that exchange what they record. Who works alone needs "
                "no organisation."
            )
        if stands.asked:
            return tr(
                "{name}: the request was written. Send it to the office, and open the admission "
                "when it comes back.",
                name=stands.name,
            )
        if stands.me is None:
            return tr(
                "{name}: nobody admitted this computer, or it began anew from a backup. What is "
                "recorded here is safe. Write a request and send it to the office.",
                name=stands.name,
            )
        if stands.ended:
            return str(operation("membership_text").ended_text(stands.ended, tr))
        comma = "、" if tr.lang == "zh" else ", "
        return tr(
            "{name} ({space}). This computer is {person}, as: {roles}.",
            name=stands.name,
            space=stands.space,
            person=stands.me.name,
            roles=comma.join(term(each, tr.lang) for each in stands.me.roles),
        )

    def _chosen(self) -> None:
        member = self.model.member(self.table.currentIndex().row())
        present = member is not None and member.revoked_after is None
        self.roles.setEnabled(present)
        self.revoke.setEnabled(present and member is not None and not member.me)

    # -- acting ------------------------------------------------------------------------------------

    def _roles(self) -> None:
        member = self.model.member(self.table.currentIndex().row())
        if member is not None:
            self.acts.roles(member)

    def _revoke(self) -> None:
        member = self.model.member(self.table.currentIndex().row())
        if member is not None:
            self.acts.revoke(member)

    def _read(self) -> None:
        dialog = ReadingDialog(self.desk, self)
        dialog.whole.connect(self._came)
        dialog.open()

    def _came(self, data: bytes) -> None:
        """Take in what came as codes, as if it had come as a file."""
        files = operation("code_files")
        kind = files.kind_of(data)
        taken = {
            files.Kind.INVITATION: self.acts.take_up_file,
            files.Kind.REQUEST: self.acts.admit_file,
            files.Kind.ADMISSION: self.acts.accept_file,
        }
        if kind in taken:
            taken[kind](self._kept.file(data, kind))
        else:
            self._say(self.tr("These codes are no invitation, request or admission. What is handed "
                              "over is read on the page Sync."), Tone.WARN)  # fmt: skip

    def _wrote(self, path: Path) -> None:
        self._written = path
        self.codes.show()

    def _show_codes(self) -> None:
        if self._written is not None:
            show_codes(self.desk, self, self, self.tr("Show it as codes"), self._written)

    def _recover(self) -> None:
        self.offices.recover(belongs=self._belongs)

    def _done(self, text: str) -> None:
        self._written = None
        self.codes.hide()
        self._say(text, Tone.OK)
        self.show_state()

    def _refused(self, error: Exception) -> None:
        self._say("")
        if self.desk.foresaw(error):
            self._say(error.text(self.tr), Tone.DANGER)

    def _say(self, text: str, tone: Tone | None = None) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))
        retone(self.said, tone)


def _standing(session: Session) -> _Found:
    organisation = operation("organisation")
    stands: Standing = organisation.standing(session)
    if not session.store.membership.org:
        return _Found(stands)
    listed = organisation.members(session)
    # Several chains that one key writes are one computer; this one is shown as such.
    shown = {each.fingerprint: each for each in sorted(listed, key=lambda each: each.me)}
    computers = tuple(each for each in listed if shown[each.fingerprint] is each)
    return _Found(stands, computers, operation("offices").in_office(session))
