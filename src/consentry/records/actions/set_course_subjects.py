"""Courses and classes get the subject that is taught in them."""

from collections.abc import Iterable
from datetime import datetime

from consentry.audit.change import ChangeWithoutEventError
from consentry.audit.names import EventName
from consentry.people.models import Account
from consentry.records.mending import Mended, Planned, in_range, mending, once_each, settle, wanted_of
from consentry.records.models import AcademicUnit, Subject
from consentry.records.writing.column import write_column
from consentry.records.writing.revision import take_revision
from consentry.rules.identity import SchoolId
from consentry.rules.invalid import InvalidError
from consentry.schools.models import Site


def set_course_subjects(site: Site, planned: Iterable[Planned], *, by: Account, at: datetime) -> Mended:
    """Each course of the plan has this subject of the school's list (None: no subject), unless it moved meanwhile.

    Raises NotPermittedError, TurnTakenError, and InvalidError for a subject that the list does not have, and for too
    many courses. Ids of other schools' courses, and of what stands for a registration form, are as those of none.
    """
    plan, mended = once_each(planned), Mended()
    try:
        with mending(site, by=by, at=at) as this:
            _check_subjects(this.school, plan)
            courses = AcademicUnit.objects.filter(
                school=this.school, registration_form_id=None, id__in=in_range(each.id for each in plan)
            )
            locked = courses.order_by("id").select_for_update(no_key=True)
            mended = settle(plan, dict(locked.values_list("id", "subject_id")))
            if mended.changed:
                revision = take_revision(this)
                write_column(this, AcademicUnit, "subject", wanted_of(plan, mended), revision=revision)
                this.record(
                    EventName.COURSE_SUBJECTS_SET,
                    site,
                    revision=revision,
                    changed=len(mended.changed),
                    left=len(mended.moved),
                    courses=list(mended.changed),
                )
    except ChangeWithoutEventError:
        pass
    return mended


def _check_subjects(school: SchoolId, plan: tuple[Planned, ...]) -> None:
    wanted = {each.wanted for each in plan if each.wanted != each.seen} - {None}
    known = Subject.objects.filter(school=school, active=True, id__in=in_range(wanted))
    if wanted - set(known.values_list("id", flat=True)):
        raise InvalidError("subject", "choose a subject of the school’s list")
