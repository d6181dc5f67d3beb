"""What is sent along with an acceptance of the terms: the version that was read, and the tick."""

from django import forms


class TermsForm(forms.Form):
    """The version that the page showed, so that nobody accepts one that they have not read."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    accept = forms.BooleanField(
        label="I have read and accept the terms and conditions",
        error_messages={"required": "Read the terms and tick the box to accept them, or sign out."},
    )
