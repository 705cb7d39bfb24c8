"""What each system call means for the observed folder: one small function per family of calls."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from tests.rigs.disk_ops import Ack, Rename, Sync, Unlink
from tests.rigs.processes import OpenFile, Slot, change_folder, duplicate
from tests.rigs.strace_lines import (
    Call,
    UnsoundError,
    descriptor,
    text_argument,
    vector_argument,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.rigs.disk_namespace import Translator

_OFFSET = re.compile(r"\[(\d+)\]")


def _ok(call: Call) -> bool:
    return call.result is not None and call.result >= 0


def _open(self: Translator, call: Call) -> None:
    if not _ok(call):
        return
    at = call.name.startswith("openat")
    path = self.path(call, 0, 1) if at else self.plain_path(call, 0)
    flags = call.args[2 if at else 1] if call.name != "creat" else "O_WRONLY|O_CREAT|O_TRUNC"
    words = set(re.findall(r"[A-Z_]+", flags))
    name = self.inside(path)
    slot = Slot(OpenFile(None, path), "O_CLOEXEC" in words)
    if name is not None:
        slot.file.node = _opened_node(self, call, name, words)
        slot.file.append = "O_APPEND" in words
        slot.file.durable_writes = bool(words & {"O_SYNC", "O_DSYNC"})
    self.processes.of(call.pid).table[call.result or 0] = slot


def _opened_node(self: Translator, call: Call, name: str, words: set[str]) -> int:
    if "O_TMPFILE" in words:
        return self.space.new(is_folder=False)
    node = self.space.find(name)
    if node is None:
        if "O_CREAT" not in words:
            raise UnsoundError(f"opened a file that should not exist: {name}")
        node = self.space.new(is_folder=False)
        self.link(name, node, call)
    elif "O_TRUNC" in words and node in self.space.files and self.space.files[node]:
        self.resize(node, 0, call)
    return node


def _close(self: Translator, call: Call) -> None:
    number, _ = descriptor(call.args[0])
    self.processes.of(call.pid).table.pop(-1 if number is None else number, None)


def _close_range(self: Translator, call: Call) -> None:
    if not _ok(call):
        return
    table = self.processes.of(call.pid).table
    first, last = int(call.args[0].partition("<")[0], 0), int(call.args[1].partition("<")[0], 0)
    for number in [n for n in table if first <= n <= last]:
        if "CLOEXEC" in call.args[2]:
            table[number].close_on_exec = True
        else:
            del table[number]


def _dup(self: Translator, call: Call) -> None:
    if _ok(call):
        old, _ = descriptor(call.args[0])
        cloexec = call.name == "dup3" and "O_CLOEXEC" in call.args[2]
        duplicate(self.processes.of(call.pid), old or 0, call.result or 0, cloexec)


def _fcntl(self: Translator, call: Call) -> None:
    command = call.args[1]
    process = self.processes.of(call.pid)
    old, _ = descriptor(call.args[0])
    slot = process.table.get(old or 0)
    if not _ok(call):
        return
    if command.startswith("F_DUPFD"):
        duplicate(process, old or 0, call.result or 0, command == "F_DUPFD_CLOEXEC")
    elif slot is not None and command == "F_SETFD":
        slot.close_on_exec = "FD_CLOEXEC" in call.args[2]
    elif slot is not None and command == "F_SETFL":
        slot.file.append = "O_APPEND" in call.args[2]


def _write(self: Translator, call: Call) -> None:
    if not _ok(call):
        return
    file = self.open_file(call, 0)
    if file is None or (file.node is None and file is not self.processes.standard_output):
        return
    data = vector_argument(call.args[1]) if "v" in call.name else text_argument(call.args[1])
    data = data[: call.result]
    if file.node is None:
        self.ops.append(Ack(data.decode("utf-8", "replace"), call.end))
        return
    if call.name.startswith("pwrite"):
        offset = int(call.args[3])
    else:
        offset = len(self.space.files[file.node]) if file.append else file.offset
        file.offset = offset + len(data)
    self.write(file.node, offset, data, call)
    if file.durable_writes:
        self.ops.append(Sync(file.node, call.end + 1, call.end))


def _moved(self: Translator, call: Call) -> None:
    """Reading and seeking move the position that the next `write` uses."""
    number, _ = descriptor(call.args[0])
    slot = self.processes.of(call.pid).table.get(-1 if number is None else number)
    if slot is not None and _ok(call):
        moved = call.result or 0
        slot.file.offset = moved if call.name == "lseek" else slot.file.offset + moved


def _truncate(self: Translator, call: Call) -> None:
    if not _ok(call):
        return
    if call.name == "ftruncate":
        node = self.node(call, 0)
    else:
        name = self.inside(self.plain_path(call, 0))
        node = None if name is None else self.space.find(name)
    if node is not None:
        self.resize(node, int(call.args[1]), call)


def _fallocate(self: Translator, call: Call) -> None:
    node = self.node(call, 0) if _ok(call) else None
    if node is None:
        return
    mode, offset, length = call.args[1], int(call.args[2]), int(call.args[3])
    size = len(self.space.files[node])
    if mode == "0":
        if offset + length > size:
            self.resize(node, offset + length, call)
    elif "PUNCH_HOLE" in mode or "ZERO_RANGE" in mode:
        end = min(offset + length, size) if "KEEP_SIZE" in mode else offset + length
        if end > offset:
            self.write(node, offset, bytes(end - offset), call)
    elif mode != "FALLOC_FL_KEEP_SIZE":
        raise UnsoundError(f"fallocate with {mode}")


def _rename(self: Translator, call: Call) -> None:
    if not _ok(call):
        return
    if call.name == "rename":
        old, new = self.plain_path(call, 0), self.plain_path(call, 1)
    else:
        old, new = self.path(call, 0, 1), self.path(call, 2, 3)
    if len(call.args) > 4 and "EXCHANGE" in call.args[4]:
        raise UnsoundError("renameat2 that exchanges")
    old_name, new_name = self.inside(old), self.inside(new)
    if old_name is None and new_name is None:
        return
    if old_name is None or new_name is None:
        raise UnsoundError(f"a rename across the border of the folder: {old} -> {new}")
    folder, base = self.space.find_parent(old_name)
    new_folder, new_base = self.space.find_parent(new_name)
    node = self.space.folders[folder][base]
    if self.space.folders[new_folder].get(new_base) == node:
        return  # two names of one file: rename does nothing
    del self.space.folders[folder][base]
    self.space.folders[new_folder][new_base] = node
    self.ops.append(Rename(folder, base, new_folder, new_base, call.end))


def _unlink(self: Translator, call: Call) -> None:
    if not _ok(call):
        return
    path = self.path(call, 0, 1) if call.name == "unlinkat" else self.plain_path(call, 0)
    name = self.inside(path)
    if name is None:
        return
    folder, base = self.space.find_parent(name)
    del self.space.folders[folder][base]
    self.ops.append(Unlink(folder, base, call.end))


def _mkdir(self: Translator, call: Call) -> None:
    if not _ok(call):
        return
    path = self.path(call, 0, 1) if call.name == "mkdirat" else self.plain_path(call, 0)
    name = self.inside(path)
    if name == "":
        raise UnsoundError("the observed folder itself was made by the program")
    if name is not None:
        self.link(name, self.space.new(is_folder=True), call)


def _link(self: Translator, call: Call) -> None:
    if not _ok(call):
        return
    old = self.path(call, 0, 1) if call.name == "linkat" else self.plain_path(call, 0)
    new = self.path(call, 2, 3) if call.name == "linkat" else self.plain_path(call, 1)
    name = self.inside(new)
    if name is None:
        return
    own = re.match(r"^/proc/(?:self|\d+)/fd/(\d+)$", old)
    if own is not None:
        slot = self.processes.of(call.pid).table.get(int(own[1]))
        node = None if slot is None else slot.file.node
    else:
        source = self.inside(old)
        node = None if source is None else self.space.find(source)
    if node is None:
        raise UnsoundError(f"a link to something unknown: {old}")
    self.link(name, node, call)


def _sync(self: Translator, call: Call) -> None:
    if not _ok(call):
        return
    if call.name in ("sync", "syncfs"):
        self.ops.append(Sync(None, call.begin, call.end))
        return
    node = self.node(call, 0)
    if node is not None:
        self.ops.append(Sync(node, call.begin, call.end))


def _mmap(self: Translator, call: Call) -> None:
    if not _ok(call) or "MAP_SHARED" not in call.args[3] or "PROT_WRITE" not in call.args[2]:
        return
    file = self.open_file(call, 4)
    if file is not None and file.node is not None and not self.harmless_map(file.path):
        raise UnsoundError(f"a file mapped writable and shared: {file.path}")


def _copied(self: Translator, call: Call, source: int, at: int | None, target: int) -> None:
    """Apply a copy inside the kernel; `at` is the argument that may hold the source's offset."""
    if not call.result or call.result < 0:
        return
    given = None if at is None else _OFFSET.search(call.args[at])
    reader = self.open_file(call, source)
    offset = int(given[1]) if given is not None else (reader.offset if reader else 0)
    if reader is not None and given is None:
        reader.offset += call.result
    writer = self.open_file(call, target)
    if writer is None or writer.node is None:
        return
    if reader is None:
        raise UnsoundError(f"{call.name} from an unexplained descriptor")
    if reader.node is not None:
        data = bytes(self.space.files[reader.node][offset : offset + call.result])
    else:
        data = Path(reader.path).read_bytes()[offset : offset + call.result]
    to = None if call.name == "sendfile" else _OFFSET.search(call.args[3])
    self.write(writer.node, int(to[1]) if to is not None else writer.offset, data, call)
    if to is None:
        writer.offset += len(data)


