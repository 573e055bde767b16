"""What a row held before an act and holds after it, in words that a session can keep."""

from dataclasses import dataclass

from django.db import models


def _told(value):
    """A column's value as JSON keeps it."""
    if value is None or isinstance(value, bool | int | str | list):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def columns(row: models.Model) -> dict:
    fields = row._meta.local_concrete_fields
    return {f.attname: _told(getattr(row, f.attname)) for f in fields if not f.primary_key}


@dataclass
class Step:
    """One row written: `before` is None for a new one."""

    model: str
    pk: int
    before: dict | None
    after: dict

    @property
    def fields(self) -> list[str]:
        return sorted(self.after)

    def differs(self, row: models.Model) -> bool:
        """Whether somebody wrote over it since."""
        now = columns(row)
        return any(now[name] != value for name, value in self.after.items())

    def restore(self, row: models.Model) -> None:
        for field in row._meta.local_concrete_fields:
            if field.attname in self.before:
                setattr(row, field.attname, field.to_python(self.before[field.attname]))
