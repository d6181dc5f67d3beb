"""Deciding for many schools: which were chosen, and what is sent with the confirmation."""

from dataclasses import dataclass

from django import forms
from django.http import QueryDict

from consentry.connections.deciding import Seen
from consentry.rules.connection_life import Move
from consentry.workflows.decide_for_schools import Previewed, Wanted

WAITING, APPROVED, TICKED = "waiting", "approved", "ticked"
_DIGITS = 18
_PARTS = 4
_WRONG = "Type the number of schools that you decide for, as a figure."
MOVES = {Move.APPROVE.value: Move.APPROVE, Move.REJECT.value: Move.REJECT}


@dataclass(frozen=True)
class Chosen:
    """What is to be previewed: the decision, and for which schools; `schools` are the ids of those that were ticked."""

    move: Move
    which: str
    schools: frozenset[int]


def chosen(query: QueryDict) -> Chosen | None:
    """What `?decision=approve&which=waiting` or `…&which=ticked&school=4&school=7` chooses; None for nothing."""
    move, which = MOVES.get(query.get("decision", "")), query.get("which", "")
    if move is None or which not in {WAITING, APPROVED, TICKED}:
        return None
    ticked = [_number(text) for text in query.getlist("school")]
    return Chosen(move, which, frozenset(each for each in ticked if each is not None))


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else None


class ConfirmForm(forms.Form):
    """The decision, the name of the round, what was previewed at each school, and the typed number of schools."""

    decision = forms.ChoiceField(choices=[(each, each) for each in MOVES], widget=forms.HiddenInput)
    run = forms.UUIDField(widget=forms.HiddenInput)
    number = forms.CharField(
        label="Number of schools",
        max_length=20,
        error_messages={"required": _WRONG, "max_length": _WRONG},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, data: QueryDict | None = None, *, initial: dict[str, str] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.previewed = _previewed(data.getlist("seen")) if data is not None else None
        self.schools = len(self.previewed or ())
        self.fields["number"].required = data is None or self.schools > 1

    def ask_for(self, schools: int) -> None:
        """Ask for this number of schools."""
        self["number"].help_text = f"To go on, type {schools}, the number of schools that you decide for."

    def clean_number(self) -> str:
        """The number of schools, where there are more than one."""
        typed = str(self.cleaned_data["number"]).strip()
        if self.schools > 1 and typed != str(self.schools):
            raise forms.ValidationError(_WRONG)
        return typed

    @property
    def is_ours(self) -> bool:
        """Whether it says what no person types: the decision, the round, and what was seen."""
        return bool(self.previewed) and not {"decision", "run"} & self.errors.keys()

    def wanted(self, app: int) -> Wanted:
        """What was confirmed, of a form that is valid."""
        data = self.cleaned_data
        return Wanted(app, MOVES[data["decision"]], tuple(self.previewed or ()), data["run"].hex)


def written(previewed: Previewed) -> str:
    """One school as the form sends it."""
    seen = previewed.seen
    return f"{previewed.school}.{previewed.connection}.{seen.version}.{seen.moves}"


def _previewed(sent: list[str]) -> list[Previewed] | None:
    """What was sent of each school, once for each; None where a part cannot be read."""
    found: dict[int, Previewed] = {}
    for text in sent:
        numbers = [_number(part) for part in text.split(".")]
        if len(numbers) != _PARTS or None in numbers:
            return None
        school, connection, version, moves = (each or 0 for each in numbers)
        found.setdefault(school, Previewed(school, connection, Seen(version, moves)))
    return list(found.values())
