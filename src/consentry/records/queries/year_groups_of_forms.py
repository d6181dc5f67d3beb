"""Which year group a registration form is linked to, and which one its pupils are in."""

from collections.abc import Iterable
from datetime import date

from django.db import connection

from consentry.records.models import AcademicUnit
from consentry.rules.identity import SchoolId

_OF_PUPILS = """
select f.id, min(l.id), count(distinct l.id)
from records_registrationform f
join records_registrationformmembership i on i.school_id = f.school_id and i.registration_form_id = f.id
join records_academiclevelmembership m on m.school_id = i.school_id and m.student_id = i.student_id
join records_academiclevel l
    on l.school_id = m.school_id and l.id = m.academic_level_id and l.academic_year_id = f.academic_year_id
where f.school_id = %(school)s and f.id = any(%(forms)s)
    and i.start_date <= %(on)s and coalesce(i.end_date, %(on)s) >= %(on)s
    and m.start_date <= %(on)s and coalesce(m.end_date, %(on)s) >= %(on)s
group by f.id
"""


def year_groups_of_forms(school: SchoolId, forms: Iterable[int]) -> dict[int, int]:
    """The year group of each form that is linked to one: what the course that stands for the form names.

    Of several such courses the first that names one counts.
    """
    units = AcademicUnit.objects.filter(school=school, registration_form_id__in=list(forms)).order_by("-id")
    linked = units.exclude(academic_level_id=None).values_list("registration_form_id", "academic_level_id")
    return {form: level for form, level in linked if form is not None and level is not None}


def year_groups_of_pupils(school: SchoolId, forms: Iterable[int], on: date) -> dict[int, int | None]:
    """The one year group that all pupils of a form are in on this day; None where they are in several.

    A form without pupils, or with pupils of no year group, is not named.
    """
    with connection.cursor() as cursor:
        cursor.execute(_OF_PUPILS, {"school": school, "forms": list(forms), "on": on})
        return {form: level if levels == 1 else None for form, level, levels in cursor.fetchall()}
