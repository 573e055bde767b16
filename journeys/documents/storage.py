"""Where papers about people are kept: outside the web root, under names that say nothing."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import FileSystemStorage

NAME = re.compile(r"[a-z]+/\d+/[0-9a-f]{32}")


class PrivateStorage(FileSystemStorage):
    """Files 0600 in folders 0700, without an address: only a view that checks hands one over.

    Raises SuspiciousFileOperation for a name of another form, or that a link leads elsewhere.
    """

    def __init__(self, location: str | Path):
        super().__init__(location, file_permissions_mode=0o600, directory_permissions_mode=0o700)

    def path(self, name: str) -> str:
        path = super().path(name)
        if not NAME.fullmatch(name) or os.path.realpath(path) != self._expected(name):
            raise SuspiciousFileOperation("Ce nom n’est pas celui d’un fichier gardé ici.")
        return path

    def _expected(self, name: str) -> str:
        return os.path.join(os.path.realpath(self.location), name)

    def url(self, name):
        raise SuspiciousFileOperation("Un fichier privé n’a pas d’adresse.")

    def names_before(self, moment: float) -> Iterator[str]:
        """Names of the files written before this moment (seconds since 1970), one by one."""
        for folder, _folders, files in os.walk(self.location):
            for file in files:
                path = os.path.join(folder, file)
                name = os.path.relpath(path, self.location)
                if NAME.fullmatch(name) and os.lstat(path).st_mtime < moment:
                    yield name
