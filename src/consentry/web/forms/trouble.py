"""What is said about an app that does not work: the school's report, and what anybody says to it later."""

from datetime import datetime

from django import forms

from consentry.connections.actions.report_trouble import NewTrouble, SeenFacts, digest_of
from consentry.rules.trouble_facts import TroubleFacts
from consentry.rules.trouble_life import TroubleKind
from consentry.web.forms.texts import Prose


class TroubleForm(forms.Form):
    """What does not work, since when, and the facts that the form showed: as of when, and their digest."""

    seen_at = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    kind = forms.ChoiceField(
        label="What does not work?",
        choices=[(each.value, each.label) for each in TroubleKind],
        widget=forms.RadioSelect,
        error_messages={"required": "Say what does not work.", "invalid_choice": "Choose what does not work."},
    )
    since = forms.DateField(
        label="Since when?",
        required=False,
        help_text="As far as you know.",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "The day is not a date."},
    )
    text = Prose(
        label="What happens, and what did you expect?",
        help_text="The company reads this. Please name no students, guardians or staff.",
        error_messages={"required": "Say what happens, and what you expected."},
    )

    def wanted(self) -> NewTrouble:
        """What is reported, of a form that is valid."""
        said = self.cleaned_data
        return NewTrouble(TroubleKind(said["kind"]), said["since"], said["text"])

    def seen_facts(self, now: datetime) -> SeenFacts:
        """Which facts the form showed; what cannot be is none that there ever were."""
        try:
            at = datetime.fromisoformat(self.cleaned_data["seen_at"])
        except ValueError:
            return SeenFacts(now, "")
        return SeenFacts(at, self.cleaned_data["seen"]) if at.tzinfo else SeenFacts(now, "")

    def show_facts(self, facts: TroubleFacts) -> None:
        """From now on the form tells of these facts, whatever was sent before."""
        shown = {"seen_at": facts["at"], "seen": digest_of(facts)}
        self.initial.update(shown)
        if self.is_bound:
            self.data = {**dict(self.data.items()), **shown}


class WordForm(forms.Form):
    """What somebody says to a report."""

    text = Prose(label="Your answer", error_messages={"required": "Write your answer."})


class CompanyAnswerForm(WordForm):
    """What a company answers, and whether the problem is solved by it."""

    settles = forms.BooleanField(
        label="The problem is solved",
        required=False,
        help_text="Settles the report. The school can reopen it.",
    )
