"""Work in a process of its own, to see how much memory it takes at most.

python -m tests.bench.children dossier WORKSPACE VISIT TARGET
python -m tests.bench.children rebuild WORKSPACE
python -m tests.bench.children receive WORKSPACE
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from inspector.base.progress import SILENT
from inspector.operations.dossiers import export_dossier
from inspector.operations.upkeep import rebuild
from inspector.operations.workspaces import open_workspace
from inspector.report.dossier import DossierOptions
from tests.bench.measuring import peak_memory
from tests.bench.taking import received

ROOT = Path(__file__).resolve().parents[2]


def run_child(*arguments: object) -> dict[str, int]:
    """Run a child and return its memory in bytes: `before` the work and at the `peak`."""
    command = [sys.executable, "-m", "tests.bench.children", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    figures: dict[str, int] = json.loads(done.stdout)
    return figures


def main(job: str, workspace: str, *more: str) -> None:
    """Open the workspace, do the job, print the figures."""
    with open_workspace(Path(workspace)) as session:
        before = peak_memory()
        if job == "dossier":
            export_dossier(session, more[0], Path(more[1]), DossierOptions())
        elif job == "receive":
            with tempfile.TemporaryDirectory(dir=Path(workspace).parent) as folder:
                received(session, Path(folder) / "receiver")
        else:
            rebuild(session, SILENT)
        print(json.dumps({"before": before, "peak": peak_memory()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
