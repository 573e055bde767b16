"""The secret key of a machine that was given none: the demo, a developer's shell, tests."""

import os
import secrets
import tempfile
from pathlib import Path


def local_secret_key(local_dir: Path) -> str:
    """Read the key of this checkout, making it the first time.

    Parameters: `local_dir`, the private folder of the checkout (`.local`).
    Returns: a key of 64 URL-safe characters (384 bits), the same for every process.
    Errors: `OSError` when the folder cannot be written.
    """
    path = local_dir / "secret_key"
    if not path.exists():
        private_folder(local_dir)
        _write_once(path, secrets.token_urlsafe(48))
    return path.read_text()


def private_folder(path: Path) -> Path:
    """Make the folder unless it exists: others may pass through it, never list it.

    The database server, when root starts it as a plain user, has its own folder below.
    """
    if not path.exists():
        path.mkdir(mode=0o711, parents=True, exist_ok=True)
        path.chmod(0o711)  # whatever the umask
    return path


def _write_once(path: Path, text: str) -> None:
    """Two commands may start together: the first link wins and none reads half a key."""
    descriptor, draft = tempfile.mkstemp(dir=path.parent)  # 0600 from the start
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(text)
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(draft)
