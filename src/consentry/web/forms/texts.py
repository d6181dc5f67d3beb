"""Fields of forms for texts of people: a line, and a text of several lines."""

from typing import Any

from django import forms

from consentry.partners.details import LONGEST_DESCRIPTION, LONGEST_NAME


class Prose(forms.CharField):
    """A text of several lines; however a browser breaks them, they come with a line feed alone."""

    def __init__(self, **options: Any) -> None:
        widget = forms.Textarea({"rows": 4})
        super().__init__(**{"max_length": LONGEST_DESCRIPTION, "widget": widget, **options})

    def to_python(self, value: Any) -> str:
        """The text as it is kept."""
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")


class Line(forms.CharField):
    """One line; blanks in it are single."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput({"autocomplete": "off"})
        super().__init__(**{"max_length": LONGEST_NAME, "widget": widget, **options})

    def to_python(self, value: Any) -> str:
        """The line as it is kept."""
        return " ".join(str(super().to_python(value)).split())
