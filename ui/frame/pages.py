"""Which pages there are, and how they are reached.

A page's module is imported when it is first needed: the libraries behind it take longer to load
than the window to appear.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, NamedTuple

from inspector.base.i18n import N_
from ui.page import Key

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.page import Page


class PageSpec(NamedTuple):
    """A page: its module and class, and its place on the rail (`icon` empty: it has none).

    key: the shortcut that leads there. at_foot: it stands at the lower end of the rail. later:
    modules that it imports only when it first needs them; they are loaded ahead with it.
    """

    module: str
    cls: str
    name: str
    icon: str = ""
    key: str = ""
    at_foot: bool = False
    later: tuple[str, ...] = ()

    @property
    def modules(self) -> tuple[str, ...]:
        """All that the page needs while it is used."""
        return (self.module, *self.later)

    def load(self) -> type[Page]:
        """Import the page's module and return its class."""
        cls: type[Page] = getattr(importlib.import_module(self.module), self.cls)
        return cls

    def make(self, desk: Desk) -> Page:
        """Import the page's module and build the page."""
        return self.load()(desk)


PAGES: dict[str, PageSpec] = {
    "start": PageSpec("ui.pages.start.page", "StartPage", N_("Start")),
    "home": PageSpec("ui.pages.home", "HomePage", N_("Today"), "home", "Ctrl+1"),
    "visits": PageSpec("ui.pages.visits", "VisitsPage", N_("Visits"), "visit", "Ctrl+2"),
    "visit": PageSpec(
        "ui.pages.visit.page",
        "VisitPage",
        N_("Visit"),
        later=("ui.pages.visit.beside", "ui.pages.visit.asking"),
    ),
    "new_visit": PageSpec("ui.pages.new_visit", "NewVisitPage", N_("New visit"), key="Ctrl+N"),
    "closing": PageSpec("ui.pages.closing.page", "ClosingPage", N_("Feedback and seal")),
    "evidence": PageSpec(
        "ui.pages.evidence.page",
        "EvidencePage",
        N_("Evidence"),
        "evidence",
        "Ctrl+3",
        later=("ui.pages.evidence.bring",),
    ),
    "findings": PageSpec(
        "ui.pages.findings.page", "FindingsPage", N_("Findings"), "finding", "Ctrl+4"
    ),
    "halls": PageSpec("ui.pages.halls.page", "HallsPage", N_("Places"), "hall", "Ctrl+5"),
    "dossiers": PageSpec(
        "ui.pages.dossiers.page", "DossiersPage", N_("Dossiers"), "dossier", "Ctrl+6"
    ),
    "conflicts": PageSpec("ui.pages.conflicts", "ConflictsPage", N_("Conflicts")),
    "review": PageSpec("ui.pages.review.page", "ReviewPage", N_("Review"), "review", "Ctrl+7"),
    "sync": PageSpec("ui.pages.sync.page", "SyncPage", N_("Sync"), "drive", "Ctrl+8", at_foot=True),
    "settings": PageSpec(
        "ui.pages.settings.page",
        "SettingsPage",
        N_("Settings"),
        "settings",
        "Ctrl+,",
        at_foot=True,
    ),
}

#: The keys of every window. They are bound in `ui.frame.window` and `ui.frame.cover`.
KEYS: tuple[Key, ...] = (
    Key("F9", N_("Hide the view, and show it again")),
    Key("Esc Esc", N_("Hide the view, and show it again")),
    Key("Ctrl+K", N_("Search")),
    Key("Ctrl+Z", N_("Take back the last action")),
)
