"""Mending at the same moment as somebody else."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connection as database_connection

from consentry.audit.reading import reading
from consentry.records.actions.link_forms_to_year_groups import link_forms_to_year_groups
from consentry.records.actions.set_course_subjects import set_course_subjects
from consentry.records.actions.set_form_short_names import InvalidShortNamesError, set_form_short_names
from consentry.records.mending import Mended, Planned
from consentry.records.models import AcademicUnit, RegistrationForm, Subject
from consentry.schools.queries import school_id
from tests.races import TIMES
from tests.records.test_mending import Oakfield, open_oakfield, values
from tests.world import NOW, add_school

pytestmark = pytest.mark.races
Act = Callable[[], Mended]


@pytest.fixture
def oakfield(database: str) -> Oakfield:
    return open_oakfield(add_school())


def at_once(*acts: Act) -> list[Mended | None]:
    """What became of these, begun at the same moment; None for a short name that was taken."""
    barrier = Barrier(len(acts))

    def begin(act: Act) -> Mended | None:
        try:
            barrier.wait()
            return act()
        except InvalidShortNamesError:
            return None
        finally:
            database_connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(begin, acts))


def test_two_who_set_subjects_at_once_lose_nothing(oakfield: Oakfield) -> None:
    """The second is told which courses moved; each course has the subject of who came first."""
    with reading(school_id(oakfield.site)):
        subjects = list(Subject.objects.order_by("id").values_list("id", flat=True)[:2])
    one, two, three = (each.id for each in oakfield.courses)
    for _ in range(TIMES):
        now = values(AcademicUnit, "subject_id", oakfield.site)
        wanted = [number for number in subjects if number != now[two]] * 2
        ours = [Planned(number, now[number], wanted[0]) for number in (one, two)]
        theirs = [Planned(number, now[number], None) for number in (three, two)]

        first, second = at_once(
            partial(set_course_subjects, oakfield.site, ours, by=oakfield.asha, at=NOW),
            partial(set_course_subjects, oakfield.site, theirs, by=oakfield.asha, at=NOW),
        )

        assert first is not None
        assert second is not None
        after = values(AcademicUnit, "subject_id", oakfield.site)
        if now[two] is None:
            assert second.already or second.moved == (two,)
            assert after[two] == wanted[0]
        else:
            assert (two in first.moved) != (two in second.moved)
            assert after[two] == (wanted[0] if two in first.changed else None)


def test_two_forms_never_get_one_short_name(oakfield: Oakfield) -> None:
    b, c = (each.id for each in oakfield.forms)
    for turn in range(TIMES):
        now = values(RegistrationForm, "short_name", oakfield.site)
        done = at_once(
            *(
                partial(
                    set_form_short_names,
                    oakfield.site,
                    [Planned(number, now[number], f"T{turn}")],
                    by=oakfield.asha,
                    at=NOW,
                )
                for number in (b, c)
            )
        )
        assert done.count(None) == 1
        after = values(RegistrationForm, "short_name", oakfield.site)
        assert [after[b], after[c]].count(f"T{turn}") == 1


def test_a_form_never_gets_two_courses_that_stand_for_it(oakfield: Oakfield) -> None:
    level = oakfield.today.level.id
    plan = [Planned(each.id, None, level) for each in oakfield.forms]
    act = partial(link_forms_to_year_groups, oakfield.site, by=oakfield.asha, at=NOW)

    done = at_once(*(partial(act, order) for order in (plan, plan[::-1], plan)))

    assert sorted(len(each.changed) for each in done if each) == [0, 0, 2]
    linked = values(AcademicUnit, "registration_form_id", oakfield.site).values()
    assert sorted(number for number in linked if number) == sorted(each.id for each in oakfield.forms)
