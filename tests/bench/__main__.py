"""Measure the program's speed, each work against a floor measured in the same run.

python -m tests.bench [NAME …] [--quick] [--json [FILE]] [--folder FOLDER]
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench import (
    checking,
    dossier,
    exchange,
    growth,
    intake,
    joining,
    rebuilding,
    receiving,
    saving,
    sealing,
    searching,
    table,
    windows,
)
from tests.bench.measuring import Plan, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.bench.growth import Growth
    from tests.bench.measuring import Row

ROWS: dict[str, Callable[[Plan], list[Row]]] = {
    "intake": intake.run,
    "saving": saving.run,
    "dossier": dossier.run,
    "search": searching.run,
    "check": checking.run,
    "rebuild": rebuilding.run,
    "receive": receiving.run,
    "join": joining.run,
    "windows": windows.run,
    "sealing": sealing.run,
    "exchange": exchange.run,
}
GROWTH = "growth"


def main(arguments: Sequence[str]) -> int:
    """Measure what was asked for and print it; missed targets are no failure of the run."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    names = [*ROWS, GROWTH]
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"all, or: {', '.join(names)}")
    parser.add_argument(
        "--only", action="append", choices=names, metavar="NAME", help="the same, once for each"
    )
    parser.add_argument("--quick", action="store_true", help="small amounts, a few minutes in all")
    parser.add_argument(
        "--json",
        nargs="?",
        const="-",
        metavar="FILE",
        help="write the figures to FILE; without FILE they alone go to standard output",
    )
    parser.add_argument(
        "--folder", type=Path, help="work below this folder, on the disk to measure"
    )
    options = parser.parse_args(arguments)
    wanted = [*options.names, *(options.only or [])] or names
    if unknown := set(wanted) - set(names):
        parser.error(f"there is no work named {', '.join(sorted(unknown))}")
    rows, growths = _measure(wanted, options.quick, options.folder)
    figures = json.dumps(table.as_json(rows, growths), indent=2, ensure_ascii=False) + "\n"
    text = table.text(rows, growths)
    if options.json == "-":
        say(text)
        sys.stdout.write(figures)
    else:
        print(text)
        if options.json:
            target = Path(options.json)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(figures, encoding="utf-8")
    return 0


def _measure(
    names: Sequence[str], quick: bool, below: Path | None
) -> tuple[list[Row], list[Growth]]:
    rows: list[Row] = []
    growths: list[Growth] = []
    for name in names:
        with tempfile.TemporaryDirectory(prefix="mingcha-bench-", dir=below) as folder:
            plan = Plan(Path(folder), quick)
            if name == GROWTH:
                growths += growth.run(plan)
            else:
                rows += ROWS[name](plan)
    return rows, growths


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
