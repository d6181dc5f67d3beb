"""The statement that counts. Parameters: `school`, `days`. A row a day: day, roll, marks, both as JSON lists.

Days are numbered, and what lasts (an enrolment, a year group) is a range of those numbers: 1,500 pupils on eight days
are 1,500 rows and not 12,000. `membership` are the year groups of the school year that began last before a day (see
records/queries/current.py): those of a year that ended do not count, even where nobody ended them. `span` is the year
group of each pupil, of several at once the one that began last. `known` and `on_day` are the pupils on roll of whom a
year group is known, and all.
"""

COUNTS = """
with day as (
    select d as day, n::int as n, (
        select max(y.start_date) from records_academicyear y where y.school_id = %(school)s and y.start_date <= d
    ) as year_began
    from unnest(%(days)s::date[]) with ordinality as given (d, n)
),
year as (
    select y.id, min(d.n) as first, max(d.n) as last
    from records_academicyear y join day d on d.year_began = y.start_date
    where y.school_id = %(school)s
    group by y.id
),
membership as materialized (
    select m.id, m.student_id, m.start_date, l.curriculum_grade_id as grade,
        greatest(y.first, width_bucket(m.start_date - 1, %(days)s::date[]) + 1) as first,
        least(y.last, coalesce(width_bucket(m.end_date, %(days)s::date[]), y.last)) as last,
        count(*) over (partition by m.student_id) as of_student
    from records_academiclevelmembership m
    join records_academiclevel l on l.school_id = m.school_id and l.id = m.academic_level_id
    join year y on y.id = l.academic_year_id
    where m.school_id = %(school)s
),
span as materialized (
    select student_id, grade, first, last from membership where of_student = 1
    union all
    (
        select distinct on (student_id, n) student_id, grade, n, n
        from membership, generate_series(first, last) n
        where of_student > 1
        order by student_id, n, start_date desc, id desc
    )
),
on_roll as materialized (
    select e.student_id, range_agg(int4range(
        width_bucket(e.entry_date - 1, %(days)s::date[]) + 1,
        coalesce(width_bucket(e.leaving_date, %(days)s::date[]), cardinality(%(days)s::date[])) + 1)) as days
    from records_educationalinstitutionenrolment e
    where e.school_id = %(school)s and coalesce(e.leaving_date >= e.entry_date, true)
    group by e.student_id
),
alike as (
    select o.days, s.first, s.last, s.grade, count(*) as pupils
    from on_roll o left join span s using (student_id)
    group by 1, 2, 3, 4
),
known as (
    select d.n, a.grade, sum(a.pupils) as pupils from alike a
    join day d on d.n between a.first and a.last and d.n <@ a.days group by 1, 2
),
on_day as (
    select d.n, count(*) as pupils from (select days from on_roll) o join day d on d.n <@ o.days group by 1
),
roll as (
    select n, json_agg(json_build_array(g.code, pupils)) as counts
    from (
        select n, grade, pupils from known
        union all
        select o.n, null, o.pupils - coalesce(k.pupils, 0)
        from on_day o left join (select n, sum(pupils) as pupils from known group by n) k using (n)
        where o.pupils > coalesce(k.pupils, 0)
    ) counted left join records_curriculumgrade g on g.school_id = %(school)s and g.id = grade
    group by n
),
mark as (
    select d.n, r.attendance_roll_call_id as session, r.attendance_mark_id as mark, s.grade,
        coalesce(d.n <@ o.days, false) as on_roll, count(*) as marks
    from records_attendancerollcallrecord r
    join day d on d.day = r.record_date
    left join on_roll o on o.student_id = r.student_id
    left join span s on s.student_id = r.student_id and d.n between s.first and s.last
    where r.school_id = %(school)s and r.record_date = any(%(days)s::date[])
    group by 1, 2, 3, 4, 5
),
marks as (
    select n, json_agg(json_build_array(c.code, g.code, m.attendance_mark, on_roll, marks)) as counts
    from mark
    join records_attendancerollcall c on c.school_id = %(school)s and c.id = session
    join records_attendancemark m on m.school_id = %(school)s and m.id = mark
    left join records_curriculumgrade g on g.school_id = %(school)s and g.id = grade
    group by n
)
select d.day, coalesce(r.counts, '[]'), coalesce(m.counts, '[]')
from day d left join roll r using (n) left join marks m using (n)
order by d.n
"""
