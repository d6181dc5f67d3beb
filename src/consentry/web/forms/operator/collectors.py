"""What the operator sends about a collector: how it is to be, a secret, a notice, its name to show that it is meant."""

from dataclasses import fields
from typing import Any, Final

from django import forms

from consentry.returns.checking import details_of, digest_of
from consentry.returns.credentials import WHICH
from consentry.returns.models import Collector
from consentry.returns.queries.standings import NOTHING, SORTS
from consentry.rules.collector_details import LONGEST_ADDRESS, LONGEST_SPREAD, CollectorDetails
from consentry.rules.collectors import MOST_SUPPRESSED
from consentry.rules.payload_forms import Format, Granularity
from consentry.rules.sending_window import LONGEST, WindowUnit
from consentry.rules.submission_life import SubmissionState
from consentry.web.forms.desk_query import Choices
from consentry.web.forms.sorted_by import Sorting
from consentry.web.forms.texts import Line, Prose

SCHOOLS: Final = Choices(
    {"today": {each.value: each.label for each in SubmissionState} | {NOTHING: "Nothing made yet"}},
    SORTS,
    Sorting("name", descending=False),
)

SECTIONS: Final = (
    ("What it is, and what schools agree to", ("name", "recipient", "purpose", "local_authority")),
    ("What is told", ("granularity", "format", "window_previous", "window_unit", "suppress_below")),
    ("When it is sent, by the clock of the United Kingdom", ("morning", "afternoon", "spread_minutes")),
    ("Where it is sent", ("base_url", "token_url", "client_id", "oauth_scope", "subscription_header")),
)
"""The fields of the form in the order in which a page shows them, under their headings."""


def _address(label: str, help_text: str) -> Line:
    widget = forms.URLInput({"autocomplete": "off", "spellcheck": "false"})
    return Line(label=label, required=False, max_length=LONGEST_ADDRESS, help_text=help_text, widget=widget)


def _word(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=LONGEST_ADDRESS, strip=False, help_text=help_text)


def _time(label: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        help_text="Empty: there is no such run.",
        error_messages={"invalid": "Type a time such as 12:00."},
    )


class CollectorForm(forms.Form):
    """How a collector is to be. `seen` says what it was when the page was opened; `anyway` that consent may end."""

    seen = forms.CharField(widget=forms.HiddenInput)
    name = Line(label="Name")
    recipient = Line(label="Recipient", help_text="Who receives the counts. Another recipient ends consent.")
    purpose = Prose(label="Purpose", help_text="What for, in words that schools read. Another purpose ends consent.")
    local_authority = Line(
        label="Local authority",
        required=False,
        max_length=3,
        help_text="Three digits, such as 860: the schools whose LAESTAB begins with it are asked.",
    )
    granularity = forms.TypedChoiceField(
        label="Counts",
        coerce=Granularity,
        choices=[(each.value, each.label) for each in Granularity],
        widget=forms.RadioSelect,
    )
    format = forms.TypedChoiceField(
        label="Format", coerce=Format, choices=[(each.value, each.value.upper()) for each in Format]
    )
    window_previous = forms.IntegerField(label="Days before today that are told anew", min_value=0, max_value=LONGEST)
    window_unit = forms.TypedChoiceField(
        label="Which days", coerce=WindowUnit, choices=[(each.value, each.label.capitalize()) for each in WindowUnit]
    )
    suppress_below = forms.IntegerField(
        label="Hide numbers below",
        min_value=0,
        max_value=MOST_SUPPRESSED,
        help_text="5 hides 1 to 4. 0 hides none. Nought is always told.",
    )
    morning = _time("After the morning")
    afternoon = _time("After the afternoon")
    spread_minutes = forms.IntegerField(
        label="Minutes over which schools are spread", min_value=0, max_value=LONGEST_SPREAD
    )
    base_url = _address("Address", "Begins with https://. Returns are sent to /submissions below it.")
    token_url = _address("Address of its tokens", "Begins with https:// (OAuth 2, client credentials).")
    client_id = _word("Client ID")
    oauth_scope = _word("OAuth scope", "Only where the collector asks for one.")
    subscription_header = _word("Header of the subscription key", "Such as Ocp-Apim-Subscription-Key.")
    anyway = forms.BooleanField(label="The consent of schools may end", required=False)

    def __init__(self, *args: Any, collector: Collector, **options: Any) -> None:
        held = details_of(collector)
        kept = {each.name: getattr(held, each.name) for each in fields(CollectorDetails)}
        options["initial"] = kept | {"seen": digest_of(collector)}
        super().__init__(*args, **options)
        if not collector.is_local:
            del self.fields["local_authority"]

    def details(self) -> CollectorDetails:
        """What was sent, of a form that is valid."""
        known = {each.name for each in fields(CollectorDetails)}
        return CollectorDetails(**{name: said for name, said in self.cleaned_data.items() if name in known})


class ConfirmForm(forms.Form):
    """The collector's name as a sign that it is meant."""

    confirm = Line(
        label="Name of the collector",
        help_text="Type it, so that it is no other by mistake.",
        error_messages={"required": "Type the name of the collector, so that it is no other by mistake."},
    )

    def __init__(self, *args: Any, collector: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self._collector = collector
        self.order_fields(["notice", "confirm"])

    def clean_confirm(self) -> str:
        """Raise ValidationError for another name than that of this collector."""
        typed = str(self.cleaned_data["confirm"])
        if typed != " ".join(self._collector.split()):
            raise forms.ValidationError("This is not the name of the collector. Type it as it stands above.")
        return typed


class NoticeForm(ConfirmForm):
    """And what schools read about it."""

    notice = Prose(
        label="Notice",
        help_text="Schools read it on their page about this collector.",
        error_messages={"required": "Say why: schools read it."},
    )


class SecretForm(forms.Form):
    """One of the secrets by which the collector knows us; empty removes it."""

    which = forms.ChoiceField(
        label="Which",
        choices=[(each, each.capitalize()) for each in WHICH],
        widget=forms.RadioSelect,
        initial=WHICH[0],
        error_messages={"required": "Choose which one.", "invalid_choice": "Choose one of these."},
    )
    secret = forms.CharField(
        label="Secret",
        required=False,
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput({"autocomplete": "off"}),
        help_text="Copy it from the collector. It is sealed, and shown to nobody again. Empty: the one there is goes.",
    )
