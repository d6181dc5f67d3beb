"""The forms of one course's and one registration form's own page; each sends what the page showed."""

from collections.abc import Iterable

from django import forms

from consentry.records.mending import LONGEST, Planned
from consentry.web.forms.programmes.plan import number_or_none


class ChooseForm(forms.Form):
    """A choice of one of the school's subjects or year groups, or of none."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    chosen = forms.ChoiceField(required=False)

    def __init__(
        self,
        data: dict[str, str] | None = None,
        *,
        label: str,
        none: str,
        choices: Iterable[tuple[int, str]],
        now: tuple[int | None, str],
    ) -> None:
        super().__init__(
            data, initial={"seen": now[0] or "", "chosen": now[0] or ""}, prefix=label.replace(" ", "-").lower()
        )
        options = dict(choices)
        if now[0] is not None and now[0] not in options:
            options[now[0]] = f"{now[1]} (not in use)"
        field = self.fields["chosen"]
        field.label = label
        field.choices = [("", none), *((str(number), name) for number, name in options.items())]  # type: ignore[attr-defined]

    def planned(self, number: int) -> Planned:
        """What the form says of the record of this id, of a form that is valid."""
        seen, wanted = (number_or_none(self.cleaned_data[each]) for each in ("seen", "chosen"))
        return Planned(number, seen, wanted)


class ShortNameForm(forms.Form):
    """The short name of a registration form."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=LONGEST, strip=False)
    short_name = forms.CharField(
        label="Short name",
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text="As apps know the form, such as 7A. No two forms of a year share one.",
    )

    def __init__(self, data: dict[str, str] | None = None, *, now: str | None) -> None:
        super().__init__(data, initial={"seen": now or "", "short_name": now or ""}, prefix="name")

    def planned(self, number: int) -> Planned:
        """What the form says of the registration form of this id, of a form that is valid."""
        return Planned(number, self.cleaned_data["seen"] or None, self.cleaned_data["short_name"] or None)


class SubjectForm(forms.Form):
    """A subject that the school's list lacks."""

    name = forms.CharField(
        label="Name of the subject",
        max_length=LONGEST,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": "Enter the name of the subject."},
    )