def _sendfile(self: Translator, call: Call) -> None:
    _copied(self, call, source=1, at=2, target=0)


def _copy_range(self: Translator, call: Call) -> None:
    _copied(self, call, source=0, at=1, target=2)


def _ioctl(self: Translator, call: Call) -> None:
    if len(call.args) > 1 and call.args[1].startswith("FICLONE") and _ok(call):
        raise UnsoundError("a file cloned by ioctl")


def _refused_inside(self: Translator, call: Call) -> None:
    """Symbolic links, special files and pipes into files: not followed, so not allowed inside."""
    if not _ok(call):
        return
    if call.name == "splice":
        touches = self.node(call, 2) is not None
    else:
        path = (
            self.path(call, len(call.args) - 2, len(call.args) - 1)
            if call.name == "symlinkat"
            else self.plain_path(call, 1 if call.name == "symlink" else 0)
        )
        touches = self.inside(path) is not None
    if touches:
        raise UnsoundError(f"{call.name} below the observed folder")


def _refused(self: Translator, call: Call) -> None:
    if _ok(call):
        raise UnsoundError(f"{call.name}: writes that strace does not show")


def _chdir(self: Translator, call: Call) -> None:
    if not _ok(call):
        return
    process = self.processes.of(call.pid)
    if call.name == "chdir":
        change_folder(process, call)
        return
    _, shown = descriptor(call.args[0])
    process.place[0] = shown or process.place[0]


