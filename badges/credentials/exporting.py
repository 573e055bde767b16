"""Signed badges as files, for verifiers that are not ours."""

from pathlib import Path

from badges.credentials import rendering
from badges.credentials.models import Credential
from rtr import scope


def export(out: Path, *, limit: int | None = None) -> int:
    """Write each badge as `<uuid>.json`, `.jwt`, and, if it has an image, `.png` and `.svg`.

    Parameters: `out`, a folder, made if it is not there; `limit`, the most badges, latest first.
    Returns: how many were written. Revoked ones are among them: their list says so.
    """
    out.mkdir(parents=True, exist_ok=True, mode=0o700)
    with scope.everything("export_credentials: the badges of every territory"):
        rows = Credential.objects.exclude(document="").select_related("version")
        found = list(rows.order_by("-signed_on", "-pk")[:limit])
    for one in found:
        _write(out / str(one.uuid), one)
    return len(found)


def _write(path: Path, one: Credential) -> None:
    path.with_suffix(".json").write_text(one.document, encoding="utf-8")
    path.with_suffix(".jwt").write_text(one.token, encoding="ascii")
    if one.version.image_svg:
        path.with_suffix(".png").write_bytes(rendering.as_png(one))
        path.with_suffix(".svg").write_text(rendering.as_svg(one), encoding="utf-8")
