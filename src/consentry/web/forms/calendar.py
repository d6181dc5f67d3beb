"""What is sent about a school's calendar: a year to look at, an entry, a file of term dates."""

from collections.abc import Mapping
from datetime import date
from typing import Any, BinaryIO, cast

from django import forms

from consentry.rules.attendance_codes import Session
from consentry.rules.calendar_faults import EARLIEST, LATEST
from consentry.rules.dates import DateFault, day_between
from consentry.rules.school_calendar import CalendarEntry, EntryKind
from consentry.schools.keeping_calendar import LONGEST, digest
from consentry.web.forms.texts import Line

_BEGINS = 8, 1
_SESSIONS = [("", "Both sessions"), (Session.AM.value, "Morning only"), (Session.PM.value, "Afternoon only")]
LARGEST = 1_000_000
"""Bytes of a file of term dates: a thousand entries with the longest names are a fifth of it."""


def year_asked(text: str, today: date) -> date:
    """The first day of the school year that begins in the year that was asked for; today for none that can be."""
    found = day_between(f"{text}-08-01", date(EARLIEST.year, *_BEGINS), LATEST)
    return today if isinstance(found, DateFault) else found


def _day(label: str, *, required: str = "", help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=bool(required),
        help_text=help_text,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": required, "invalid": f"The {label.lower()} is not a date."},
    )


class EntryForm(forms.Form):
    """An entry, and the digest of the one that the form showed. What can be is said by the use case."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    kind = forms.TypedChoiceField(
        label="What it is",
        choices=[(each.value, each.label) for each in EntryKind],
        coerce=EntryKind,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is."},
    )
    first_day = _day("First day", required="Enter the first day.")
    last_day = _day("Last day", help_text="The last day that it holds for. Leave it empty for a single day.")
    session = forms.ChoiceField(
        label="Sessions",
        required=False,
        choices=_SESSIONS,
        widget=forms.RadioSelect,
        help_text="A term or half term is always of both.",
    )
    name = Line(
        label="Name",
        required=False,
        max_length=LONGEST,
        help_text="Shown on the calendar, such as Autumn term or INSET day. Do not name a person.",
    )

    @classmethod
    def showing(cls, entry: CalendarEntry) -> "EntryForm":
        """The form filled in with an entry."""
        return cls(
            initial={
                "seen": digest(entry),
                "kind": entry.kind.value,
                "first_day": entry.first_day,
                "last_day": entry.last_day,
                "session": entry.session.value if entry.session else "",
                "name": entry.name,
            }
        )

    @classmethod
    def of_address(cls, asked: Mapping[str, str]) -> "EntryForm":
        """The form of a new entry: `?kind=closure&day=2026-11-13`, as far as these can be."""
        kind = asked.get("kind", "")
        day = day_between(asked.get("day", ""), EARLIEST, LATEST)
        return cls(
            initial={
                "kind": kind if kind in set(EntryKind) else EntryKind.CLOSURE.value,
                "first_day": None if isinstance(day, DateFault) else day,
                "session": "",
            }
        )

    def entry(self) -> CalendarEntry:
        """What was typed, of a form that is valid."""
        said: dict[str, Any] = self.cleaned_data
        session = Session(said["session"]) if said["session"] else None
        return CalendarEntry(
            said["kind"], said["first_day"], said["last_day"] or said["first_day"], session, said["name"]
        )

    def day(self) -> date | None:
        """The day that the form speaks of, as far as it does."""
        typed = self.cleaned_data if hasattr(self, "cleaned_data") else self.initial
        day: date | None = typed.get("first_day")
        return day


class TermDatesForm(forms.Form):
    """A file of term dates."""

    file = forms.FileField(
        label="File of term dates",
        widget=forms.ClearableFileInput({"accept": ".csv,text/csv"}),
        error_messages={"required": "Choose a file.", "empty": "The file is empty."},
    )

    def clean_file(self) -> BinaryIO:
        """The file, of a size that can be one of term dates."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError("The file is larger than 1 MB: it is no file of term dates.")
        return cast("BinaryIO", file)

    def stream(self) -> BinaryIO:
        """The file, of a form that is valid."""
        return cast("BinaryIO", self.cleaned_data["file"].file)
