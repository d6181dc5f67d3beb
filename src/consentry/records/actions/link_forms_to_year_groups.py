"""Registration forms are linked to year groups, in the way in which apps find it.

A form has no year group of its own in the catalogue: the course that stands for the form (`registrationForm`) names it
(`academicLevel`). A form that has no such course gets one.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import QuerySet

from consentry.audit.change import Change, ChangeWithoutEventError
from consentry.audit.names import EventName
from consentry.people.models import Account
from consentry.records.actions.match_former import match_former
from consentry.records.mending import Mended, Planned, Value, in_range, mending, once_each, settle, wanted_of
from consentry.records.models import AcademicLevel, AcademicUnit, RegistrationForm
from consentry.records.queries.year_groups_of_forms import year_groups_of_forms
from consentry.records.writing.column import write_column
from consentry.records.writing.revision import take_revision
from consentry.rules.identity import SchoolId
from consentry.rules.invalid import InvalidError
from consentry.schools.models import Site


def link_forms_to_year_groups(site: Site, planned: Iterable[Planned], *, by: Account, at: datetime) -> Mended:
    """Each form of the plan is linked to this year group (None: to none), unless it moved meanwhile.

    Raises NotPermittedError, TurnTakenError, and InvalidError for a year group that the school does not have in the
    form's school year, and for too many forms. Ids of other schools' forms are as those of none.
    """
    plan, mended = once_each(planned), Mended()
    try:
        with mending(site, by=by, at=at) as this:
            numbers = in_range(each.id for each in plan)
            forms = RegistrationForm.objects.filter(school=this.school, id__in=numbers).order_by("id")
            years = dict(forms.select_for_update(no_key=True).values_list("id", "academic_year_id"))
            _check_levels(this.school, plan, years)
            linked = year_groups_of_forms(this.school, years)
            mended = settle(plan, {number: linked.get(number) for number in years})
            if mended.changed:
                revision = _link(this, forms, wanted_of(plan, mended))
                this.record(
                    EventName.FORMS_LINKED,
                    site,
                    revision=revision,
                    changed=len(mended.changed),
                    left=len(mended.moved),
                    forms=list(mended.changed),
                )
    except ChangeWithoutEventError:
        pass
    return mended


def _check_levels(school: SchoolId, plan: tuple[Planned, ...], years: dict[int, int]) -> None:
    wanted = {each.wanted for each in plan} - {None}
    levels = AcademicLevel.objects.filter(school=school, id__in=in_range(wanted))
    year_of: dict[Value, int] = dict(levels.values_list("id", "academic_year_id"))
    if wanted - set(year_of):
        raise InvalidError("year_group", "choose a year group of the school")
    if any(years.get(each.id, year_of.get(each.wanted)) != year_of.get(each.wanted) for each in plan if each.wanted):
        raise InvalidError("year_group", "choose a year group of the same school year as the forms")


def _link(this: Change, forms: QuerySet[RegistrationForm], wanted: dict[int, Value]) -> int:
    """The courses that stand for the forms name the year groups; in which revision."""
    units = AcademicUnit.objects.filter(school=this.school, registration_form_id__in=list(wanted)).order_by("id")
    there = dict(units.select_for_update(no_key=True).values_list("id", "registration_form_id"))
    have = set(there.values())
    revision = take_revision(this)
    levels = {number: wanted[form] for number, form in there.items() if form is not None}
    write_column(this, AcademicUnit, "academic_level", levels, revision=revision)
    lacking = [number for number, level in wanted.items() if level is not None and number not in have]
    rows: QuerySet[AcademicUnit] = QuerySet(AcademicUnit)
    made = rows.bulk_create(_units(this, forms.filter(id__in=lacking), wanted, revision))
    if made:
        match_former(this)
    return revision


def _units(
    this: Change, forms: QuerySet[RegistrationForm], levels: dict[int, Value], revision: int
) -> Iterator[AcademicUnit]:
    """A course for each of these forms, called as it is: by the name that it keeps, so that a wipe finds it again."""
    columns = ("id", "registration_form_name", "academic_year_id")
    for form, name, year in forms.values_list(*columns):
        yield AcademicUnit(
            school_id=this.school,
            revision_id=revision,
            academic_unit_name=name,
            short_name=name,
            academic_year_id=year,
            registration_form_id=form,
            academic_level_id=levels[form],
        )
