"""Registration forms get the short names by which apps know them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from consentry.audit.change import ChangeWithoutEventError
from consentry.audit.names import EventName
from consentry.people.models import Account
from consentry.records.mending import Mended, Planned, Value, in_range, mending, once_each, settle, tidy, wanted_of
from consentry.records.models import RegistrationForm
from consentry.records.writing.column import write_column
from consentry.records.writing.revision import take_revision
from consentry.rules.identity import SchoolId
from consentry.rules.invalid import InvalidError
from consentry.schools.models import Site


class InvalidShortNamesError(Exception):
    """Some short names cannot be; nothing was changed. `reasons` says why, by the id of the form."""

    def __init__(self, reasons: Mapping[int, str]) -> None:
        super().__init__("; ".join(f"{number}: {reason}" for number, reason in reasons.items()))
        self.reasons = reasons


def set_form_short_names(site: Site, planned: Iterable[Planned], *, by: Account, at: datetime) -> Mended:
    """Each form of the plan is called this for short (None, or blanks: nothing), unless it moved meanwhile.

    No two forms of one school year share a short name, whatever the case of its letters. Raises NotPermittedError,
    TurnTakenError, InvalidShortNamesError naming all that cannot be, and InvalidError for too many forms.
    """
    plan, mended = _tidied(once_each(planned)), Mended()
    try:
        with mending(site, by=by, at=at) as this:
            forms = RegistrationForm.objects.filter(school=this.school, id__in=in_range(each.id for each in plan))
            locked = forms.order_by("id").select_for_update(no_key=True)
            mended = settle(plan, dict(locked.values_list("id", "short_name")))
            if mended.changed:
                wanted = wanted_of(plan, mended)
                _check_unique(this.school, wanted)
                revision = take_revision(this)
                write_column(this, RegistrationForm, "short_name", wanted, revision=revision)
                this.record(
                    EventName.FORM_SHORT_NAMES_SET,
                    site,
                    revision=revision,
                    changed=len(mended.changed),
                    left=len(mended.moved),
                    forms=list(mended.changed),
                )
    except ChangeWithoutEventError:
        pass
    return mended


def _tidied(plan: tuple[Planned, ...]) -> tuple[Planned, ...]:
    tidied, reasons = [], {}
    for each in plan:
        try:
            tidied.append(replace(each, wanted=tidy("short_name", each.wanted or "") or None))
        except InvalidError as invalid:
            reasons[each.id] = invalid.reason
    if reasons:
        raise InvalidShortNamesError(reasons)
    return tuple(tidied)


def _check_unique(school: SchoolId, wanted: Mapping[int, Value]) -> None:
    """Raise InvalidShortNamesError for those that another form of the same year will have as well."""
    of_school = RegistrationForm.objects.filter(school=school)
    years = of_school.filter(id__in=list(wanted)).values("academic_year_id")
    rows = of_school.filter(academic_year_id__in=years).values_list("id", "academic_year_id", "short_name")
    named = {number: (year, str(wanted.get(number, now) or "").casefold()) for number, year, now in rows}
    used = Counter(named.values())
    reasons = {
        number: f"another form of this school year is called {wanted[number]} for short"
        for number, (year, name) in named.items()
        if number in wanted and name and used[year, name] > 1
    }
    if reasons:
        raise InvalidShortNamesError(reasons)
