"""What is sent with a school's consent."""

from django import forms

_MOST = 2_147_483_647


class ConsentForm(forms.Form):
    """The version of what is asked for that the person was shown."""

    version = forms.IntegerField(
        min_value=1,
        max_value=_MOST,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "Open this page again, and give consent from there."
        ),
    )
