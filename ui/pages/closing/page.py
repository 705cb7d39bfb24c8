"""反馈与封存: from what is told to the unit to the sealed visit; a supplement's corrections too."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton, QStackedWidget

from inspector.operations.closing import closing
from inspector.operations.feedback import tell_unit
from inspector.operations.handing import hand_over
from inspector.operations.people import use_person
from inspector.operations.pins import set_pin
from inspector.operations.seeing import Typed, seen_from
from inspector.operations.undo import undo_last
from ui.page import Chrome, Page
from ui.pages.closing.choose import Choose
from ui.pages.closing.correct import Correct
from ui.pages.closing.handover import HandOver
from ui.pages.closing.heading import Heading
from ui.pages.closing.pins import asked_new_pin, asked_person
from ui.pages.closing.said import Said
from ui.pages.closing.seal import SealStep
from ui.pages.closing.sealed import Sealed
from ui.pages.closing.sheet import Sheet
from ui.theme import tokens
from ui.theme.tokens import Tone
from ui.widgets.surfaces import Bones, Nothing, cleared, column
from ui.work.stages import Stages

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from inspector.base.i18n import Translator
    from inspector.domain.changes import Changes
    from inspector.domain.entities import Feedback, Person
    from inspector.operations.closing import Closing
    from inspector.operations.session import Session
    from ui.desk import Desk, Place


S = TypeVar("S", Said, Sheet, Correct)


class ClosingPage(Page):
    """Feedback and seal of one visit."""

    chrome = Chrome.BARE

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title = self.tr("Feedback and seal")
        self._visit, self._step, self._of = "", "", ""
        self._came = False
        self.found: Closing | None = None
        self.steps: dict[str, QWidget] = {}
        #: What makes the steps that are not made yet.
        self._stages = Stages((), self)
        self.heading: Heading | None = None
        self.handed: HandOver | None = None
        self.stack = QStackedWidget()
        self._outer = column(spacing=0)
        self.setLayout(self._outer)

    @property
    def is_whole(self) -> bool:
        """Whether all steps were made; the one that is shown comes first."""
        return self._stages.is_done

    # -- where one is ----------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        """Show a visit; `step` names a step, `of` what to point at there."""
        self._step, self._of = place.more.get("step", ""), place.more.get("of", "")
        self._came = True
        if place.id != self._visit:
            self._visit = place.id
            self.found = None
            self._build({})
        self._read()

    def refresh(self, changes: Changes) -> None:
        """Read again: an action anywhere may close a gap."""
        del changes
        self._read()

    def may_leave(self) -> bool:
        """Save what is typed; leaving loses nothing."""
        said = self.steps.get("said")
        if isinstance(said, Said):
            said.flush()
        return not self.desk.locked

    def undo(self) -> None:
        """Take back the last action in this visit."""
        visit = self._visit
        if self.found is not None and not self.desk.locked:
            self.desk.act(
                self,
                lambda session: undo_last(session, visit),
                lambda _last: self.desk.say(self.tr("Taken back.")),
            )

    def _read(self) -> None:
        visit, lang = self._visit, self.desk.lang
        self.desk.read(self, lambda session: closing(session, visit, lang), self._show, self._fail)

    def _fail(self, error: Exception) -> None:
        if not self.desk.foresaw(error):
            return
        self._build({})
        assert self.heading is not None
        self.heading.show_nothing(self.tr("Feedback and seal"))
        words = error.text(self.tr)
        nothing = Nothing(
            self.look, "warning", self.tr("This visit cannot be shown"), words, tone=Tone.DANGER
        )
        self.stack.addWidget(nothing)
        self.stack.setCurrentWidget(nothing)

    # -- building --------------------------------------------------------------------------

    def _build(self, names: dict[str, str]) -> None:
        self._stages.drop()
        cleared(self._outer)
        self.steps = {}
        self.heading = Heading(self.desk, names)
        self.heading.stepped.connect(self.go_to)
        self.stack = QStackedWidget()
        bones = Bones()
        bones.setContentsMargins(tokens.XL, tokens.XL, tokens.XL, tokens.XL)
        self.stack.addWidget(bones)
        self._outer.addWidget(self.heading)
        self._outer.addWidget(self.stack, 1)

    def _make(self, found: Closing) -> None:
        """Say how to make the steps, the one that is shown first; each is made, then filled."""
        if found.seal is not None and self.steps:
            # What was said before the seal can be taken back no longer.
            self.desk.say(self.tr("Sealed"))
        names = _names(found, self.tr)
        self._build(names)
        wanted = [*names] or ["sealed"]
        if self._step not in wanted:
            self._step = _first(found)
        makers: dict[str, Callable[[], QWidget]] = {
            "choose": self._choose_step,
            "said": self._said_step,
            "sheet": lambda: self._led(Sheet(self.desk)),
            "correct": lambda: self._led(Correct(self.desk, self._visit)),
            "seal": self._seal_step,
            "sealed": lambda: Sealed(self.desk),
        }
        for name in sorted(wanted, key=lambda each: each != self._step):
            self._stages.add((partial(self._add, name, makers[name]), partial(self._fill, name)))

    def _add(self, name: str, make: Callable[[], QWidget]) -> None:
        self.steps[name] = make()
        self.stack.addWidget(self.steps[name])

    def _fill(self, name: str) -> None:
        assert self.found is not None
        self.steps[name].show_closing(self.found)  # type: ignore[attr-defined]
        if name == self._step:
            self._open_step()

    def _choose_step(self) -> Choose:
        choose = Choose(self.desk)
        choose.told.connect(self._tell)
        return choose

    def _said_step(self) -> Said:
        said = Said(self.desk, self._visit)
        said.again.connect(self._again)
        return self._led(said)

    def _led(self, step: S) -> S:
        """Let a step lead to others."""
        step.stepped.connect(self.go_to)
        return step

    def _seal_step(self) -> SealStep:
        step = SealStep(self.desk, self._visit)
        step.stepped.connect(self._point)
        return step

    # -- showing ---------------------------------------------------------------------------

    def _show(self, found: Closing) -> None:
        if found.visit.id != self._visit:
            return
        before, held = self.found, self.window().focusWidget()
        held_here, came = held is not None and self.isAncestorOf(held), self._came
        self.found = found
        is_made = bool(self.steps) or not self._stages.is_done
        if before is None or not is_made or _kind(before) != _kind(found):
            self._make(found)
            if before is not None:
                # Whoever acts waits for it, and goes on with the keys.
                self._stages.finish()
            self._stages.begin()
        else:
            self._show_again(found)
        if not came and held_here and held is not None and not held.isVisibleTo(self):
            # What was just made is shown only when this is done.
            QTimer.singleShot(0, self, self._go_on)

    def _show_again(self, found: Closing) -> None:
        """Show what became of the visit in the steps that are made, and the one that is wanted."""
        self._stages.finish()
        if self._step not in self.steps:
            # What was told may have been taken back meanwhile.
            told = found.feedback is not None or "choose" not in self.steps
            self._step = self._current() if told else _first(found)
        for step in self.steps.values():
            step.show_closing(found)  # type: ignore[attr-defined]
        self._open_step()

    def _go_on(self) -> None:
        """Let the keys go on, unless a step has put the focus where it was."""
        if not self._holds(self.window().focusWidget()):
            self._next_to_do().setFocus()

    def _holds(self, held: QWidget | None) -> bool:
        """Say whether a widget of the step that is shown has the keys.

        The way back takes what nobody else takes; nobody meant to go there.
        """
        return held is not None and self.stack.isAncestorOf(held) and held.isVisibleTo(self)

    def _next_to_do(self) -> QWidget:
        """Return where the keys go on when what had them is gone: never to an undo at the foot."""
        step = self.steps.get(self._step, self)
        if isinstance(step, SealStep):
            return step.next_to_do()
        if isinstance(step, Choose):
            # What stands there is read before it is shown to the unit.
            return step.list
        buttons = [each for each in step.findChildren(QPushButton) if each.isVisibleTo(step)]
        # The last one leads on; what stands before it makes a paper once more.
        return next((b for b in reversed(buttons) if b.property("kind") == "primary"), step)

    def _current(self) -> str:
        shown = self.stack.currentWidget()
        return next(name for name, step in self.steps.items() if step is shown)

    def _open_step(self) -> None:
        assert self.found is not None
        assert self.heading is not None
        step, held = self.steps[self._step], self.window().focusWidget()
        self.stack.setCurrentWidget(step)
        if self._came and not self._holds(held):
            QTimer.singleShot(0, self, lambda: self._next_to_do().setFocus())
        self._came = False
        if self._of and isinstance(step, Choose):
            step.open_finding(self._of)
        self._of = ""
        if isinstance(step, SealStep):
            step.begin()
        self.heading.show_closing(self.found, self._step, _done(self.found))

    def go_to(self, step: str) -> None:
        """Open a step."""
        self._point(step, "")

    def _point(self, step: str, of: str) -> None:
        self.may_leave()
        self._step, self._of = step, of
        self._read()

    # -- handing over ----------------------------------------------------------------------

    def _tell(self, findings: tuple[str, ...], people: tuple[str, ...]) -> None:
        if not self._is_ready(lambda: self._tell(findings, people)):
            return
        visit = self._visit

        def work(session: Session) -> Feedback:
            seen = seen_from(session, visit, Typed())
            return tell_unit(session, visit, findings, seen, people)

        self.desk.act(self, work, lambda _told: self._hand_over(), same=("tell", visit))

    def _again(self) -> None:
        if self._is_ready(self._again):
            self._hand_over()

    def _is_ready(self, again: Callable[[], None]) -> bool:
        """Say whether the one who is typing is known and has a PIN; else ask, then do `again`."""
        found = self.found
        if found is None:
            return False
        me = found.me
        mine = next((row for row in found.members if me and row.person.id == me.id), None)
        if mine is None:
            chosen = asked_person(self.desk, self, [row.person for row in found.members])
            if chosen:
                self._after(lambda session: use_person(session, chosen), again)
            return False
        if not mine.has_pin:
            pin = asked_new_pin(self.desk, self, mine.person.name)
            if pin:
                self._after(lambda session: set_pin(session, mine.person.id, pin), again)
            return False
        return True

    def _after(self, work: Callable[[Session], None], again: Callable[[], None]) -> None:
        visit, lang = self._visit, self.desk.lang

        def then(found: Closing) -> None:
            self._show(found)
            again()

        def run(session: Session) -> Closing:
            work(session)
            return closing(session, visit, lang)

        self.desk.act(self, run, then)

    def _hand_over(self) -> None:
        found = self.found
        if found is None or found.me is None:
            return
        self._step = "said"
        me, visit = found.me, self._visit
        # Durable before anybody else sees the screen: ending the program is no way round the PIN.
        self.desk.act(
            self,
            lambda session: hand_over(session, me.id),
            lambda _none: self._show_unit(visit, me),
            same="hand over",
        )

    def _show_unit(self, visit: str, me: Person) -> None:
        self.handed = HandOver(self.desk, self.window(), visit, me)
        self.handed.returned.connect(self._returned)
        self.handed.open()

    def _returned(self) -> None:
        self.handed = None
        self.go_to("said")
        # The view in front of the page is gone, and with it what had the keys.
        QTimer.singleShot(0, self, self._go_on)


def _names(found: Closing, tr: Translator) -> dict[str, str]:
    """Return the steps that a visit takes and how they are called; none where it is sealed."""
    if found.seal is not None:
        return {}
    if found.visit.supplement_of:
        return {"correct": tr("Correct"), "seal": tr("Seal")}
    return {
        "choose": tr("Choose"),
        "said": tr("Statement"),
        "sheet": tr("Sheet"),
        "seal": tr("Seal"),
    }


def _kind(found: Closing) -> str:
    if found.seal is not None:
        return "sealed"
    return "supplement" if found.visit.supplement_of else "open"


def _first(found: Closing) -> str:
    """Return the step that comes next."""
    if found.seal is not None:
        return "sealed"
    if found.visit.supplement_of:
        return "correct"
    if found.feedback is None:
        return "choose"
    return "seal" if found.is_signed else "said"


def _done(found: Closing) -> frozenset[str]:
    """Return the steps that are done."""
    told = [row for row in found.findings if row.told]
    done = {
        "choose": found.feedback is not None,
        "said": bool(told) and all(row.statement for row in told),
        "sheet": found.is_signed,
    }
    return frozenset(name for name, is_done in done.items() if is_done)
