"""What the telephone shows: one page that loads nothing else and names nobody."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.base.i18n import Lang, translator
from inspector.base.ids import Entropy, system_entropy
from inspector.base.paths import resource

if TYPE_CHECKING:
    from inspector.base.i18n import Translator
    from inspector.operations.uploading import Door

_SLOT = re.compile(r"\{\{(\w+)\}\}")


@dataclass(frozen=True, slots=True)
class Made:
    """A page, and the policy that forbids it everything it does not need."""

    html: bytes
    policy: str


def language_of(accepted: str, otherwise: Lang) -> Lang:
    """Return the language a browser asks for first, of those that the page speaks."""
    for each in accepted[:200].split(","):
        wanted = each.strip().lower()[:2]
        if wanted == "zh":
            return "zh"
        if wanted == "en":
            return "en"
    return otherwise


def page(door: Door, lang: Lang, entropy: Entropy = system_entropy) -> Made:
    """Return the page in a language. It says nothing of the visit, the place or the program."""
    tr = translator(lang)
    nonce = entropy(16).hex()
    words = json.dumps(_words(tr) | {"largest": door.rules.largest}, ensure_ascii=False)
    slots = {name: html.escape(text) for name, text in _texts(tr).items()}
    slots |= {
        "lang": "zh-CN" if lang == "zh" else "en",
        "nonce": nonce,
        # A closing tag within the words would end the script.
        "words": words.replace("<", "\\u003c"),
    }
    text = resource("upload", "page.html").read_text(encoding="utf-8")
    policy = (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; "
        "img-src data:; connect-src 'self'; form-action 'none'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )
    return Made(_SLOT.sub(lambda found: slots[found[1]], text).encode(), policy)


def _texts(tr: Translator) -> dict[str, str]:
    return {
        "title": tr("Send photographs"),
        "plain": tr(
            "Sent as they are, without encryption: only use this on the telephone's own hotspot."
        ),
        "code_label": tr("Code of six digits, as shown on the laptop"),
        "enter": tr("Go on"),
        "choose": tr("Photographs and videos"),
        "original": tr(
            "Choose the originals: on an iPhone set Options to “Current” format with the place "
            "included, if it is offered."
        ),
        "script": tr("Allow scripts for this page, then load it again."),
    }


def _words(tr: Translator) -> dict[str, str | int]:
    return {
        "waiting": tr("Waiting"),
        "sending": tr("Sending; keep this page open."),
        "arrived": tr("Arrived; on the laptop it is now offered."),
        "done": tr("All sent. More can be chosen."),
        "wrong_code": tr("This is not the code."),
        "closed": tr("The laptop does not take anything any more. Start it there again."),
        "unreachable": tr("The laptop was not reached. Check the hotspot, then send it again."),
        "too_large": tr("Too large for this way. Bring it by cable or card."),
        "no_room": tr("No room on the laptop. Free some there, then send it again."),
        "no_picture": tr("Neither a photograph nor a video, so it was not taken."),
        "too_many": tr("Too many in one go. Start it on the laptop again."),
    }
