"""A very small S3 server for the ordinary tests: one bucket in memory, signatures checked.

It is no substitute for a real one (`make test-servers` runs the same tests against those): it
speaks only what the program asks for – GET, HEAD, PUT, DeleteObjects and ListObjectsV2, path
style – but refuses whatever is not signed as AWS Signature Version 4 demands, payload included.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, quote, unquote
from xml.sax.saxutils import escape

BUCKET, KEY_ID, SECRET = "depots", "AKIDEXAMPLE", "a/secret+key"
PAGE = 10
_AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/s3/aws4_request, ?"
    r"SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})"
)


class Refused(Exception):
    """The request gets an error as its answer."""

    def __init__(self, status: str, code: str) -> None:
        self.status, self.code = status, code


@dataclass
class TinyS3:
    """The server as a WSGI application. `objects` may be looked into and changed by a test."""

    objects: dict[str, bytes] = field(default_factory=dict)
    bucket: str = BUCKET

    def __call__(self, environ: dict[str, Any], start: Any) -> list[bytes]:
        """Answer one request."""
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        head = environ["REQUEST_METHOD"] == "HEAD"
        try:
            status, headers, answer = self._answer(environ, body)
        except Refused as refused:
            status, headers = refused.status, {"Content-Type": "application/xml"}
            answer = f"<Error><Code>{refused.code}</Code></Error>".encode()
        headers.setdefault("Content-Length", str(len(answer)))
        start(status, list(headers.items()))
        return [b"" if head else answer]

    def _answer(self, environ: dict[str, Any], body: bytes) -> tuple[str, dict[str, str], bytes]:
        _require_signed(environ, body)
        bucket, _, key = environ["PATH_INFO"].lstrip("/").partition("/")
        if bucket != self.bucket:
            raise Refused("404 Not Found", "NoSuchBucket")
        method = environ["REQUEST_METHOD"]
        if method == "GET" and not key:
            return "200 OK", {}, self._list(dict(parse_qsl(environ["QUERY_STRING"])))
        if method == "POST" and environ["QUERY_STRING"].rstrip("=") == "delete":
            deleted = re.findall(r"<Key>([^<]+)</Key>", body.decode())
            for each in deleted:
                self.objects.pop(each, None)
            told = "".join(f"<Deleted><Key>{each}</Key></Deleted>" for each in deleted)
            return "200 OK", {}, f"<DeleteResult>{told}</DeleteResult>".encode()
        if method == "PUT":
            self.objects[key] = body
            return "200 OK", {"ETag": f'"{hashlib.md5(body).hexdigest()}"'}, b""
        if key not in self.objects:
            raise Refused("404 Not Found", "NoSuchKey")
        data = self.objects[key]
        return "200 OK", _described(data), data

    def _list(self, query: dict[str, str]) -> bytes:
        prefix, delimiter = query.get("prefix", ""), query.get("delimiter", "")
        after = query.get("continuation-token", "")
        keys, folders = [], set()
        for key in sorted(self.objects):
            rest = key.removeprefix(prefix)
            if not key.startswith(prefix) or key <= after:
                continue
            if delimiter and delimiter in rest:
                folders.add(prefix + rest.partition(delimiter)[0] + delimiter)
            else:
                keys.append(key)
        more, keys = len(keys) > PAGE, keys[:PAGE]
        contents = "".join(
            f"<Contents><Key>{escape(key)}</Key><Size>{len(self.objects[key])}</Size>"
            f"<LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>x</ETag></Contents>"
            for key in keys
        )
        common = "".join(
            f"<CommonPrefixes><Prefix>{escape(each)}</Prefix></CommonPrefixes>" for each in folders
        )
        token = f"<NextContinuationToken>{escape(keys[-1])}</NextContinuationToken>" if more else ""
        return (
            '<?xml version="1.0" encoding="UTF-8"?><ListBucketResult>'
            f"<IsTruncated>{str(more).lower()}</IsTruncated>{token}{contents}{common}"
            "</ListBucketResult>"
        ).encode()


def _described(data: bytes) -> dict[str, str]:
    return {
        "Content-Length": str(len(data)),
        "ETag": f'"{hashlib.md5(data).hexdigest()}"',
        "Last-Modified": "Thu, 01 Jan 2026 00:00:00 GMT",
    }


def _require_signed(environ: dict[str, Any], body: bytes) -> None:
    """Refuse a request that is not signed with SECRET over its method, path, query and bytes."""
    found = _AUTHORIZATION.fullmatch(environ.get("HTTP_AUTHORIZATION", ""))
    if found is None or found[1] != KEY_ID:
        raise Refused("403 Forbidden", "InvalidAccessKeyId")
    _, day, region, signed, signature = found.groups()
    payload = environ.get("HTTP_X_AMZ_CONTENT_SHA256", "")
    if payload != hashlib.sha256(body).hexdigest() and (body or payload != "UNSIGNED-PAYLOAD"):
        raise Refused("400 Bad Request", "XAmzContentSHA256Mismatch")
    query = sorted(parse_qsl(environ["QUERY_STRING"], keep_blank_values=True))
    canonical = "\n".join(
        (
            environ["REQUEST_METHOD"],
            quote(unquote(environ["REQUEST_URI"].partition("?")[0]), safe="/-_.~"),
            "&".join(f"{quote(k, safe='-_.~')}={quote(v, safe='-_.~')}" for k, v in query),
            *(f"{name}:{_header(environ, name)}" for name in signed.split(";")),
            "",
            signed,
            payload,
        )
    )
    scope = f"{day}/{region}/s3/aws4_request"
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    text = f"AWS4-HMAC-SHA256\n{environ['HTTP_X_AMZ_DATE']}\n{scope}\n{digest}"
    key = f"AWS4{SECRET}".encode()
    for part in (day, region, "s3", "aws4_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    if hmac.digest(key, text.encode(), "sha256").hex() != signature:
        raise Refused("403 Forbidden", "SignatureDoesNotMatch")


def _header(environ: dict[str, Any], name: str) -> str:
    special = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}
    key = special.get(name, f"HTTP_{name.upper().replace('-', '_')}")
    return " ".join(str(environ.get(key, "")).split())
