"""The six most usual situations of a hall: one key each, while standing in front of it.

Each takes the situation and severity that the shipped checklist hints at for the same thing, so
that both are counted alike. A catalogue may have no nearer words than harder or wider ones, as
“无故旷工” for a window that was left; so what the key said is kept in the words of the finding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.values import frozen

if TYPE_CHECKING:
    from inspector.base.i18n import Lang
    from inspector.domain.entities import Finding


@frozen
class Quick:
    """A usual situation. `letter` stands for it where no word may be shown.

    item: the checklist item that asks for the same. zh, en: what the key says. text_*: what the
    finding says unless somebody writes more.
    """

    letter: str
    situation: str
    severity: int
    item: str
    zh: str
    en: str
    text_zh: str
    text_en: str

    def name(self, lang: Lang) -> str:
        """Return what the key says."""
        return self.zh if lang == "zh" else self.en

    def text(self, lang: Lang) -> str:
        """Return what the finding says by itself."""
        return self.text_zh if lang == "zh" else self.text_en

    def words(self, lang: Lang) -> str:
        """Return what the key says, as a sentence or a heading begins with it."""
        return self.name(lang).capitalize()

    def sentence(self, own: str, lang: Lang) -> str:
        """Return what a finding by this key says: the key's words, then `own` if there is more."""
        more, words = own.strip(), self.words(lang)
        if not more:
            return self.text(lang)
        return more if more.startswith(words) else f"{words}{'：' if lang == 'zh' else ': '}{more}"

    def is_said(self, text: str) -> bool:
        """Tell whether a finding says what this key says."""
        langs: tuple[Lang, ...] = ("zh", "en")
        return any(text == self.text(e) or text.startswith(self.words(e)) for e in langs)


QUICK: tuple[Quick, ...] = (
    Quick(
        *("K", "FZ-P-Z1", 2, "S02-05", "空岗离岗", "unattended"),
        "工作时间窗口空岗，无人办理。",
        "The window was unattended during working hours.",
    ),
    Quick(
        *("S", "FZ-P-Z2", 2, "S03-01", "玩手机", "phone"),
        "工作时间玩手机，做与工作无关的事。",
        "Staff used a phone for something other than work during working hours.",
    ),
    Quick(
        *("T", "DT-M4", 3, "S05-04", "推诿拒办", "sent away"),
        "推诿、让群众到别处办理，未负责到底。",
        "A client was sent elsewhere; nobody saw the matter through.",
    ),
    Quick(
        *("C", "DT-M1", 3, "S07-03", "超时", "too long"),
        "等候或办理超过承诺时限。",
        "Waiting or handling took longer than promised.",
    ),
    Quick(
        *("G", "FZ-P-X2", 3, "S06-03", "未一次告知", "not all told"),
        "未一次性告知全部材料，群众需再次补件。",
        "Not everything needed was told at once; a client had to come back with more papers.",
    ),
    Quick(
        *("D", "CZ-4", 2, "S05-06", "态度", "rude"),
        "态度生硬、不耐烦。",
        "Staff were curt and impatient.",
    ),
)


def words_of_key(finding: Finding, lang: Lang) -> str:
    """Return what the key said with which a finding was noted, "" if none was or it says otherwise.

    Whoever wrote other words since, or chose another situation, meant those.
    """
    first = finding.situations[:1]
    chosen = next(
        (each for each in QUICK if (each.situation,) == first and each.is_said(finding.text)), None
    )
    return chosen.words(lang) if chosen else ""
