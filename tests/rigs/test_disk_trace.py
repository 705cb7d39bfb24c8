"""The recorder follows every way in which a program can change a folder, or refuses."""

from __future__ import annotations

import sys
import textwrap
from typing import TYPE_CHECKING

import pytest

from tests.rigs.disk_ops import Ack, Link, Recording, Rename, Resize, Sync, Write
from tests.rigs.disk_trace import record
from tests.rigs.strace_lines import UnsoundError, read_calls, split_arguments, text_argument
from tests.rigs.tracing import needs_strace

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = needs_strace

# Each changes the folder `d` (an absolute path) in a way that is easy to get wrong. `record`
# compares its replay with the real folder, byte for byte, and raises if they differ.
FOLLOWED = {
    "position after reading": """
        f = os.open(d + "/a", os.O_RDWR | os.O_CREAT)
        os.write(f, b"abcdef"); os.lseek(f, 1, os.SEEK_SET); os.read(f, 2); os.write(f, b"XY")
    """,
    "append": """
        open(d + "/a", "wb").write(b"123")
        f = os.open(d + "/a", os.O_WRONLY | os.O_APPEND); os.lseek(f, 0, 0); os.write(f, b"45")
    """,
    "append switched on later": """
        import fcntl
        f = os.open(d + "/a", os.O_RDWR | os.O_CREAT); os.write(f, b"123"); os.lseek(f, 0, 0)
        fcntl.fcntl(f, fcntl.F_SETFL, os.O_APPEND); os.write(f, b"45")
    """,
    "truncate and hole": """
        f = os.open(d + "/a", os.O_RDWR | os.O_CREAT); os.write(f, b"x" * 3000)
        os.ftruncate(f, 10); os.pwrite(f, b"end", 2000); os.truncate(d + "/a", 2500)
    """,
    "reopened with O_TRUNC": """
        open(d + "/a", "wb").write(b"long text"); open(d + "/a", "wb").write(b"short")
    """,
    "shared position of a duplicate": """
        f = os.open(d + "/a", os.O_RDWR | os.O_CREAT); g = os.dup(f)
        os.write(f, b"one"); os.close(f); os.write(g, b"two")
    """,
    "duplicate onto standard output": """
        f = os.open(d + "/a", os.O_RDWR | os.O_CREAT); os.dup2(f, 1); os.write(1, b"inside")
    """,
    "child writes through the inherited descriptor": """
        f = os.open(d + "/a", os.O_RDWR | os.O_CREAT)
        if os.fork() == 0:
            os.write(f, b"child "); os.close(f); os._exit(0)
        os.wait(); os.write(f, b"parent")
    """,
    "same number, different files in two processes": """
        if os.fork() == 0:
            f = os.open(d + "/child", os.O_RDWR | os.O_CREAT); os.write(f, b"c"); os._exit(0)
        f = os.open(d + "/parent", os.O_RDWR | os.O_CREAT); os.wait(); os.write(f, b"p")
    """,
    "threads share the table": """
        import threading
        f = os.open(d + "/a", os.O_RDWR | os.O_CREAT)
        part = lambda i: os.pwrite(f, bytes([65 + i]) * 9, 9 * i)
        ts = [threading.Thread(target=part, args=(i,)) for i in range(9)]
        [t.start() for t in ts]; [t.join() for t in ts]
    """,
    "another program": """
        import subprocess
        os.mkdir(d + "/x")
        script = "cd x && echo hello > a && mv a b && mkdir y && mv b y/c"
        subprocess.run(["sh", "-c", script], cwd=d)
    """,
    "copy inside the kernel": """
        import shutil
        open(d + "/a", "wb").write(os.urandom(5000)); shutil.copyfile(d + "/a", d + "/b")
        f, g = os.open(d + "/a", os.O_RDONLY), os.open(d + "/c", os.O_RDWR | os.O_CREAT)
        os.lseek(f, 100, 0); os.copy_file_range(f, g, 700); os.copy_file_range(f, g, 50, 10, 3000)
    """,
    "copy from outside": """
        import shutil; shutil.copyfile(os.__file__, d + "/os.py")
    """,
    "folder moved with its contents": """
        os.makedirs(d + "/x/y"); open(d + "/x/y/a", "wb").write(b"1"); os.rename(d + "/x", d + "/z")
        open(d + "/z/y/a", "ab").write(b"2")
    """,
    "written after it was removed": """
        f = os.open(d + "/a", os.O_RDWR | os.O_CREAT); os.unlink(d + "/a"); os.write(f, b"gone")
        open(d + "/a", "wb").write(b"another")
    """,
    "folder descriptors and relative names": """
        os.mkdir(d + "/x"); h = os.open(d + "/x", os.O_RDONLY)
        f = os.open("a", os.O_RDWR | os.O_CREAT, dir_fd=h); os.write(f, b"1"); os.fsync(h)
        os.rename("a", "b", src_dir_fd=h, dst_dir_fd=h); os.chdir(d); os.link("x/b", "c")
        os.mkdir("e"); os.rmdir("e"); os.fchdir(h); os.unlink("b")
    """,
    "vectors and preallocated space": """
        f = os.open(d + "/a", os.O_RDWR | os.O_CREAT); os.writev(f, [b"ab", b"", b"cd"])
        os.pwritev(f, [b"X", b"Y"], 100); os.posix_fallocate(f, 0, 9000)
    """,
    "names with every letter": """
        open(d + '/窗 口,"(1)"[x] <y>\\n', "wb").write(bytes(range(256)))
    """,
    "big write": """
        open(d + "/a", "wb").write(os.urandom(3_000_000))
    """,
}
REFUSED = {
    "mapped writable and shared": """
        import mmap
        f = os.open(d + "/a", os.O_RDWR | os.O_CREAT); os.ftruncate(f, 4096); mmap.mmap(f, 4096)
    """,
    "symbolic link": """
        os.symlink("/etc/hostname", d + "/a")
    """,
    "moved across the border": """
        open(d + "/a", "wb").write(b"1"); os.rename(d + "/a", d + "-outside")
    """,
}