def _fork(self: Translator, call: Call) -> None:
    self.processes.forked(call)


def _exec(self: Translator, call: Call) -> None:
    if _ok(call):
        self.processes.of(call.pid)
        self.processes.executed(call)


_FAMILIES: tuple[tuple[Callable[[Translator, Call], None], str], ...] = (
    (_open, "open openat creat"),
    (_close, "close"),
    (_close_range, "close_range"),
    (_dup, "dup dup2 dup3"),
    (_fcntl, "fcntl"),
    (_write, "write pwrite64 writev pwritev pwritev2"),
    (_moved, "read readv lseek"),
    (_truncate, "truncate ftruncate"),
    (_fallocate, "fallocate"),
    (_rename, "rename renameat renameat2"),
    (_unlink, "unlink unlinkat rmdir"),
    (_mkdir, "mkdir mkdirat"),
    (_link, "link linkat"),
    (_sync, "fsync fdatasync sync syncfs"),
    (_mmap, "mmap"),
    (_sendfile, "sendfile"),
    (_copy_range, "copy_file_range"),
    (_ioctl, "ioctl"),
    (_refused_inside, "symlink symlinkat splice"),
    (_refused, "io_uring_setup io_submit openat2"),
    (_chdir, "chdir fchdir"),
    (_fork, "fork vfork clone clone3"),
    (_exec, "execve execveat"),
)
HANDLERS = {name: handler for handler, names in _FAMILIES for name in names.split()}
RECORDED = tuple(HANDLERS)
"""The system calls that have to be traced."""
