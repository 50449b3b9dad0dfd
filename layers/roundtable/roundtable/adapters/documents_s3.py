"""Documents in a private, versioned S3 bucket."""

import io
import re
import unicodedata
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cached_property
from typing import IO, TYPE_CHECKING, Any, Literal
from urllib.parse import quote, urlsplit

from botocore.exceptions import ClientError

from roundtable.adapters.aws_errors import code_of, service
from roundtable.ports import Documents, NotFound, StoredObject, Unavailable, UploadForm

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import GetObjectOutputTypeDef

FORM_LASTS = timedelta(minutes=10)
URL_LASTS = timedelta(minutes=5)
_MISSING = frozenset({"404", "NoSuchKey", "NoSuchVersion"})
_BUFFER = 1024 * 1024
_LONGEST_FILE_NAME = 100


class S3Documents(Documents):
    """Reads and signs with the function's own role, which also needs `s3:ListBucket`.

    Without it S3 answers “forbidden” instead of “not found” for a file that is not there.
    `encryption` is sent with each upload; leave it empty where the bucket encrypts by default.
    """

    def __init__(
        self,
        client: "S3Client",
        bucket: str,
        *,
        encryption: Literal["", "AES256", "aws:kms"] = "",
    ) -> None:
        self._client = client
        self._bucket = bucket
        self._encryption = encryption

    @cached_property
    def origin(self) -> str:  # pyright: ignore[reportIncompatibleMethodOverride] (never changes)
        """The origin of every form's address, with or without the bucket's own host name."""
        form = self._client.generate_presigned_post(self._bucket, "origin")
        address = urlsplit(str(form["url"]))
        return f"{address.scheme}://{address.netloc}"

    def upload_form(
        self, key: str, *, content_type: str, max_bytes: int, now: datetime, then: str = ""
    ) -> UploadForm:
        """Return a form for one exact key, type and length range (at least one byte).

        S3 counts the ten minutes from the real present; `now` only dates the answer, which on
        a virtual clock is another time. To `then` S3 adds the bucket, the key and a hash as a
        query, which whoever answers there need not read.
        """
        fields = {"Content-Type": content_type}
        if self._encryption:
            fields["x-amz-server-side-encryption"] = self._encryption
        if then:
            fields["success_action_redirect"] = then
        conditions: list[Any] = [{name: value} for name, value in fields.items()]
        conditions.append(["content-length-range", 1, max_bytes])
        form = self._client.generate_presigned_post(
            self._bucket,
            key,
            Fields=dict(fields),
            Conditions=conditions,
            ExpiresIn=int(FORM_LASTS.total_seconds()),
        )
        return UploadForm(
            url=form["url"],
            fields=form["fields"],
            expires_at=now + FORM_LASTS,
            max_bytes=max_bytes,
        )

    def newest_object(self, key: str) -> StoredObject | None:
        """Return the newest version of a file, or None where nothing was uploaded."""
        try:
            with service("S3"):
                found = self._client.head_object(Bucket=self._bucket, Key=key)
        except ClientError as error:
            if code_of(error) in _MISSING:
                return None
            raise
        return StoredObject(
            key=key,
            version=found.get("VersionId", "null"),
            size=found["ContentLength"],
            content_type=found.get("ContentType", ""),
            stored_at=found["LastModified"],
        )

    def read(self, key: str, version: str, *, max_bytes: int) -> bytes:
        """Return a file's content; raises NotFound, or ValueError above `max_bytes`."""
        found = self._get(key, version)
        with found["Body"] as body, service("S3"):
            if found["ContentLength"] > max_bytes:
                raise ValueError(f"the file is larger than {max_bytes} bytes")
            return body.read()

    def read_range(self, key: str, version: str, start: int, length: int) -> bytes:
        """Return part of a file, shorter at its end and empty behind it."""
        try:
            found = self._get(key, version, f"bytes={start}-{start + length - 1}")
        except ClientError as error:
            if code_of(error) in {"InvalidRange", "416"}:
                return b""
            raise
        with found["Body"] as body, service("S3"):
            return body.read()

    @contextmanager
    def open(self, key: str, version: str) -> Generator[IO[bytes]]:
        """Open a file to read it through once; it is never held in memory as a whole."""
        found = self._get(key, version)
        with io.BufferedReader(_Download(found["Body"]), _BUFFER) as file:
            yield file

    def store_preview(self, key: str, image: bytes) -> None:
        """Keep the JPEG image of a page; one that is there stays, as its key names its content."""
        encryption: dict[str, Any] = (
            {"ServerSideEncryption": self._encryption} if self._encryption else {}
        )
        try:
            with service("S3"):
                self._client.put_object(
                    Bucket=self._bucket,
                    Key=key,
                    Body=image,
                    ContentType="image/jpeg",
                    CacheControl=f"private, max-age={int(URL_LASTS.total_seconds())}",
                    IfNoneMatch="*",
                    **encryption,
                )
        except ClientError as error:
            if code_of(error) == "ConditionalRequestConflict":
                raise Unavailable("S3: somebody stores the same image now") from error
            if code_of(error) != "PreconditionFailed":
                raise

    def preview_url(self, key: str) -> str:
        """Return an address that shows the image of a page in a browser, for five minutes.

        Its type is said here, whatever is kept with the file: a browser takes it for nothing else.
        """
        return self._client.generate_presigned_url(
            "get_object",
            Params={
                "Bucket": self._bucket,
                "Key": key,
                "ResponseContentDisposition": "inline",
                "ResponseContentType": "image/jpeg",
            },
            ExpiresIn=int(URL_LASTS.total_seconds()),
        )

    def download_url(self, key: str, version: str, *, file_name: str) -> str:
        """Return an address that downloads a version as an attachment, for five minutes.

        The type is always that of unknown bytes, so that no browser shows what was uploaded.
        """
        return self._client.generate_presigned_url(
            "get_object",
            Params={
                "Bucket": self._bucket,
                "Key": key,
                "VersionId": version,
                "ResponseContentDisposition": content_disposition(file_name),
                "ResponseContentType": "application/octet-stream",
            },
            ExpiresIn=int(URL_LASTS.total_seconds()),
        )

    def _get(self, key: str, version: str, part: str = "") -> "GetObjectOutputTypeDef":
        try:
            with service("S3"):
                if part:
                    return self._client.get_object(
                        Bucket=self._bucket, Key=key, VersionId=version, Range=part
                    )
                return self._client.get_object(Bucket=self._bucket, Key=key, VersionId=version)
        except ClientError as error:
            if code_of(error) in _MISSING:
                raise NotFound("there is no such file") from error
            raise


