"""SSH signatures: stock OpenSSH accepts ours, we accept its, and every alteration is refused."""

from __future__ import annotations

import json
import shutil
import subprocess
from base64 import b64decode, b64encode
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from inspector.ledger.sshsig import (
    InvalidSignature,
    armored,
    fingerprint,
    public_line,
    signer_of,
    verify,
)

SPACE = "iv-seal@1"
MESSAGE = '{"visit":"大厅"}'.encode()
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key().public_bytes_raw()

stock = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="needs ssh-keygen")


def signature() -> str:
    return armored(PUBLIC, SPACE, MESSAGE, KEY.sign)


def ssh_verify(folder: Path, text: str, message: bytes, namespace: str = SPACE) -> bool:
    (folder / "allowed_signers").write_text(f"li {public_line(PUBLIC)}\n")
    (folder / "a.sig").write_text(text)
    command = ["ssh-keygen", "-Y", "verify", "-f", "allowed_signers", "-I", "li"]
    done = subprocess.run(
        [*command, "-n", namespace, "-s", "a.sig"],
        input=message,
        cwd=folder,
        capture_output=True,
        check=False,
    )
    return done.returncode == 0


@stock
def test_stock_ssh_keygen_accepts_it_and_refuses_a_changed_letter(tmp_path: Path) -> None:
    assert ssh_verify(tmp_path, signature(), MESSAGE)
    assert not ssh_verify(tmp_path, signature(), MESSAGE.replace(b"visit", b"visiT"))
    assert not ssh_verify(tmp_path, signature(), MESSAGE, "another@1")


@stock
def test_a_signature_by_stock_ssh_keygen_is_accepted(tmp_path: Path) -> None:
    secret = KEY.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.OpenSSH,
        serialization.NoEncryption(),
    )
    (tmp_path / "key").write_bytes(secret)
    (tmp_path / "key").chmod(0o600)
    (tmp_path / "m").write_bytes(MESSAGE)
    command = ["ssh-keygen", "-q", "-Y", "sign", "-f", "key", "-n", SPACE, "m"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    text = (tmp_path / "m.sig").read_text()
    verify(text, PUBLIC, SPACE, MESSAGE)
    assert text == signature()


@stock
def test_the_fingerprint_is_the_one_that_stock_ssh_keygen_prints(tmp_path: Path) -> None:
    (tmp_path / "key.pub").write_text(public_line(PUBLIC) + "\n")
    done = subprocess.run(
        ["ssh-keygen", "-l", "-f", "key.pub"], cwd=tmp_path, check=True, capture_output=True
    )
    assert fingerprint(PUBLIC) in done.stdout.decode()


def test_a_signature_made_once_verifies_for_ever() -> None:
    path = Path(__file__).parent / "golden" / "sshsig_1.json"
    golden = json.loads(path.read_text(encoding="utf-8"))
    public = bytes.fromhex(golden["public"])
    message = golden["message"].encode()
    verify(golden["armored"], public, golden["namespace"], message)
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(golden["seed"]))
    assert armored(public, golden["namespace"], message, key.sign) == golden["armored"]
    assert fingerprint(public) == golden["fingerprint"]
    assert public_line(public) == golden["line"]
    assert signer_of(golden["armored"], golden["namespace"]) == public


@pytest.mark.parametrize(
    ("public", "namespace", "message"),
    [
        (OTHER, SPACE, MESSAGE),
        (PUBLIC, "iv-seal@2", MESSAGE),
        (PUBLIC, SPACE, MESSAGE + b" "),
        (PUBLIC[:31], SPACE, MESSAGE),
        (b"", SPACE, MESSAGE),
    ],
)
def test_it_counts_for_its_key_its_use_and_its_message_only(
    public: bytes, namespace: str, message: bytes
) -> None:
    verify(signature(), PUBLIC, SPACE, MESSAGE)
    with pytest.raises(InvalidSignature):
        verify(signature(), public, namespace, message)


def rewritten(old: bytes, new: bytes) -> str:
    blob = b64decode("".join(signature().split("\n")[1:-2]))
    assert old in blob
    text = b64encode(blob.replace(old, new, 1)).decode()
    return f"-----BEGIN SSH SIGNATURE-----\n{text}\n-----END SSH SIGNATURE-----\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"SSHSIG\x00\x00\x00\x01", b"SSHSIG\x00\x00\x00\x02"),
        (b"sha512", b"sha256"),
        (b"ssh-ed25519", b"ssh-ed25510"),
        (PUBLIC, OTHER),
        (b"SSHSIG", b"SSHSIX"),
        (b"\x00\x00\x00\x06sha512", b"\x7f\xff\xff\xff"),
    ],
)
def test_whatever_this_version_does_not_know_is_refused(old: bytes, new: bytes) -> None:
    verify(rewritten(b"SSHSIG", b"SSHSIG"), PUBLIC, SPACE, MESSAGE)
    with pytest.raises(InvalidSignature):
        verify(rewritten(old, new), PUBLIC, SPACE, MESSAGE)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "-----BEGIN SSH SIGNATURE-----",
        "-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----\n",
        "-----BEGIN SSH SIGNATURE-----\n窗口\n-----END SSH SIGNATURE-----\n",
        "x" * 100_000,
    ],
)
def test_what_is_no_signature_is_refused(text: str) -> None:
    with pytest.raises(InvalidSignature):
        verify(text, PUBLIC, SPACE, MESSAGE)


@given(st.data())
def test_no_flipped_bit_goes_unnoticed(data: st.DataObject) -> None:
    blob = bytearray(b64decode("".join(signature().split("\n")[1:-2])))
    blob[data.draw(st.integers(0, len(blob) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    text = b64encode(blob).decode()
    with pytest.raises(InvalidSignature):
        verify(
            f"-----BEGIN SSH SIGNATURE-----\n{text}\n-----END SSH SIGNATURE-----\n",
            PUBLIC,
            SPACE,
            MESSAGE,
        )


def test_it_survives_the_line_ends_of_windows() -> None:
    verify(signature().replace("\n", "\r\n"), PUBLIC, SPACE, MESSAGE)
