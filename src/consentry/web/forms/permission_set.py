"""What a company sends about a permission set: one row of its draft, which draft was seen, the note of a version."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from django import forms

from consentry.partners.actions.publish_version import ALL_FIELDS, ONLY_READ, AskedRow
from consentry.partners.details import LONGEST_DESCRIPTION, LONGEST_REASON
from consentry.partners.queries.drafts import DraftSeen
from consentry.rules.catalogue import DataType, Field
from consentry.rules.grants import Action
from consentry.web.forms.list_query import search

_ACTIONS = {
    Action.READ: "Read: see this data",
    Action.WRITE: "Write: create new records",
    Action.UPDATE: "Update: edit what is there",
    Action.DELETE: "Delete: remove records",
}
_WHOLE, _CHOSEN = "all", "some"
_NEEDED, _OPTIONAL = "required", "optional"


class SeenForm(forms.Form):
    """Which draft and which version the person had before them, so that nobody saves over what they have not seen."""

    edition = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def seen(self) -> DraftSeen:
        """What they saw, of a form that is valid."""
        return DraftSeen(self.cleaned_data["edition"], self.cleaned_data["version"])


class RowForm(SeenForm):
    """One data type: all its fields or some, what may be done with it, why, and whether the app works without it."""

    whole = forms.ChoiceField(
        label="Which fields",
        choices=[
            (_WHOLE, "All fields, as there are when the version is published"),
            (_CHOSEN, "Only the fields ticked below"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose all fields, or only some."},
    )
    fields_asked = forms.MultipleChoiceField(
        label="Specific fields",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None ticked asks for identity alone: the id and display name, which come with any read.",
        error_messages={"invalid_choice": "“%(value)s” is not a field of this data type."},
    )
    actions = forms.MultipleChoiceField(
        label="What the app may do",
        choices=[(action.value, words) for action, words in _ACTIONS.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one.", "invalid_choice": "“%(value)s” cannot be asked for."},
    )
    reason = forms.CharField(
        label="Why the app needs it",
        max_length=LONGEST_REASON,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text="One plain sentence, which every school reads: “To print the register with first names”.",
        error_messages={"required": "Say in one plain sentence why the app needs this."},
    )
    need = forms.ChoiceField(
        label="Does the app work without it?",
        choices=[(_NEEDED, "No: it is required"), (_OPTIONAL, "Yes: it is optional")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the app works without it."},
    )

    def __init__(self, data_type: DataType, *args: Any, is_provider: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.data_type, self.is_provider = data_type, is_provider
        fields = [(field.name, _label(field)) for field in data_type.fields.values()]
        self.fields["fields_asked"].choices = fields  # type: ignore[attr-defined]
        if is_provider:
            self.fields["actions"].help_text = f"Read alone: {ONLY_READ}."

    def clean_reason(self) -> str:
        """The reason on one line, without signs that cannot be seen."""
        reason = " ".join(self.cleaned_data["reason"].split())
        if any(unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn"} for letter in reason):
            raise forms.ValidationError("The reason holds signs that cannot be shown.")
        return reason

    def clean_actions(self) -> list[str]:
        """Reading alone for a data provider."""
        actions: list[str] = self.cleaned_data["actions"]
        if self.is_provider and actions != [Action.READ.value]:
            raise forms.ValidationError(f"Untick all but Read: {ONLY_READ}.")
        return actions

    def row(self) -> AskedRow:
        """The row, of a form that is valid."""
        sent = self.cleaned_data
        return AskedRow(
            self.data_type.name,
            ALL_FIELDS if sent["whole"] == _WHOLE else tuple(sent["fields_asked"]),
            frozenset(map(Action, sent["actions"])),
            sent["reason"],
            sent["need"] == _NEEDED,
        )


def initial_of(row: AskedRow | None) -> dict[str, Any]:
    """What the form holds before anybody types: the row of the draft, or what is usual for a new one."""
    if row is None:
        return {"whole": _CHOSEN, "actions": [Action.READ.value], "need": _NEEDED}
    is_whole = tuple(row.fields) == ALL_FIELDS
    return {
        "whole": _WHOLE if is_whole else _CHOSEN,
        "fields_asked": [] if is_whole else list(row.fields),
        "actions": [action.value for action in row.actions],
        "reason": row.reason,
        "need": _NEEDED if row.required else _OPTIONAL,
    }


class PublishForm(SeenForm):
    """What the company says of the version, for every school to read."""

    note = forms.CharField(
        label="What schools should know about this version",
        max_length=LONGEST_DESCRIPTION,
        widget=forms.Textarea({"rows": 4}),
        help_text="What the app does better with it, and what is new. Every school reads it above the list.",
        error_messages={"required": "Say what schools should know about this version."},
    )

    def clean_note(self) -> str:
        """The note with plain line breaks, without signs that cannot be seen."""
        note = "\n".join(line.strip() for line in self.cleaned_data["note"].splitlines()).strip()
        if any(unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn"} for letter in note if letter != "\n"):
            raise forms.ValidationError("The note holds signs that cannot be shown.")
        return note


def compared(query: Mapping[str, str], numbers: list[int]) -> tuple[int, int]:
    """The two versions that `?from=1&to=3` compares, 0 for nothing; what is not one of them is the newest two."""
    newest = numbers[0] if numbers else 0
    after = _number(query.get("to", ""), numbers, newest)
    before = next((each for each in numbers if each < after), 0)
    return _number(query.get("from", ""), [0, *numbers], before), after


def looked_for(query: Mapping[str, str]) -> str:
    """What is searched for in the catalogue, "" for nothing."""
    return search(query)


def _number(text: str, known: list[int], otherwise: int) -> int:
    return next((each for each in known if str(each) == text), otherwise)


def _label(field: Field) -> str:
    return f"{field.label} (special category data)" if field.special else field.label