def run(code: str, root: Path) -> Recording:
    script = f"import os, sys\nd = sys.argv[1]\n{textwrap.dedent(code)}"
    recording = record([sys.executable, "-c", script, str(root)], root)
    assert recording.exit_code == 0, recording.error_text
    return recording


@pytest.mark.parametrize("code", FOLLOWED.values(), ids=FOLLOWED)
def test_follows(code: str, tmp_path: Path) -> None:
    assert run(code, tmp_path).ops


@pytest.mark.parametrize("code", REFUSED.values(), ids=REFUSED)
def test_refuses(code: str, tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    with pytest.raises(UnsoundError):
        run(code, root)


def test_notices_a_change_that_no_call_explains(tmp_path: Path) -> None:
    code = """
        import mmap
        f = os.open(d + "/x-shm", os.O_RDWR | os.O_CREAT); os.ftruncate(f, 4096)
        mmap.mmap(f, 4096)[:4] = b"lost"
    """
    with pytest.raises(UnsoundError, match="differ"):
        run(code, tmp_path)


def test_starts_from_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "a").write_bytes(b"before")
    recording = run("open(d + '/x/a', 'r+b').write(b'B')", tmp_path)
    assert list(recording.start_files.values()) == [b"before"]
    assert [op for op in recording.ops if isinstance(op, Link)] == []


def test_acknowledgements_stand_between_the_disk_operations(tmp_path: Path) -> None:
    code = """
        f = os.open(d + "/a", os.O_RDWR | os.O_CREAT)
        os.write(f, b"1"); os.fsync(f); os.write(1, b"noise\\nack 1 {}\\nac"); os.write(f, b"2")
        os.write(1, b'k 2 {"a":1}\\n'); os.rename(d + "/a", d + "/b"); os.truncate(d + "/b", 1)
    """
    kinds = [op.text if isinstance(op, Ack) else type(op) for op in run(code, tmp_path).ops]
    assert kinds == [Link, Write, Sync, "ack 1 {}", Write, 'ack 2 {"a":1}', Rename, Resize]


def test_joins_interrupted_lines_and_keeps_entry_and_return() -> None:
    lines = [
        "10 fsync(3</x> <unfinished ...>",
        '11 pwrite64(4</y>, "\\x61", 1, 0) = 1',
        "10 <... fsync resumed>) = 0",
        "11 --- SIGCHLD {si_signo=SIGCHLD} ---",
        "10 +++ exited with 0 +++",
    ]
    write, sync = read_calls(lines)
    assert (write.name, write.begin, write.end, write.result) == ("pwrite64", 1, 1, 1)
    assert (sync.name, sync.begin, sync.end, sync.args) == ("fsync", 0, 2, ("3</x>",))


@pytest.mark.parametrize("ending", ["<... ??? resumed> = ?", "<... ???? resumed>) = ?"])
def test_a_call_in_which_its_process_ended_has_no_result(ending: str) -> None:
    begun = '11 pwrite64(4</x>, "\\x61", 1, 0 <unfinished ...>'
    [write] = read_calls([begun, "10 +++ exited with 0 +++", f"11 {ending}"])
    assert (write.name, write.args[2:], write.result) == ("pwrite64", ("1", "0"), None)
    assert list(read_calls([f"11 {ending}", "11 +++ killed by SIGKILL +++"])) == []


def test_a_call_without_a_name_that_returned_is_no_basis_for_a_verdict() -> None:
    with pytest.raises(UnsoundError, match="unreadable call"):
        list(read_calls(["11 <... ??? resumed>) = 5"]))


def test_splits_only_at_outermost_commas() -> None:
    assert split_arguments('3, [{iov_base="\\x2c", iov_len=1}, {a=2}], f(1, 2)') == (
        "3",
        '[{iov_base="\\x2c", iov_len=1}, {a=2}]',
        "f(1, 2)",
    )


def test_a_shortened_string_is_no_basis_for_a_verdict() -> None:
    with pytest.raises(UnsoundError, match="short"):
        text_argument('"\\x61\\x62"...')
