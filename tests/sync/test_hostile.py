"""Objects made to exhaust a reader: each refused within 10 seconds of processor and 512 MB.

Made by somebody who holds the key, so that nothing stops them but the limits themselves. Each runs
in a process of its own, whose peak of memory is what the system saw.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECONDS, MEGABYTES = 10, 512

PROLOGUE = """
import resource, sys, zlib
from inspector.sync import frames, head, parts, sealed, segment
from inspector.sync.invalid import InvalidObject
from tests.support.exchange import KEY, sealed_as
from tests.support.records import SPACE

def packed(kind, payload):
    # As a program without our limits would pack it.
    sealed.MAX_UNPACKED, kept = 1 << 40, sealed.MAX_UNPACKED
    data = sealed_as(kind, payload)
    sealed.MAX_UNPACKED = kept
    return data

def opened(kind, data):
    return sealed.open_(data, KEY, kind, SPACE)

try:
    {attempt}
except InvalidObject as error:
    used = resource.getrusage(resource.RUSAGE_SELF)
    # What `getrusage` calls the peak is that of the process which started this one.
    with open("/proc/self/status") as status:
        [peak] = [line.split()[1] for line in status if line.startswith("VmHWM:")]
    print(error.code, int(peak) // 1024, round(used.ru_utime + used.ru_stime))
else:
    print("accepted", 0, 0)
"""

# (what is tried, the code it is refused with)
ATTEMPTS = {
    "a bomb of 200 MB": ("opened('index', packed('index', bytes(200 << 20)))", "too_large"),
    "millions of the smallest lists": (
        "parts.parse(opened('index', packed('index', b'[' + b'[],' * 2_790_000 + b'[]]')))",
        "form",
    ),
    "nested as deep as it fits": (
        "parts.parse(opened('index', packed('index', b'[' * (8 << 20))))",
        "form",
    ),
    "a number of millions of digits": (
        "parts.parse(opened('index', packed('index', b'1' * (8 << 20))))",
        "form",
    ),
    "a head that lists the same for ever": (
        "head.parse(frames.join([b'[' + b'0,' * 4_100_000 + b'0]', b'x']))",
        "form",
    ),
    "millions of empty operations": ("segment.parse(bytes(8 << 20))", "too_large"),
    "a length beyond everything": ("segment.parse(b'\\xff' * (8 << 20))", "form"),
    "files without end": (
        "parts.parse(b'{\"files\":{' + b','.join("
        'b\'"%064x":{"parts":[],"size":0}\' % n for n in range(85_000)) + b\'},"v":1}\')',
        "too_large",
    ),
}


@pytest.mark.skipif(sys.platform != "linux", reason="no peak of memory to be had")
@pytest.mark.parametrize(("attempt", "code"), ATTEMPTS.values(), ids=ATTEMPTS)
def test_it_is_refused_in_time_and_within_memory(attempt: str, code: str):
    done = subprocess.run(
        [sys.executable, "-c", PROLOGUE.format(attempt=attempt)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told, megabytes, seconds = done.stdout.split()
    assert told == code
    assert int(megabytes) <= MEGABYTES
    assert int(seconds) <= SECONDS
