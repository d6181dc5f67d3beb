"""What is sent with a decision of the operator's desk."""

from collections.abc import Sequence
from typing import Any

from django import forms

from consentry.partners.details import LONGEST_NAME, LONGEST_REASON
from consentry.rules.company_life import Declined
from consentry.web.forms.partners.held_to import email
from consentry.web.forms.texts import Line, Prose


class NoteForm(forms.Form):
    """A word of the operator, for whom the decision is about."""

    note = Prose(label="Note", required=False, help_text="They read it, in an email and here.")


class DeclineForm(forms.Form):
    """Why not, and a word about it."""

    reason = forms.ChoiceField(
        label="Reason",
        choices=[(each.value, each.label) for each in Declined],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the reason.", "invalid_choice": "Choose one of the reasons."},
    )
    note = Prose(label="Note", required=False, help_text="They read the reason and this note, in an email and here.")

    def declined(self) -> Declined:
        """The reason, of a form that is valid."""
        return Declined(self.cleaned_data["reason"])


class SuspendForm(forms.Form):
    """Why, and the app's name as a sign that it is meant."""

    reason = Line(
        label="Reason",
        max_length=LONGEST_REASON,
        help_text="One line. The company reads it in an email, schools read it on the app’s page in their directory.",
        error_messages={"required": "Say why the app is suspended."},
    )
    confirm = Line(
        label="Name of the app",
        max_length=LONGEST_NAME,
        help_text="Type it, so that no other app is suspended by mistake.",
        error_messages={"required": "Type the name of the app, so that no other is suspended by mistake."},
    )

    def __init__(self, *args: Any, app: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self._app = app

    def clean_confirm(self) -> str:
        """Raise ValidationError for another name than that of this app."""
        typed = str(self.cleaned_data["confirm"])
        if typed != " ".join(self._app.split()):
            raise forms.ValidationError("This is not the name of the app. Type it as it stands above.")
        return typed


class EmailForm(forms.Form):
    """To whom a link is mailed."""

    email = email(
        "Email", "Type the email.", help_text="Whoever reads mail there acts for the company: be sure that it named it."
    )


class QuestionForm(forms.Form):
    """What the operator would like to know."""

    text = Prose(label="Question", error_messages={"required": "Write the question."})


class LinkForm(forms.Form):
    """Which app of the directory it is that was asked for."""

    app = forms.TypedChoiceField(
        label="Partner app",
        coerce=int,
        error_messages={"required": "Choose the app.", "invalid_choice": "Choose an app of the directory."},
    )

    def __init__(self, *args: Any, apps: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["app"].choices = [("", "Choose an app"), *apps]  # type: ignore[attr-defined]
