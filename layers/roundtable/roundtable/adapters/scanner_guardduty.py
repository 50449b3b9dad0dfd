"""GuardDuty Malware Protection for S3, which searches every file that is uploaded.

Statuses, tag and event as the Amazon GuardDuty User Guide names them (“Monitoring S3 object scans
in Malware Protection for S3”).
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from roundtable.adapters.aws_errors import code_of, service
from roundtable.domain.documents import ScanStatus
from roundtable.ports import MalwareScanner, NotFound

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

TAG = "GuardDutyMalwareScanStatus"
"""What GuardDuty writes on a version of a file once it was searched."""

_STATUSES = {
    "NO_THREATS_FOUND": ScanStatus.CLEAN,
    "THREATS_FOUND": ScanStatus.INFECTED,
    "UNSUPPORTED": ScanStatus.UNSUPPORTED,
    "ACCESS_DENIED": ScanStatus.FAILED,
    "FAILED": ScanStatus.FAILED,
}
# A marker of a deletion has no tags and may not be asked for any.
_MISSING = frozenset({"NoSuchKey", "NoSuchVersion", "MethodNotAllowed"})


class GuardDutyScanner(MalwareScanner):
    """Reads the tag of a file, for where its event was lost or is not there yet."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def status(self, key: str, version: str) -> ScanStatus:
        """Return the result for one version; PENDING where it has no tag yet."""
        try:
            with service("S3"):
                found = self._client.get_object_tagging(
                    Bucket=self._bucket, Key=key, VersionId=version
                )
        except ClientError as error:
            if code_of(error) in _MISSING:
                raise NotFound("there is no such file") from error
            raise
        for tag in found["TagSet"]:
            if tag["Key"] == TAG:
                return _status(tag["Value"])
        return ScanStatus.PENDING


def status_told(detail: Mapping[str, Any]) -> ScanStatus:
    """Return the result in an event's detail.

    A file is clean only if its search was completed, and nothing is known of one whose result
    has a name that we do not know.
    """
    result: Mapping[str, Any] = detail.get("scanResultDetails") or {}
    status = _status(result.get("scanResultStatus", ""))
    if status is ScanStatus.CLEAN and detail.get("scanStatus") != "COMPLETED":
        return ScanStatus.FAILED
    return status


def _status(result: str) -> ScanStatus:
    return _STATUSES.get(result, ScanStatus.FAILED)
