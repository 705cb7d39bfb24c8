"""Records made once must verify for ever: fixed bytes against fixed ids, hashes and results.

The files in `golden/` are never edited. A new version of a format gets new files beside them.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from inspector.ledger import canonical, manifest
from inspector.ledger.chain import Chains
from inspector.ledger.operation import base32, body_hash, parse
from inspector.ledger.registers import EntityState
from tests.support.erasing import erase_change

GOLDEN = Path(__file__).parent / "golden"


def load(name: str) -> dict:
    return json.loads((GOLDEN / name).read_text(encoding="utf-8"))


def test_canonical_bytes():
    for case in load("canonical_1.json")["cases"]:
        assert canonical.encode(case["value"]).hex() == case["bytes"]
        assert canonical.decode(bytes.fromhex(case["bytes"])) == case["value"]


def test_operations_and_their_chain():
    cases = load("operations_1.json")["operations"]
    chains = Chains()
    for case in cases:
        raw = case["raw"].encode()
        operation = parse(raw)
        header = operation.header
        assert operation.id == case["id"] == hashlib.sha256(raw.split(b"\n")[0]).hexdigest()
        assert header.body == case["body"] == body_hash(raw.split(b"\n")[1:])
        assert [header.log, header.n, header.prev, header.lc] == case["place"]
        assert [header.kind, header.action, header.visit, header.undoes] == case["action"]
        assert [header.reading.ms, header.reading.zone, header.by, header.app] == case["claim"]
        assert [
            [change.entity, change.id, dict(change.fields), dict(change.over), change.why]
            for change in operation.changes
        ] == case["changes"]
        erased = erase_change(raw, 0)
        assert erased.decode() == case["erased"]
        assert parse(erased).id == case["id"]
        assert chains.add(operation) == []
    assert chains.end() == []


def test_registers():
    golden = load("operations_1.json")
    by_id = {case["id"]: parse(case["raw"].encode()) for case in golden["operations"]}
    for order in golden["orders"]:
        states: dict[tuple[str, str], EntityState] = {}
        seen: set[str] = set()
        for name in order:
            operation = by_id[name]
            for change in operation.changes:
                state = states.setdefault((change.entity, change.id), EntityState())
                state.apply(operation.header, operation.short, change, seen.__contains__)
            seen.add(operation.short)
        result = {
            f"{kind} {entity}": {
                "creator": list(state.creator),
                "registers": {
                    name: [list(item) for item in items]
                    for name, items in sorted(state.registers.items())
                },
                "conflicts": sorted(state.conflicts()),
            }
            for (kind, entity), state in sorted(states.items())
        }
        assert result == golden["registers"]


def test_manifest():
    golden = load("manifest_1.json")
    data = golden["bytes"].encode()
    parsed = manifest.parse(data)
    assert hashlib.sha256(data).hexdigest() == golden["sha256"]
    assert parsed.to_bytes() == data
    values = [(tuple(path), value) for path, value in golden["values"]]
    secret = bytes.fromhex(golden["secret"])
    assert manifest.differences(parsed, secret, values) == []
    for path, value in values:
        assert manifest.leaf(secret, path, value) == golden["leaves"]["/".join(path)]


def test_salts_and_chain_names():
    for case in load("canonical_1.json")["base32"]:
        assert base32(bytes.fromhex(case["bytes"])) == case["text"]
