"""What a visit, a check or a repair came to, in plain words."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QWidget

from inspector.operations.depot_text import check_lines, repair_lines
from inspector.operations.exchange_text import later_lines, read_only_text, report_lines
from ui.theme import tokens
from ui.theme.tokens import Tone
from ui.widgets.buttons import button
from ui.widgets.surfaces import Banner, cleared, column, row
from ui.widgets.text import label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from inspector.base.errors import MingchaError
    from inspector.base.i18n import Translator
    from inspector.operations.depots import Scrubbed
    from inspector.operations.exchange_desk import KnownDepot
    from inspector.operations.syncing import SyncReport
    from ui.desk import Desk
    from ui.exchange import Ended

#: Trouble that is no fault of the depot: it is not there at the moment.
_NOT_THERE = frozenset({"depot_away", "depot_unmarked"})
#: An icon, what it says by its colour, and the sentence.
Line = tuple[str, Tone, str]


class Result(QWidget):
    """Empty until something ended.

    aside: is pressed to see what was put aside. save: saves a receipt that could not be left there.
    """

    def __init__(
        self, desk: Desk, aside: Callable[[], None], save: Callable[[object], None]
    ) -> None:
        super().__init__()
        self._desk, self._aside, self._save = desk, aside, save
        self._parts = column(spacing=tokens.S)
        self.setLayout(self._parts)
        self.offers: dict[str, QWidget] = {}

    def show_ended(self, ended: Ended | None, depot: KnownDepot) -> None:
        """Show how the last thing with a depot ended, nothing if nothing was done."""
        cleared(self._parts)
        self.offers = {}
        self.setVisible(ended is not None)
        if ended is None:
            return
        icon, tone, words = self._verdict(ended, depot)
        if words:
            self._parts.addWidget(Banner(self._desk.look, words, tone, icon))
        for icon, tone, words in self._lines(ended, depot):
            picture = QLabel()
            picture.setPixmap(self._desk.look.pixmap(icon, 18, tone))
            said = label(words, wrap=True, selectable=True)
            self._parts.addLayout(row(picture, said, stretch=1))
        if ended.report is not None:
            self._add_actions(ended.report)

    def _verdict(self, ended: Ended, depot: KnownDepot) -> Line:
        """Return what matters most, "" where the lines say all."""
        tr = self._desk.tr
        if ended.error is not None:
            away = ended.error.code in _NOT_THERE
            shown = ("offline", Tone.WARN) if away else ("warning", Tone.DANGER)
            return *shown, told(ended.error, depot, tr)
        if ended.stopped:
            said = tr("Stopped. What was finished is finished; the next visit goes on.")
            return "pause", Tone.INFO, said
        if ended.report is not None:
            return self._safety(ended, ended.report, depot)
        if ended.checked is not None:
            words = _check(ended.checked, depot, tr)[-1]
            damaged = bool(ended.checked.problems)
            return ("warning", Tone.DANGER, words) if damaged else ("conforms", Tone.OK, words)
        if ended.repaired is not None:
            words = repair_lines(ended.repaired, depot.name, tr)[-1]
            left = bool(ended.repaired.left)
            return ("warning", Tone.WARN, words) if left else ("conforms", Tone.OK, words)
        return "info", Tone.NEUTRAL, ""

    def _safety(self, ended: Ended, report: SyncReport, depot: KnownDepot) -> Line:
        tr, place = self._desk.tr, depot.name
        if report.done.read_only and not report.done.safe:
            return "info", Tone.INFO, read_only_text(replace(report, place=place), tr)
        if not report.done.safe:
            words = tr("Not everything recorded here is on {place} yet.", place=place)
            return "warning", Tone.WARN, words
        if ended.aged:
            words = tr("Something was recorded here since this visit. Sync again.")
            return "info", Tone.INFO, words
        if depot.kind != "folder":
            words = tr("Everything recorded here is on {place}, verified.", place=place)
        else:
            words = tr(
                "Everything recorded here is on {place}, verified. Safe to remove.", place=place
            )
        return "conforms", Tone.OK, words

    def _lines(self, ended: Ended, depot: KnownDepot) -> Iterator[Line]:
        tr = self._desk.tr
        if ended.report is not None and (ended.error is None or _moved(ended.report)):
            report = replace(ended.report, place=depot.name)
            sent, received, *rest = report_lines(report, tr)[:-1]
            yield "export", Tone.NEUTRAL, sent
            yield "import", Tone.NEUTRAL, received
            if ended.report.done.receipts:
                count = ended.report.done.receipts
                words = tr("{count} receipts written for what came in.", count=count)
                yield "signature", Tone.NEUTRAL, words
            later = later_lines(report, tr)
            for words in rest:
                lacks = words in later
                yield ("warning", Tone.WARN, words) if lacks else ("info", Tone.NEUTRAL, words)
        if ended.checked is not None and not ended.error:
            for words in _check(ended.checked, depot, tr)[:-1]:
                yield "info", Tone.NEUTRAL, words
        if ended.repaired is not None:
            for words in repair_lines(ended.repaired, depot.name, tr)[:-1]:
                yield "info", Tone.NEUTRAL, words

    def _add_actions(self, report: SyncReport) -> None:
        tr, look = self._desk.tr, self._desk.look
        if report.conflicts:
            words = tr("Settle {count} conflicts", count=report.conflicts)
            go = partial(self._desk.go, "conflicts")
            self.offers["conflicts"] = button(look, words, go, icon="warning")
        if report.quarantined:
            words = tr("Judge what was put aside")
            self.offers["aside"] = button(look, words, self._aside, icon="shield")
        if report.done.by_hand is not None:
            words, save = tr("Save the receipt …"), partial(self._save, report.done.by_hand)
            self.offers["receipt"] = button(look, words, save, icon="export")
        if report.differing:
            words, go = (
                tr("Make the tables anew"),
                partial(self._desk.go, "settings", section="storage"),
            )
            self.offers["rebuild"] = button(look, words, go, icon="refresh")
        if self.offers:
            self._parts.addLayout(row(*self.offers.values(), None))


def told(error: MingchaError, depot: KnownDepot, tr: Translator) -> str:
    """Return a failure with the depot called as people call it; paths may name what they hold."""
    return tr(error.spec.message, **error.fields | {"place": depot.name})


def _check(done: Scrubbed, depot: KnownDepot, tr: Translator) -> list[str]:
    """Return what a check came to, the most important last."""
    lines = check_lines(done, depot.name, tr)
    # Where something is damaged the last line names a command; a button does that here.
    return lines[:-1] if done.problems else lines


def _moved(report: SyncReport) -> bool:
    return bool(report.done.sent.bytes or report.done.received.bytes)
