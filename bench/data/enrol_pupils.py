"""What returns need besides pupils and marks: a school year, its year groups, and who is enrolled in which."""

import psycopg

_WHOLE = """
with year as (
    insert into records_academicyear (school_id, revision_id, code, academic_year_name, start_date, end_date)
    values (%(school)s, 2, '2025-2026', '2025/26', '2025-09-01', '2026-08-31') returning id
),
level as (
    insert into records_academiclevel
        (school_id, revision_id, academic_level_name, academic_year_id, curriculum_grade_id)
    select %(school)s, 2, 'Year ' || g.code, year.id, g.id
    from year, records_curriculumgrade g where g.school_id = %(school)s and g.code in ('7', '8', '9', '10', '11')
    returning id
),
place as (select id, row_number() over (order by id) - 1 as n from level),
pupil as (select id, row_number() over (order by id) as n from records_student where school_id = %(school)s),
member as (
    insert into records_academiclevelmembership (school_id, revision_id, academic_level_id, student_id, start_date)
    select %(school)s, 2, place.id, pupil.id, '2025-09-01' from pupil join place on place.n = pupil.n %% 5
)
insert into records_educationalinstitutionenrolment (school_id, revision_id, student_id, entry_date)
select %(school)s, 2, id, '2025-09-01' from pupil
"""


def enrol_pupils(line: "psycopg.Connection[tuple[object, ...]]", school: int) -> None:
    """All pupils of the school are enrolled from September 2025, a fifth of them in each year group."""
    with line.transaction(), line.cursor() as cursor:
        cursor.execute(
            "select set_config('app.school', %s, true), set_config('app.revision', '2', true)", [str(school)]
        )
        cursor.execute(_WHOLE, {"school": school})
        cursor.execute("analyze records_academiclevelmembership, records_educationalinstitutionenrolment")
