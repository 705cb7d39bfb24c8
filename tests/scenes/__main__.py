"""Renders every scene: `python -m tests.scenes [--only home] [--out screenshots] [--quick]`."""

from __future__ import annotations

import argparse
import itertools
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from inspector.base.settings import Settings
from tests.scenes.stage import all_scenes, staged
from tests.support.office import make_office

#: Window sizes in logical pixels with the text scale.
SIZES = ((1440, 900, 100), (1280, 720, 100), (1280, 720, 130))


def main() -> int:
    """Render the scenes asked for and say where they are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="scenes whose name begins so")
    parser.add_argument("--out", type=Path, default=Path("screenshots"))
    parser.add_argument("--quick", action="store_true", help="Chinese light and English dark only")
    args = parser.parse_args()
    args.out.mkdir(exist_ok=True)
    app = QApplication(["mingcha"])
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        office = make_office(folder / "made")
        for number, (lang, theme, size) in enumerate(_kinds(quick=args.quick)):
            settings = Settings(lang=lang, theme=theme, scale=size[2])
            for name, scene in all_scenes().items():
                if not name.startswith(args.only):
                    continue
                place = folder / f"{number}-{name}"
                with staged(app, office, settings, size[:2], place) as stage:
                    seen = scene(stage)
                    stage.settle()
                    file = f"{name}-{lang}-{theme}-{size[0]}x{size[1]}-{size[2]}.png"
                    seen.grab().save(str(args.out / file))
                    print(args.out / file, flush=True)
    return 0


def _kinds(*, quick: bool):
    if quick:
        return [("zh", "light", SIZES[0]), ("en", "dark", SIZES[1])]
    return list(itertools.product(("zh", "en"), ("light", "dark"), SIZES))


if __name__ == "__main__":
    sys.exit(main())
