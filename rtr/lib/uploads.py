"""Receiving files without holding them in memory, and refusing in time those that are too big.

A file goes to a temporary file, chunk by chunk. Past `UPLOAD_MOST_BYTES` the rest of it is read and
dropped, so that the form's other words arrive and its page can say what is wrong. A request past
`REQUEST_MOST_BYTES` is not read at all (rtr/middleware.py).
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.utils.translation import gettext as _


class BoundedUploadHandler(TemporaryFileUploadHandler):
    def receive_data_chunk(self, raw_data, start):
        if start + len(raw_data) <= settings.UPLOAD_MOST_BYTES:
            self.file.write(raw_data)

    def file_complete(self, file_size):
        """The size is what was sent; of a file that is too big nothing is kept."""
        if file_size > settings.UPLOAD_MOST_BYTES:
            self.file.truncate(0)
        return super().file_complete(file_size)


def refuse_too_big(file) -> None:
    """Raises ValidationError; a validator of every file field (rtr/lib/forms.py)."""
    most = settings.UPLOAD_MOST_BYTES
    if file.size > most:
        raise ValidationError(
            _("Ce fichier est trop lourd : plus de %(most)s mégaoctets. Choisissez-en un autre.")
            % {"most": most // 1024**2}
        )
