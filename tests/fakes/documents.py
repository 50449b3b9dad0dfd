"""Uploaded files in memory."""

import io
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import IO

from roundtable.ports import Documents, NotFound, StoredObject, UploadForm
from tests.factories import NOW

FORM_LASTS = timedelta(minutes=10)


class FakeDocuments(Documents):
    """Every version of every file; `put` is what a browser's upload does."""

    def __init__(self) -> None:
        self.served_at = "https://uploads.example.org"
        self.forms: list[UploadForm] = []
        self._objects: dict[str, list[tuple[StoredObject, bytes]]] = {}

    @property
    def origin(self) -> str:
        return self.served_at

    def put(
        self,
        key: str,
        content: bytes,
        *,
        content_type: str = "application/pdf",
        stored_at: datetime = NOW,
    ) -> StoredObject:
        """Store the next version of a file."""
        versions = self._objects.setdefault(key, [])
        stored = StoredObject(
            key=key,
            version=f"v{len(versions) + 1}",
            size=len(content),
            content_type=content_type,
            stored_at=stored_at,
        )
        versions.append((stored, content))
        return stored

    def upload_form(
        self, key: str, *, content_type: str, max_bytes: int, now: datetime, then: str = ""
    ) -> UploadForm:
        fields = {"key": key, "Content-Type": content_type}
        if then:
            fields["success_action_redirect"] = then
        form = UploadForm(
            url=f"{self.origin}/",
            fields=fields,
            expires_at=now + FORM_LASTS,
            max_bytes=max_bytes,
        )
        self.forms.append(form)
        return form

    def newest_object(self, key: str) -> StoredObject | None:
        versions = self._objects.get(key)
        return versions[-1][0] if versions else None

    def read(self, key: str, version: str, *, max_bytes: int) -> bytes:
        content = self._content(key, version)
        if len(content) > max_bytes:
            raise ValueError(f"the file is larger than {max_bytes} bytes")
        return content

    def read_range(self, key: str, version: str, start: int, length: int) -> bytes:
        return self._content(key, version)[start : start + length]

    def open(self, key: str, version: str) -> AbstractContextManager[IO[bytes]]:
        return io.BytesIO(self._content(key, version))

    def store_preview(self, key: str, image: bytes) -> None:
        if self.newest_object(key) is None:
            self.put(key, image, content_type="image/jpeg")

    def preview_url(self, key: str) -> str:
        return f"https://previews.example.org/{key}"

    def download_url(self, key: str, version: str, *, file_name: str) -> str:
        return f"https://downloads.example.org/{key}?version={version}&file_name={file_name}"

    def _content(self, key: str, version: str) -> bytes:
        for stored, content in self._objects.get(key, []):
            if stored.version == version:
                return content
        raise NotFound("there is no such file")
