"""Registration forms get the short names by which apps know them."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from consentry.audit.change import ChangeWithoutEventError
from consentry.audit.names import EventName
from consentry.people.models import Account
from consentry.records.mending import Mended, Planned, in_range, mending, once_each, settle, wanted_of
from consentry.records.models import RegistrationForm
from consentry.records.queries.short_names import taken, tidied
from consentry.records.writing.column import write_column
from consentry.records.writing.revision import take_revision
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
    plan, reasons = tidied(once_each(planned))
    if reasons:
        raise InvalidShortNamesError(reasons)
    mended = Mended()
    try:
        with mending(site, by=by, at=at) as this:
            forms = RegistrationForm.objects.filter(school=this.school, id__in=in_range(each.id for each in plan))
            locked = forms.order_by("id").select_for_update(no_key=True)
            mended = settle(plan, dict(locked.values_list("id", "short_name")))
            if mended.changed:
                wanted = wanted_of(plan, mended)
                if reasons := taken(this.school, wanted):
                    raise InvalidShortNamesError(reasons)
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
