"""Which of a trust's schools somebody may sign in to: the form that changes it."""

from collections.abc import Mapping
from typing import Any

from django import forms

from consentry.rules.reach import SchoolAccess, SchoolReach

WORDS = {SchoolAccess.ALL: "All schools", SchoolAccess.SOME: "Some schools", SchoolAccess.NONE: "No schools"}


class SchoolAccessForm(forms.Form):
    """All schools, some, or none; which, where it is some."""

    access = forms.ChoiceField(
        label="Schools they may sign in to",
        choices=[(each.value, words) for each, words in WORDS.items()],
        widget=forms.RadioSelect,
        help_text="“All schools” takes in those that join the trust later.",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose all, some or no schools."),
    )
    schools = forms.MultipleChoiceField(
        label="Which schools",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Only where you choose “Some schools”.",
        error_messages={"invalid_choice": "One of these schools does not belong to the trust."},
    )

    def __init__(self, schools: Mapping[int, str], reach: SchoolReach, data: Mapping[str, Any] | None = None) -> None:
        chosen = {"access": reach.access.value, "schools": [str(each) for each in reach.schools]}
        super().__init__(data, initial=chosen)
        self.fields["schools"].choices = [(str(number), name) for number, name in schools.items()]  # type: ignore[attr-defined]

    def wanted(self) -> SchoolReach:
        """What was chosen, of a form that is valid."""
        access = SchoolAccess(self.cleaned_data["access"])
        schools = self.cleaned_data["schools"] if access is SchoolAccess.SOME else []
        return SchoolReach(access, frozenset(int(each) for each in schools))
