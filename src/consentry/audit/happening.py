"""One event before it is written."""

from dataclasses import dataclass

from consentry.audit.names import EventName

Detail = str | int | bool | list[str] | list[int] | None
"""What an event may tell beside its name: names, numbers and versions; never a pupil's data, never a secret."""


@dataclass(frozen=True)
class Happening:
    """What happened to which row."""

    name: EventName
    subject_type: str
    subject_id: int | None
    subject_name: str
    details: dict[str, Detail]
