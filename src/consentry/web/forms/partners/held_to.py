"""Fields that are held to what a use case takes, so that everything wrong with a form is said at once."""

from collections.abc import Callable
from typing import Any

from django import forms

from consentry.partners.details import (
    LONGEST_DESCRIPTION,
    LONGEST_EMAIL,
    LONGEST_NAME,
    LONGEST_REASON,
    LONGEST_WEBSITE,
    check_description,
    check_email,
    check_name,
    check_reason,
    check_website,
)
from consentry.rules.invalid import InvalidError

Check = Callable[[str, object], None]


def _validator(check: Check, label: str) -> Callable[[str], None]:
    def validate(text: str) -> None:
        try:
            check("", text)
        except InvalidError as refused:
            raise forms.ValidationError(f"{label} {refused.reason}.") from None

    return validate


def _field(check: Check, longest: int, missing: str, widget: forms.Widget, options: dict[str, Any]) -> forms.CharField:
    return forms.CharField(
        max_length=longest,
        validators=[_validator(check, options["label"])],
        widget=widget,
        error_messages={"required": missing},
        required=bool(missing),
        **options,
    )


def line(label: str, missing: str = "", *, autocomplete: str = "off", **options: Any) -> forms.CharField:
    """A line of text; `missing` is what is said when it is empty and must not be."""
    widget = forms.TextInput({"autocomplete": autocomplete})
    return _field(check_name, LONGEST_NAME, missing, widget, {"label": label, **options})


def sentence_line(label: str, missing: str = "", **options: Any) -> forms.CharField:
    """A longer line of text."""
    return _field(check_reason, LONGEST_REASON, missing, forms.TextInput(), {"label": label, **options})


class _Lines(forms.CharField):
    def to_python(self, value: Any) -> str | None:
        """The text; browsers send the ends of its lines as CRLF (HTML, 4.10.21)."""
        found = super().to_python(value)
        return found.replace("\r\n", "\n") if found else found


def text(label: str, missing: str = "", **options: Any) -> forms.CharField:
    """A text of several lines."""
    return _Lines(
        label=label,
        max_length=LONGEST_DESCRIPTION,
        validators=[_validator(check_description, label)],
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": missing},
        required=bool(missing),
        **options,
    )


def email(label: str, missing: str = "", *, autocomplete: str = "off", **options: Any) -> forms.CharField:
    """An address to mail to."""
    widget = forms.EmailInput({"autocomplete": autocomplete})
    return _field(check_email, LONGEST_EMAIL, missing, widget, {"label": label, **options})


def link(label: str, missing: str = "", **options: Any) -> forms.CharField:
    """An address on the web that begins with https://."""
    widget = forms.URLInput({"placeholder": "https://", "autocomplete": "off"})
    return _field(check_website, LONGEST_WEBSITE, missing, widget, {"label": label, **options})
