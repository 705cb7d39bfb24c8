"""Reads a source tree and names every breach of the house's rules about rooms and shape.

The rules live here as data; `tests/test_architecture.py` applies them to the real tree and to
planted breaches. Nothing of the program is imported, only parsed.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PURE = {"base", "domain", "ledger"}
# What each room may import besides itself. A folder or module that is not named here is a breach.
ROOMS: dict[str, set[str]] = {
    "base": set(),
    "domain": {"base"},
    "ledger": {"base", "domain"},
    "storage": PURE,
    "media": PURE,
    "forms": PURE,
    "report": {"base", "domain", "media"},
    "bag": PURE | {"media"},
    "sync": PURE | {"storage", "media"},
    "operations": PURE | {"storage", "media", "forms", "report", "bag", "sync"},
    "cli": {"base", "domain", "operations"},
    "ui": {"base", "domain", "operations"},
    "__main__": {"cli"},
    "main": {"cli", "ui"},
    "__init__": set(),
}
OURS = {"inspector", "ui", "resources", "main", "tests"}
QT = re.compile(r"(PySide\d|PyQt\d|shiboken\d|qtpy)\b")
GPL_QT = re.compile(
    r"Qt(Charts|Graphs|GraphsWidgets|DataVisualization|VirtualKeyboard|NetworkAuth)\b"
)
# domain and ledger compute: the same values in, the same values out, on every machine.
PURE_ROOMS = {"domain", "ledger"}
IMPURE_MODULES = {
    "apsw", "asyncio", "concurrent", "ctypes", "ftplib", "glob", "http", "io", "locale", "logging",
    "multiprocessing", "os", "pathlib", "platform", "random", "secrets", "select", "shelve",
    "shutil", "socket", "sqlcipher3", "sqlite3", "sqlite_utils", "ssl", "subprocess", "sys",
    "tempfile", "threading", "time", "urllib",
}  # fmt: skip
IMPURE_NAMES = {
    "uuid1", "uuid4", "SystemClock", "system_entropy", "default_workspace", "resource",
    "system_language",
}  # fmt: skip
IMPURE_CALLS = {"now", "today", "utcnow"}
CONNECTS = {"inspector/storage/connection.py"}
FROZEN = re.compile(r"inspector/storage/migrations/(?!__init__).+")
PARAGRAPHS = re.compile(r"inspector/report/text(\.py|/.+)$")
DATABASE_NAME = {"inspector/base/paths.py"}
OPENING = {
    "open", "read_bytes", "read_text", "write_bytes", "write_text", "touch", "copy", "copy2",
    "copyfile", "copyfileobj", "copytree",
}  # fmt: skip

MAX_FILE = 400
MAX_FUNCTION = 40
MAX_CLASS = 300
# On the `def` or `class` line, or on the first line of a file: `# long: why it reads better whole`.
LONG = re.compile(r"#\s*long:\s*\S.{9,}")


@dataclass(frozen=True, slots=True)
class Breach:
    """One broken rule: `rule` is its short name, `where` is path:line."""

    rule: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.rule}: {self.what}"


@dataclass(frozen=True, slots=True)
class Source:
    """One parsed file and the room it belongs to."""

    path: str
    text: str
    tree: ast.Module
    room: str

    def breach(self, rule: str, node: ast.AST | int, what: str) -> Breach:
        """Return a breach at `node` (or at a line number)."""
        line = node if isinstance(node, int) else getattr(node, "lineno", 1)
        return Breach(rule, f"{self.path}:{line}", what)


def breaches(root: Path) -> list[Breach]:
    """Return every breach in the tree at `root` (which holds main.py, inspector/, ui/, tests/)."""
    found = list(undeclared_rooms(root))
    for source in sources(root):
        rules = SHAPE_RULES if source.room == "tests" else ALL_RULES
        for rule in rules:
            found.extend(rule(source))
    return found


def sources(root: Path) -> Iterator[Source]:
    """Yield every Python file of the tree, parsed."""
    for path in sorted(
        [
            *root.glob("*.py"),
            *(p for top in ("inspector", "ui", "tests") for p in root.glob(f"{top}/**/*.py")),
        ]
    ):
        relative = path.relative_to(root)
        text = path.read_text(encoding="utf-8")
        yield Source(relative.as_posix(), text, ast.parse(text), room_of(relative.parts))


def room_of(parts: tuple[str, ...]) -> str:
    """Return the room of a file by the parts of its path, or of a module by its dotted name."""
    if parts[0] == "inspector":
        return parts[1].removesuffix(".py") if len(parts) > 1 else "__init__"
    return parts[0].removesuffix(".py")


def undeclared_rooms(root: Path) -> Iterator[Breach]:
    """Yield folders and modules directly below inspector/, and modules beside it, without rules."""
    for path in sorted([*root.glob("inspector/*"), *root.glob("*.py")]):
        is_code = path.suffix == ".py" or (path.is_dir() and any(path.rglob("*.py")))
        if is_code and path.stem not in ROOMS:
            where = path.relative_to(root).as_posix()
            yield Breach("undeclared-room", where, "declare what it may import in ROOMS")


# -- imports ---------------------------------------------------------------------------------


def imported(node: ast.AST) -> list[str]:
    """Return the dotted names that one statement or call imports."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        module = node.module or ""
        return [f"{module}.{alias.name}" for alias in node.names]
    if isinstance(node, ast.Call) and called(node)[-1:] in (["import_module"], ["__import__"]):
        first = node.args[0] if node.args else None
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            return [first.value]
    return []


def called(node: ast.Call) -> list[str]:
    """Return the dotted parts of what is called: `a.b.c()` gives ["a", "b", "c"]."""
    parts: list[str] = []
    target: ast.expr = node.func
    while isinstance(target, ast.Attribute):
        parts.insert(0, target.attr)
        target = target.value
    return [target.id, *parts] if isinstance(target, ast.Name) else parts


