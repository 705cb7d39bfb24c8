"""What the program does to stay unnoticed, its versions, and the libraries it stands on."""

from __future__ import annotations

import platform
from importlib import metadata
from typing import TYPE_CHECKING

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QGridLayout

from inspector.base.i18n import N_
from inspector.base.version import VERSION
from ui.pages.settings.section import Section
from ui.theme import tokens
from ui.theme.tokens import Type
from ui.widgets.surfaces import Card
from ui.widgets.text import label

if TYPE_CHECKING:
    from ui.desk import Desk

DISCREET = (
    N_(
        "F9, Esc Esc and “Hide” lay plain notes over all windows. So do sleep, a closed lid and "
        "a locked screen. Only the view is hidden: entries, timers and running work go on, and "
        "nothing is deleted."
    ),
    N_(
        "The notes are kept in the workspace beside the record. They are no part of it, are not "
        "sealed and not exchanged."
    ),
    N_(
        "Window title, icon and the name in the task bar are neutral. While a covert phase is "
        "going on, halls are shown by number."
    ),
    N_(
        "The program makes no sound and shows no notification. The light and the shutter sound of "
        "a camera cannot be switched off by it."
    ),
    N_("Nothing of this hides anything from the record: everything entered stays in its history."),
)
#: Distributions whose licences apply to what is shipped, by their names in package metadata.
LIBRARIES = (
    *("PySide6_Essentials", "shiboken6", "sqlite-utils", "Pillow", "reportlab", "pypdfium2"),
    *("openpyxl", "platformdirs", "psutil"),
)
#: The same of what is installed only where somebody wants it: the camera, pictures of telephones.
ADDITIONS = ("PySide6_Addons", "pi-heif")


class DiscretionSection(Section):
    """The features that keep the program unnoticed, described openly."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        card = Card(self.tr("What keeps it unnoticed"), tokens.M)
        for each in DISCREET:
            card.body.addWidget(label(self.tr(each), wrap=True))
        self.body.addWidget(card)


class AboutSection(Section):
    """Versions and licences."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        tr = self.tr
        card = Card(tr("Mingcha"))
        versions = f"Mingcha {VERSION} · Qt {qVersion()} · Python {platform.python_version()}"
        card.body.addWidget(label(versions, wrap=True, selectable=True))
        card.body.addWidget(label(tr("Licence: Apache-2.0. Everything stays on this computer.")))
        self.body.addWidget(card)
        libraries = Card(tr("Libraries and their licences"))
        grid = QGridLayout()
        grid.setColumnStretch(2, 1)
        grid.setHorizontalSpacing(tokens.L)
        for number, (name, version, licence) in enumerate(licences()):
            grid.addWidget(label(name, Type.STRONG), number, 0)
            grid.addWidget(label(version, Type.CAPTION), number, 1)
            grid.addWidget(label(licence, wrap=True), number, 2)
        libraries.body.addLayout(grid)
        self.body.addWidget(libraries)


def licences() -> list[tuple[str, str, str]]:
    """Return name, version and licence of each library, as its own metadata states them."""
    found = []
    for name in (*LIBRARIES, *filter(_is_installed, ADDITIONS)):
        about = metadata.metadata(name)
        kinds = [
            each.rpartition(" :: ")[2]
            for each in about.get_all("Classifier") or []
            if each.startswith("License :: OSI Approved :: ")
        ]
        given = [about[key] for key in ("License-Expression", "License") if key in about]
        stated = given[0] if "License-Expression" in about else ", ".join(kinds) or given[0]
        found.append((about["Name"], about["Version"], stated.splitlines()[0]))
    return found


def _is_installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True
