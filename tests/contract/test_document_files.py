"""Uploaded files: the fake and S3 (moto) keep the same promises.

moto accepts any presigned POST, so the policy is read here as it was signed; that it is enforced
is for the end-to-end tests on the embedded AWS.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.stub import Stubber
from hypothesis import given
from hypothesis import strategies as st
from moto import mock_aws

from roundtable.adapters.documents_s3 import S3Documents, content_disposition, safe_file_name
from roundtable.ports import Documents, NotFound, Unavailable
from tests.factories import NOW
from tests.fakes import FakeDocuments

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

BUCKET = "roundtable-documents"
KEY = "documents/01GEF2AYR00000000000000001/letter/1/01GEF2AYR00000000000000002"
PREVIEW = f"previews/01GEF2AYR00000000000000001/letter/1/{'1' * 64}/1.jpg"


@dataclass(frozen=True)
class Files:
    """What the contract is about, and an upload as a browser makes it."""

    documents: Documents
    put: Callable[[bytes], str]
    """Stores the next version of the file under `KEY` and returns its version."""


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> "Iterator[S3Client]":
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    config = Config(signature_version="s3v4", s3={"addressing_style": "virtual"})
    with mock_aws():
        # Services without stubs make the overloads partly unknown.
        yield boto3.client("s3", region_name="us-east-1", config=config)  # pyright: ignore[reportUnknownMemberType]


@pytest.fixture(params=["fake", "s3"])
def files(request: pytest.FixtureRequest) -> Files:
    if request.param == "fake":
        fake = FakeDocuments()
        return Files(fake, lambda content: fake.put(KEY, content).version)
    client: S3Client = request.getfixturevalue("s3")
    client.create_bucket(Bucket=BUCKET)
    client.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})

    def put(content: bytes) -> str:
        stored = client.put_object(
            Bucket=BUCKET, Key=KEY, Body=content, ContentType="application/pdf"
        )
        return stored["VersionId"]

    return Files(S3Documents(client, BUCKET), put)


def test_nothing_uploaded_is_none(files: Files) -> None:
    assert files.documents.newest_object(KEY) is None


def test_newest_version_is_told_with_size_and_type(files: Files) -> None:
    files.put(b"old")
    version = files.put(b"newest")
    found = files.documents.newest_object(KEY)

    assert found is not None
    assert (found.key, found.version, found.size, found.content_type) == (
        KEY,
        version,
        6,
        "application/pdf",
    )
    assert found.stored_at.tzinfo is not None


def test_version_is_read_as_it_was(files: Files) -> None:
    first = files.put(b"first")
    files.put(b"second")

    assert files.documents.read(KEY, first, max_bytes=5) == b"first"


def test_file_above_the_limit_is_not_read(files: Files) -> None:
    version = files.put(b"123456")

    with pytest.raises(ValueError, match="larger than 5 bytes"):
        files.documents.read(KEY, version, max_bytes=5)


def test_missing_file_or_version_is_not_found(files: Files) -> None:
    with pytest.raises(NotFound):
        files.documents.read(KEY, "v9", max_bytes=5)
    files.put(b"there")
    with pytest.raises(NotFound):
        files.documents.read(KEY, "00000000-0000-0000-0000-000000000000", max_bytes=5)


def test_range_is_shorter_at_the_end_and_empty_behind_it(files: Files) -> None:
    version = files.put(b"0123456789")

    assert files.documents.read_range(KEY, version, 2, 3) == b"234"
    assert files.documents.read_range(KEY, version, 8, 5) == b"89"
    assert files.documents.read_range(KEY, version, 10, 5) == b""


def test_open_file_is_read_through_for_its_hash(files: Files) -> None:
    content = bytes(range(256)) * 9000
    version = files.put(content)

    with files.documents.open(KEY, version) as file:
        assert hashlib.file_digest(file, "sha256").digest() == hashlib.sha256(content).digest()  # pyright: ignore[reportArgumentType] (any binary file will do)


def test_form_is_for_one_key_and_type_and_lasts_ten_minutes_at_most(files: Files) -> None:
    form = files.documents.upload_form(
        KEY, content_type="application/pdf", max_bytes=20_000_000, now=NOW
    )

    assert form.fields["key"] == KEY
    assert form.fields["Content-Type"] == "application/pdf"
    assert form.max_bytes == 20_000_000
    assert NOW < form.expires_at <= NOW + timedelta(minutes=10)


def test_form_is_sent_to_the_origin_that_pages_name(files: Files) -> None:
    form = files.documents.upload_form(KEY, content_type="image/png", max_bytes=5, now=NOW)
    address = urlsplit(form.url)

    assert files.documents.origin == f"{address.scheme}://{address.netloc}"
    assert "success_action_redirect" not in form.fields


def test_form_says_where_the_browser_goes_afterwards(files: Files) -> None:
    then = "https://apply.example.org/programs/fellowship"
    form = files.documents.upload_form(
        KEY, content_type="image/png", max_bytes=5, now=NOW, then=then
    )

    assert form.fields["success_action_redirect"] == then


def test_preview_is_kept_once(files: Files) -> None:
    files.documents.store_preview(PREVIEW, b"an image")
    first = files.documents.newest_object(PREVIEW)
    files.documents.store_preview(PREVIEW, b"another image")

    assert first is not None
    assert (first.size, first.content_type) == (8, "image/jpeg")
    assert files.documents.newest_object(PREVIEW) == first
    assert files.documents.read(PREVIEW, first.version, max_bytes=8) == b"an image"


def _policy(fields: dict[str, str]) -> dict[str, Any]:
    return json.loads(base64.b64decode(fields["policy"]))


def test_signed_policy_names_key_type_range_encryption_and_what_follows(s3: "S3Client") -> None:
    documents = S3Documents(s3, BUCKET, encryption="aws:kms")
    then = "https://apply.example.org/"
    form = documents.upload_form(KEY, content_type="video/mp4", max_bytes=5, now=NOW, then=then)
    policy = _policy(form.fields)

    assert form.fields["x-amz-server-side-encryption"] == "aws:kms"
    for condition in (
        {"key": KEY},
        {"bucket": BUCKET},
        {"Content-Type": "video/mp4"},
        {"x-amz-server-side-encryption": "aws:kms"},
        {"success_action_redirect": then},
        ["content-length-range", 1, 5],
    ):
        assert condition in policy["conditions"]
    expires = datetime.strptime(policy["expiration"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert timedelta(0) < expires - datetime.now(UTC) <= timedelta(minutes=10)


def test_origin_is_the_buckets_own_host_or_the_one_of_the_embedded_aws(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")

    def origin(style: Literal["virtual", "path"], endpoint: str | None = None) -> str:
        config = Config(signature_version="s3v4", s3={"addressing_style": style})
        # Services without stubs make the overloads partly unknown.
        client = boto3.client(  # pyright: ignore[reportUnknownMemberType]
            "s3", region_name="eu-west-1", endpoint_url=endpoint, config=config
        )
        return S3Documents(client, BUCKET).origin

    assert origin("virtual") == f"https://{BUCKET}.s3.eu-west-1.amazonaws.com"
    assert origin("path", "http://127.0.0.1:4566") == "http://127.0.0.1:4566"


def test_download_is_an_attachment_of_unknown_bytes_for_five_minutes(s3: "S3Client") -> None:
    address = S3Documents(s3, BUCKET).download_url(KEY, "v7", file_name="../Brief Ümit.pdf")
    query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}

    assert urlsplit(address).path == f"/{KEY}"
    assert query["versionId"] == "v7"
    assert query["response-content-type"] == "application/octet-stream"
    assert query["response-content-disposition"] == (
        "attachment; filename=\"Brief Umit.pdf\"; filename*=UTF-8''Brief%20%C3%9Cmit.pdf"
    )
    assert int(query["X-Amz-Expires"]) <= 300


def test_preview_is_stored_privately_and_encrypted_as_told(s3: "S3Client") -> None:
    bucket = f"{BUCKET}-encrypted"
    s3.create_bucket(Bucket=bucket)
    S3Documents(s3, bucket, encryption="AES256").store_preview(PREVIEW, b"an image")
    found = s3.head_object(Bucket=bucket, Key=PREVIEW)

    assert found["CacheControl"] == "private, max-age=300"
    assert found["ServerSideEncryption"] == "AES256"


def test_preview_is_shown_as_a_picture_for_five_minutes(s3: "S3Client") -> None:
    address = S3Documents(s3, BUCKET).preview_url(PREVIEW)
    query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}

    assert urlsplit(address).path == f"/{PREVIEW}"
    assert query["response-content-type"] == "image/jpeg"
    assert query["response-content-disposition"] == "inline"
    assert int(query["X-Amz-Expires"]) <= 300


@pytest.mark.parametrize(
    ("code", "status", "error"),
    [
        ("SlowDown", 503, Unavailable),
        ("ConditionalRequestConflict", 409, Unavailable),
        ("AccessDenied", 403, ClientError),
    ],
)
def test_preview_that_cannot_be_stored_is_told(
    s3: "S3Client", code: str, status: int, error: type[Exception]
) -> None:
    with Stubber(s3) as stub:
        stub.add_client_error("put_object", code, http_status_code=status)
        with pytest.raises(error):
            S3Documents(s3, BUCKET).store_preview(PREVIEW, b"an image")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("letter.pdf", "letter.pdf"),
        ("C:\\temp\\letter.pdf", "letter.pdf"),
        ("../../etc/passwd", "passwd"),
        ('a"; filename="b.exe', "a filename= b.exe"),
        ("letter\r\nSet-Cookie: x.pdf", "letter Set-Cookie x.pdf"),
        ("..", "document"),
        ("", "document"),
        ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
    ],
)
def test_safe_file_name(name: str, safe: str) -> None:
    assert safe_file_name(name) == safe


@given(name=st.text(max_size=200))
def test_disposition_is_one_plain_header_whatever_the_name(name: str) -> None:
    header = content_disposition(name.encode("utf-8", "ignore").decode())

    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2


def test_throttling_is_unavailable(s3: "S3Client") -> None:
    with Stubber(s3) as stub:
        stub.add_client_error("head_object", "SlowDown", http_status_code=503)
        with pytest.raises(Unavailable, match="S3: SlowDown"):
            S3Documents(s3, BUCKET).newest_object(KEY)