def directions(source: Source) -> Iterator[Breach]:
    """Rooms import only the rooms below them; imports are absolute; tests are never imported."""
    allowed = ROOMS.get(source.room, set()) | {source.room}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            yield source.breach("relative-import", node, "imports are absolute")
        for name in imported(node):
            top = name.split(".")[0]
            if top not in OURS:
                continue
            target = room_of(tuple(name.split(".")))
            if target not in allowed:
                yield source.breach("direction", node, f"{source.room} imports {name}")


def qt(source: Source) -> Iterator[Breach]:
    """Only ui/ and main.py know Qt, and nobody the parts of Qt under the GPL."""
    for node in ast.walk(source.tree):
        for name in imported(node):
            if QT.match(name) and source.path.startswith("inspector/"):
                yield source.breach("qt", node, f"inspector imports {name}")
            if QT.match(name) and GPL_QT.search(name):
                yield source.breach("gpl-qt", node, name)


def inline_imports(source: Source) -> Iterator[Breach]:
    """Our own modules are imported at the top: a cycle means a wrong room."""
    for function in ast.walk(source.tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for node in ast.walk(function):
            for name in imported(node):
                if name.split(".")[0] in OURS:
                    yield source.breach("inline-import", node, f"{function.name} imports {name}")


def frozen_migrations(source: Source) -> Iterator[Breach]:
    """A migration does for ever what it did on its first day: it uses nothing of ours."""
    if not FROZEN.match(source.path):
        return
    for node in ast.walk(source.tree):
        for name in imported(node):
            if name.split(".")[0] in OURS:
                yield source.breach("frozen-migration", node, f"a migration imports {name}")


# -- purity ----------------------------------------------------------------------------------


def purity(source: Source) -> Iterator[Breach]:
    """domain and ledger: no files, no clock, no randomness, no SQL."""
    if source.room not in PURE_ROOMS:
        return
    for node in ast.walk(source.tree):
        for name in imported(node):
            parts = name.split(".")
            if parts[0] in IMPURE_MODULES or parts[-1] in IMPURE_NAMES:
                yield source.breach("impure", node, f"{source.room} imports {name}")
        if isinstance(node, ast.Call):
            parts = called(node)
            last = parts[-1] if parts else ""
            if last in IMPURE_CALLS or last in IMPURE_NAMES or parts == ["open"]:
                yield source.breach("impure", node, f"{source.room} calls {'.'.join(parts)}")


# -- one place only --------------------------------------------------------------------------


def connections(source: Source) -> Iterator[Breach]:
    """One factory opens databases."""
    if source.path in CONNECTS:
        return
    for node in ast.walk(source.tree):
        names = imported(node)
        if any(re.fullmatch(r"(sqlite3|sqlcipher3)(\.dbapi2)?\.connect", name) for name in names):
            yield source.breach("connect", node, "import of connect")
        if isinstance(node, ast.Call):
            parts = called(node)
            if parts[-1:] == ["connect"] and any("sql" in part for part in parts[:-1]):
                yield source.breach("connect", node, ".".join(parts))


def paragraphs(source: Source) -> Iterator[Breach]:
    """One place makes paragraphs: reportlab reads markup in them, and users write text."""
    if PARAGRAPHS.match(source.path):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and called(node)[-1:] == ["Paragraph"]:
            yield source.breach("paragraph", node, "Paragraph( outside report/text")
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("reportlab"):
            for alias in node.names:
                if alias.name == "Paragraph" and alias.asname:
                    yield source.breach("paragraph", node, f"Paragraph hidden as {alias.asname}")


def database_file(source: Source) -> Iterator[Breach]:
    """The live database is opened by SQLite only: closing any other descriptor drops its locks."""
    for node in ast.walk(source.tree):
        is_name = isinstance(node, ast.Constant) and node.value == "mingcha.db"
        if is_name and source.path not in DATABASE_NAME:
            yield source.breach("database-file", node, "its name stands in base/paths only")
        if isinstance(node, ast.Call) and called(node)[-1:] and called(node)[-1] in OPENING:
            involved = [node.func, *node.args, *(keyword.value for keyword in node.keywords)]
            if any(names_database(part) for part in involved):
                yield source.breach("database-file", node, f"{called(node)[-1]} of the database")


def names_database(expression: ast.expr) -> bool:
    """Say whether an expression reaches for `Workspace.database`."""
    return any(
        isinstance(node, ast.Attribute) and node.attr == "database" for node in ast.walk(expression)
    )


# -- shape -----------------------------------------------------------------------------------


def lengths(source: Source) -> Iterator[Breach]:
    """Files, classes and functions stay short unless they say why not."""
    lines = source.text.splitlines()
    if len(lines) > MAX_FILE and not LONG.search(lines[0]):
        yield source.breach("long-file", 1, f"{len(lines)} lines, at most {MAX_FILE}")
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            limit, rule = MAX_FUNCTION, "long-function"
        elif isinstance(node, ast.ClassDef):
            limit, rule = MAX_CLASS, "long-class"
        else:
            continue
        length = (node.end_lineno or node.lineno) - node.lineno + 1
        if length > limit and not LONG.search(lines[node.lineno - 1]):
            yield source.breach(rule, node, f"{node.name} has {length} lines, at most {limit}")


Rule = Callable[[Source], Iterator[Breach]]
SHAPE_RULES: tuple[Rule, ...] = (lengths,)
ALL_RULES: tuple[Rule, ...] = (
    directions,
    qt,
    inline_imports,
    frozen_migrations,
    purity,
    connections,
    paragraphs,
    database_file,
    lengths,
)
