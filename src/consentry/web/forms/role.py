"""What is sent about a business role of a site: its name, and what it holds."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from consentry.people.actions.rename_role import LONGEST
from consentry.rules.permissions import Permission

_BY_NAME = {each.name: each for each in Permission}


class NameForm(forms.Form):
    """What a site calls a role."""

    name = forms.CharField(label="Name", max_length=LONGEST, error_messages={"required": "Enter a name."})


class PermissionsForm(forms.Form):
    """What a role is to hold, and what it held when the page was opened, so that nothing is changed unseen."""

    permissions = forms.MultipleChoiceField(label="Permissions", required=False, widget=forms.CheckboxSelectMultiple)
    seen = forms.Field(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, offered: Sequence[Permission], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["permissions"].choices = [(each.value, each.value) for each in offered]  # type: ignore[attr-defined]

    def wanted(self) -> frozenset[Permission]:
        """What the role is to hold, of a form that is valid."""
        return frozenset(Permission(each) for each in self.cleaned_data["permissions"])

    def before(self) -> frozenset[Permission]:
        """What it held when the page was opened; names that are none count as nothing."""
        names = (self.cleaned_data["seen"] or "").split(",")
        return frozenset(_BY_NAME[name] for name in names if name in _BY_NAME)


def written(permissions: Iterable[Permission]) -> str:
    """Permissions as the hidden field carries them."""
    return ",".join(sorted(each.name for each in permissions))
