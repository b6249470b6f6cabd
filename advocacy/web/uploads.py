"""How much a request with files may bring, decided before its first byte is read (BAD-1)."""

from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class BodyLimit(FileUploadHandler):
    """Refuses a body that is too long; the handlers after this one keep the files.

    Django limits what is no file (``DATA_UPLOAD_MAX_MEMORY_SIZE``) but takes files of any size,
    on any address and of anybody, because it looks for the token of the form among them.
    """

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, Any],  # noqa: N803 - Django's name
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        """Look at the length that was announced; no more than that is read."""
        if content_length > settings.UPLOAD_MAX_BYTES:
            raise RequestDataTooBig("the body is longer than UPLOAD_MAX_BYTES")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        return None
