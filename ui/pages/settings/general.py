"""Language, theme and text size; whether Chinese can be typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from inspector.base.settings import SCALES
from ui.pages.settings.section import Section
from ui.theme.tokens import Tone
from ui.widgets.labelled import Labelled
from ui.widgets.surfaces import Card
from ui.widgets.text import label

if TYPE_CHECKING:
    from inspector.base.i18n import Lang
    from inspector.base.settings import ThemeName
    from ui.desk import Desk


class GeneralSection(Section):
    """How the windows look. Every change shows at once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        tr, settings = self.tr, desk.settings
        languages: list[tuple[Lang | None, str]] = [
            (None, tr("As the system")), ("zh", "中文"), ("en", "English"),
        ]  # fmt: skip
        themes: list[tuple[ThemeName, str]] = [
            ("system", tr("As the system")), ("light", tr("Light")), ("dark", tr("Dark")),
        ]  # fmt: skip
        sizes = [(scale, f"{scale} %") for scale in SCALES]
        for name, shown in (
            (tr("Language"), self.choice(languages, settings.lang,
                                         lambda lang: self.prefer(lang=lang), tr("Language"))),
            (tr("Theme"), self.choice(themes, settings.theme,
                                      lambda theme: self.prefer(theme=theme), tr("Theme"))),
            (tr("Text size"), self.choice(sizes, settings.scale,
                                          lambda scale: self.prefer(scale=scale),
                                          tr("Text size"))),
        ):  # fmt: skip
            card = Card(name)
            card.body.addWidget(shown)
            self.body.addWidget(card)
        self.body.addWidget(self._typing())

    def _typing(self) -> Card:
        tr = self.tr
        card = Card(tr("Test Chinese input"))
        self.typed = QLineEdit()
        self.typed.setPlaceholderText(tr("Type a few Chinese words here"))
        self.field = Labelled(
            tr("Try it here; nothing is kept"),
            self.typed,
            tr("If no Chinese appears, start the system's input method, then this program again."),
        )
        self.typed.textChanged.connect(self._judge)
        card.body.addWidget(self.field)
        self.result = label("", tone=Tone.OK)
        card.body.addWidget(self.result)
        return card

    def _judge(self, text: str) -> None:
        chinese = any("\u4e00" <= each <= "\u9fff" for each in text)
        self.result.setText(self.tr("Chinese input works.") if chinese else "")