class _Download(io.RawIOBase):
    """A download as a raw stream, so that the standard library buffers it."""

    def __init__(self, body: Any) -> None:  # noqa: ANN401 (botocore's StreamingBody is untyped)
        super().__init__()
        self._body = body

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:  # noqa: ANN401 (any writable buffer)
        with service("S3"):
            part: bytes = self._body.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)

    def close(self) -> None:
        if not self.closed:
            self._body.close()
        super().close()


def content_disposition(file_name: str) -> str:
    """Return the header that makes a browser save a file under a harmless name (RFC 6266)."""
    safe = safe_file_name(file_name)
    plain = unicodedata.normalize("NFKD", safe).encode("ascii", "ignore").decode() or "document"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(safe, safe='')}"


def safe_file_name(file_name: str) -> str:
    """Return the last part of a name, without signs that file systems or headers take amiss."""
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", file_name))[-1]
    name = "".join(sign if sign.isprintable() else " " for sign in name)
    name = " ".join(re.sub(r'["\'<>|:*?;%,]', " ", name).split()).strip(" .")
    stem, dot, extension = name.rpartition(".")
    if dot and len(extension) <= 10:  # noqa: PLR2004 (what is longer is no extension)
        return f"{stem[:_LONGEST_FILE_NAME].rstrip()}.{extension}"
    return name[:_LONGEST_FILE_NAME] or "document"
