"""Where the windows begin: reads the command line, and says plainly when no window can be shown.

Nothing of Qt is imported here, so that a computer that lacks its libraries gets a sentence and
not a traceback.
"""

from __future__ import annotations

import argparse
import builtins
import gc
import importlib
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.base.i18n import LANGUAGES, Lang, system_language, translator
from inspector.base.settings import load_settings, settings_file
from inspector.base.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

    from inspector.base.i18n import Translator
    from inspector.base.settings import Loaded

#: The exit code when no window can be shown: the environment lacks something.
NO_WINDOW = 3
#: What the parser returns of no words.
_UNSAID = {"folder": None, "workspace": None, "lang": None}
#: Qt itself, and what runs our windows with it.
_QT, _WINDOWS = "PySide6.QtCore", "ui.running"


def main(argv: Sequence[str] | None = None) -> int:
    """Start the desktop application; return the exit code.

    0 closed by a person, 2 the command line was not understood, 3 no window can be shown.
    """
    loaded, root, tr = asked(sys.argv[1:] if argv is None else argv)
    try:
        running = windows()
    except ImportError as error:
        return say_no_window(tr, str(error))
    code: int = running.run(loaded, root, lambda detail: say_no_window(tr, detail))
    return code


def asked(words: Sequence[str]) -> tuple[Loaded, Path | None, Translator]:
    """Return the settings, the workspace that is named, and the language, by the command line.

    Raises SystemExit where the words ask for no window or were not understood. Garbage is not
    collected from here on, until `ui.work.sharing` lets it be: whatever a start makes stays.
    """
    gc.disable()
    loaded = load_settings(settings_file())
    tr = translator(_language(words) or loaded.settings.lang or system_language())
    # Started as usual, by an icon, nothing is said; the parser would load what nobody needs.
    args = _parser(tr).parse_args(words) if words else argparse.Namespace(**_UNSAID)
    if args.lang:
        loaded = replace(loaded, settings=replace(loaded.settings, lang=args.lang))
    return loaded, _root(args), tr


def windows() -> ModuleType:
    """Import what runs the windows. Raises ImportError where Qt or a library of it is missing."""
    importlib.import_module(_QT)
    import_as_python_does()
    return importlib.import_module(_WINDOWS)


def import_as_python_does() -> None:
    """Take back the import that PySide puts in place of Python's, for `from __feature__ import …`.

    Nothing here uses that. To know who might, it reads the source of each module after it was
    imported and keeps it in memory: what is imported after the first paint took 67 ms in place of
    42 ms (two cores, Python 3.11). Meanwhile it exchanges the import of the whole process: threads
    that import at the same time, as ours do while a workspace is opened, take each other's. PySide
    says where the former one is kept (“Qt for Python, Feature”, section “The __feature__ import”).
    """
    builtins.__import__ = vars(builtins)["__orig_import__"]


def say_no_window(tr: Translator, detail: str) -> int:
    """Tell on standard error why there is no window and what to do; return the exit code."""
    sentence = tr(
        "No window can be shown here ({detail}). Nothing was changed. Start it on a computer with "
        "a screen and the libraries of Qt, or use the command line “inspector”.",
        detail=" ".join(detail.split())[:200],
    )
    print(sentence, file=sys.stderr, flush=True)
    return NO_WINDOW


def _parser(tr: Translator) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="mingcha",
        description=tr("Records unannounced inspections. Everything stays on this computer."),
    )
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        metavar="WORKSPACE",
        help=tr("the workspace to open (the one that was opened last)"),
    )
    parser.add_argument("--workspace", type=Path, metavar="WORKSPACE", help=tr("the same"))
    parser.add_argument("--lang", choices=LANGUAGES, help=tr("language of the windows"))
    parser.add_argument("--version", action="version", version=f"Mingcha {VERSION}")
    return parser


def _root(args: argparse.Namespace) -> Path | None:
    """Return the workspace named on the command line or by MINGCHA_WORKSPACE, None if none is."""
    variable = os.environ.get("MINGCHA_WORKSPACE")
    named = args.folder or args.workspace or (Path(variable) if variable else None)
    return named.expanduser() if named else None


def _language(words: Sequence[str]) -> Lang | None:
    """Return the language before the words are parsed: their help is written in it."""
    wanted = os.environ.get("MINGCHA_LANG")
    if words:
        before = argparse.ArgumentParser(add_help=False)
        before.add_argument("--lang")
        wanted = before.parse_known_args(words)[0].lang or wanted
    return next((lang for lang in LANGUAGES if lang == wanted), None)
