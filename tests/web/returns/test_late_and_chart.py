"""Marks that changed too late, the picture of what was received, and what other pages say of both."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.returns.a_collector import AtCollector, changed
from tests.returns.recent_school import Oakfield, open_school, working_day
from tests.web.conftest import signed_in
from tests.web.returns.conftest import HERE, words
from tests.world import add_person

from consentry.collector.serving import Running
from consentry.people.actions.add_roles import ATTENDANCE_OFFICER
from consentry.rules.collectors import CollectorStatus
from consentry.rules.return_answers import Outcome
from consentry.rules.return_runs import Run
from consentry.web.sentences import day

LAST = working_day()


@pytest.fixture
def oakfield(database: str, running: Running) -> Oakfield:
    school = open_school(running)
    school.consent(timezone.now() - timedelta(days=3))
    return school


def test_marks_that_changed_too_late_are_listed_without_pupils(oakfield: Oakfield, tom: Client) -> None:
    old = working_day(15)
    oakfield.mark(old, "AM", "II")
    oakfield.mark(LAST, "AM", "II")

    page = words(tom.get(HERE))

    assert "2 marks of the last twelve weeks changed, or came into the register, after the last sending that" in page
    assert f"{day(old)} AM No mark I Illness 2" in page
    assert "F0" not in page
    assert f"registers?day={old}" not in tom.get(HERE).text
    officer = signed_in(add_person(oakfield.site, "Mia Fox", ATTENDANCE_OFFICER))
    assert f"registers?day={old}" in officer.get(HERE).text


def test_where_nothing_was_consented_to_nothing_is_too_late(database: str, running: Running) -> None:
    school = open_school(running)
    school.mark(working_day(15), "AM", "II")
    tom = signed_in(school.tom)

    page = words(tom.get(HERE))

    assert "No mark has changed too late to be sent in the last twelve weeks." in page
    assert "Department for Practice has received nothing of the last four weeks." in page


def test_the_picture_shows_what_was_received_and_where_the_register_says_otherwise(
    oakfield: Oakfield, tom: Client
) -> None:
    """A chart of attendance by day and session with what was sent."""
    before = working_day(1)
    oakfield.present(before)
    oakfield.mark(LAST, "AM", "////IN")
    oakfield.make()
    assert oakfield.send() is Outcome.RECEIVED

    page = words(tom.get(HERE))

    assert "Of the last four weeks: 83.3 % in the mornings and 100.0 % in the afternoons." in page
    assert f"{day(LAST)} AM 66.7 % 66.7 % Yes" in page
    assert f"{day(LAST)} PM No register No register Yes" in page
    assert f"{day(before)} PM 100.0 % 100.0 % Yes" in page
    assert "sessions were never received (outlined)." in page
    assert "register says otherwise" not in page
    assert 'class="is-missing"' in tom.get(HERE).text

    oakfield.mark(before, "AM", "I")

    page = words(tom.get(HERE))
    assert "Of 1 session the register says otherwise by now (marked on top)." in page
    assert f"{day(before)} AM 100.0 % 83.3 % The register says otherwise by now" in page


def test_for_a_collector_that_is_not_told_small_numbers_no_rate_is_worked_out(database: str, running: Running) -> None:
    school = open_school(running, suppress_below=5, format="csv")
    school.consent()
    school.mark(LAST, "AM", "////II")
    made = school.make()
    with pytest.MonkeyPatch.context():
        school.send()

    page = words(signed_in(school.tom).get(f"{HERE}/{made.id}"))

    assert "AM: 0 marks and hidden ones" in page
    assert f"{school.site.urn},{LAST},AM,7,/,suppressed" in page


def test_a_register_says_until_when_a_change_is_sent(oakfield: Oakfield, asha: Client) -> None:
    base = "/oakfield/attendance/registers"
    still, over = (
        "A change to this day is still sent to Daily attendance until",
        "It is too late for a change to this day",
    )

    assert still in words(asha.get(f"{base}?day={LAST}"))
    assert still in words(asha.get(f"{base}/none/{LAST}/AM"))
    for page in (asha.get(f"{base}?day={working_day(15)}"), asha.get(f"{base}/none/{working_day(15)}/AM")):
        assert f"{over} to be sent to Daily attendance." in words(page)
    changed(oakfield.collector, status=CollectorStatus.SUSPENDED)
    nothing = words(asha.get(f"{base}/none/{LAST}/AM"))
    assert (still in nothing, over in nothing) == (False, False)


def test_the_home_page_names_what_was_not_received_until_something_is(
    oakfield: Oakfield, tom: Client, collector_side: AtCollector
) -> None:
    """Nothing that needs a person is further than two clicks from the site's home."""
    oakfield.present(LAST)
    assert "Attendance that was not received" not in words(tom.get("/oakfield/"))
    oakfield.make()
    collector_side.fault("bad_token", times=None)
    assert oakfield.send() is Outcome.CREDENTIALS_REFUSED
    [failed] = oakfield.submissions

    home = tom.get("/oakfield/")

    assert "Attendance that was not received 1" in words(home)
    assert f"Daily attendance: After the morning, {day(LAST)} The collector did not let Consentry in" in words(home)
    assert f'href="{HERE}/{failed.id}"' in home.text
    collector_side.fault("none", times=None)
    oakfield.make(Run.AFTERNOON)
    assert "Attendance that was not received 1" in words(tom.get("/oakfield/"))
    assert oakfield.send() is Outcome.RECEIVED
    assert "Attendance that was not received" not in words(tom.get("/oakfield/"))


def test_what_failed_long_ago_is_not_on_the_home_page(oakfield: Oakfield, tom: Client) -> None:
    oakfield.add_pupil(year_group=False)
    oakfield.make(day=working_day(4))
    assert "Attendance that was not received" not in words(tom.get("/oakfield/"))

    oakfield.make(day=LAST)

    assert "Kept back: your records need mending" in words(tom.get("/oakfield/"))
