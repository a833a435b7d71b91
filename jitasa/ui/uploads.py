"""Where the files of a form lie while it is read: in the temporary folder, without a name.

A nameless file is gone with its process, also when that is killed. When the disk is full the file is given
up and the rest of the form is still read, so that what was typed can be shown again (``ui.storage_full``).
"""

import tempfile
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from jitasa.ui.storage_full import is_storage_full, note_storage_full


class NamelessFiles(FileUploadHandler):
    """Takes the files that are too large for memory, as ``TemporaryFileUploadHandler`` does."""

    file: UploadedFile[Any]

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """:raises SkipFile: no file can be made."""
        super().new_file(*args, **kwargs)
        with _GivenUpWhenFull(self):
            made = tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115 (closed with the request)
        self.file = UploadedFile(
            made, self.file_name, self.content_type, 0, self.charset, self.content_type_extra
        )

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:  # noqa: ARG002 (Django's signature)
        """:raises SkipFile: the disk is full."""
        with _GivenUpWhenFull(self):
            self.file.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        self.file.seek(0)
        self.file.size = file_size
        return self.file

    def upload_interrupted(self) -> None:
        if hasattr(self, "file"):
            self.file.close()


class _GivenUpWhenFull:
    """Turns "no space left" into a file that is left out, noted at the request."""

    def __init__(self, handler: NamelessFiles) -> None:
        self.handler = handler

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if error is not None and is_storage_full(error):
            self.handler.upload_interrupted()
            note_storage_full(self.handler.request)
            raise SkipFile from error
