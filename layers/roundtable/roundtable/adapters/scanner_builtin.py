"""A search that recognizes the test file of virus scanners (EICAR), and nothing else.

For one machine, for rehearsals and for tests, where there is no scanner. It finds no real malware:
never for production.
"""

from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING
from zipfile import ZipFile

from botocore.exceptions import ClientError

from roundtable.adapters.aws_errors import code_of, service
from roundtable.documents.reading.recognition import EICAR, is_zip
from roundtable.domain.documents import ScanStatus
from roundtable.ports import MalwareScanner, NotFound

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

MOST_PACKED = 50_000_000
"""Bytes of a ZIP that is looked into; no letter is larger."""
MOST_UNPACKED = 150_000_000
MOST_MEMBERS = 1_000

_PART = 1024 * 1024
_IN_MEMORY = 8 * 1024 * 1024
_ENCRYPTED = 0x1
_MISSING = frozenset({"NoSuchKey", "NoSuchVersion", "MethodNotAllowed"})


class BuiltInScanner(MalwareScanner):
    """Reads a file through and says at once whether it holds the test string."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def status(self, key: str, version: str) -> ScanStatus:
        """Return INFECTED, UNSUPPORTED for a ZIP that cannot be looked into, else CLEAN."""
        try:
            with service("S3"):
                found = self._client.get_object(Bucket=self._bucket, Key=key, VersionId=version)
        except ClientError as error:
            if code_of(error) in _MISSING:
                raise NotFound("there is no such file") from error
            raise
        with found["Body"] as body, service("S3"):
            return search(iter(lambda: body.read(_PART), b""))  # ends at the first empty part


def search(parts: Iterator[bytes]) -> ScanStatus:
    """Return what is found in a file that comes in parts, and in its members if it is a ZIP."""
    with SpooledTemporaryFile[bytes](max_size=_IN_MEMORY) as packed:
        if _infected(_kept(parts, packed)):
            return ScanStatus.INFECTED
        if packed.tell() > MOST_PACKED:
            return ScanStatus.UNSUPPORTED
        return _search_members(packed) if packed.tell() else ScanStatus.CLEAN


def _infected(parts: Iterator[bytes]) -> bool:
    end = b""
    for part in parts:
        # The test string may begin in one part and end in the next.
        if EICAR in end + part:
            return True
        end = (end + part)[1 - len(EICAR) :]
    return False


def _kept(parts: Iterator[bytes], packed: IO[bytes]) -> Iterator[bytes]:
    """Yield the parts, and keep those of a ZIP, which is read from its end, up to the limit."""
    zipped = False
    for place, part in enumerate(parts):
        zipped = is_zip(part) if place == 0 else zipped
        if zipped and packed.tell() <= MOST_PACKED:
            packed.write(part)
        yield part


def _search_members(packed: IO[bytes]) -> ScanStatus:
    try:
        with ZipFile(packed) as archive:
            members = archive.infolist()
            if (
                len(members) > MOST_MEMBERS
                or sum(member.file_size for member in members) > MOST_UNPACKED
                or any(member.flag_bits & _ENCRYPTED for member in members)
            ):
                return ScanStatus.UNSUPPORTED
            for member in members:
                with archive.open(member) as opened:
                    if _infected(_parts_of(opened)):
                        return ScanStatus.INFECTED
    except Exception:  # noqa: BLE001 (what is damaged or made to mislead fails in every way there is)
        return ScanStatus.CLEAN  # as far as can be seen; whoever reads it says what is wrong
    return ScanStatus.CLEAN


def _parts_of(file: IO[bytes]) -> Iterator[bytes]:
    while part := file.read(_PART):
        yield part
