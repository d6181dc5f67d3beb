"""The table of submissions, and one of them: received with a green tick, or why not and what to do."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.imports.test_imports_beside_others import elsewhere
from tests.returns.a_collector import AtCollector
from tests.returns.recent_school import Oakfield, open_school, working_day
from tests.web.conftest import signed_in
from tests.web.returns.conftest import HERE, banner, rows_of, words
from tests.world import add_person, add_school

from consentry.audit.reading import reading
from consentry.collector.serving import Running
from consentry.people.actions.add_roles import ATTENDANCE_OFFICER
from consentry.returns.locking import take_returns_turn
from consentry.rules.attendance_codes import Session
from consentry.rules.differing_documents import Difference, Differences, Taken
from consentry.rules.return_answers import Outcome
from consentry.rules.return_runs import Run
from consentry.rules.submission_life import Ending, SubmissionState
from consentry.schools.queries import school_id
from consentry.web.sentences import day
from consentry.web.shown.returns.differing import shown_differences

LAST = working_day()


@pytest.fixture
def oakfield(database: str, running: Running) -> Oakfield:
    """It consents, and everybody was there on the last working day."""
    school = open_school(running)
    school.consent()
    school.present(LAST)
    return school


def test_what_was_received_has_a_green_tick_and_opens_to_what_was_sent(
    tom: Client, oakfield: Oakfield, collector_side: AtCollector
) -> None:
    """The table shows a summary of when the data was sent and whether it was received successfully."""
    made = oakfield.make()
    assert oakfield.send() is Outcome.RECEIVED

    [row] = rows_of(tom.get(HERE))
    assert f"{day(LAST)} After the morning Received 1" in row
    assert re.search(
        r'standing--good">\s*<svg[^>]*><use href="[^"]*#circle-check"></use></svg>\s*Received', tom.get(HERE).text
    )
    page = words(tom.get(f"{HERE}/{made.id}"))
    [receipt] = collector_side.receipts(str(oakfield.site.urn))
    assert "Status 201" in page
    assert f"Receipt of the collector {receipt['id']}" in page
    assert f"Key {made.key}" in page
    assert "Received status 201" in page
    assert "6 pupils on roll. AM: 6 marks, PM: 6 marks." in page
    assert "Send again" not in page
    file = tom.get(f"{HERE}/{made.id}/document")
    assert (file.content, file["Content-Type"]) == (bytes(made.document or b""), "application/json")
    assert file["Content-Disposition"].startswith('attachment; filename="oakfield-daily-attendance-')


def test_what_changed_since_the_last_that_was_received_is_told_cell_by_cell(tom: Client, oakfield: Oakfield) -> None:
    oakfield.make()
    oakfield.send()
    oakfield.mark(LAST, "AM", "I")
    oakfield.present(working_day(1))
    later = oakfield.make(Run.AFTERNOON)

    page = words(tom.get(f"{HERE}/{later.id}"))

    assert f"2 registers taken since: {day(working_day(1))} AM and {day(working_day(1))} PM. 2 counts differ." in page
    assert f"{day(LAST)} AM 7 / 6 5 {day(LAST)} AM 7 I 0 1" in page


def test_registers_that_came_to_nothing_are_told_too() -> None:
    monday, tuesday = date(2025, 11, 3), date(2025, 11, 4)
    gone = (Taken(monday, Session.PM, now=False),)
    one = (Difference(monday, None, "7", "", 6, None),)

    def told(*said: Any) -> dict[str, Any]:
        return shown_differences(Differences(*said))

    assert told((), (), (), ())["sentence"] == "Nothing: it says the same."
    assert told(gone, one, (tuesday,), (monday,))["sentence"] == (
        "1 register without marks since: 3 Nov PM. 1 count differs. New in the window: 4 Nov. "
        "Not in it any more: 3 Nov."
    )
    assert told((), one * 201, (), ())["rows"][0] == ["3 Nov", "Roll", "7", "", "6", "hidden"]
    assert told((), one * 201, (), ())["more"] == "And 1 more."


def test_slide_overs_are_parts_of_pages(tom: Client, oakfield: Oakfield) -> None:
    made = oakfield.make()
    for path in (f"{HERE}/{made.id}", f"{HERE}/consent"):
        part = tom.get(path, headers={"HX-Request": "true"})
        assert ("<dialog" in part.text, "<html" in part.text, "<html" in tom.get(path).text) == (True, False, True)
    assert tom.get(f"{HERE}/consent/remove")["Location"] == f"{HERE}/consent"


def test_what_is_kept_back_says_what_to_mend_where_and_by_whom(asha: Client, tom: Client, oakfield: Oakfield) -> None:
    """If any of your data showed without a green tick, you could click to find out why it wasn’t successful."""
    oakfield.add_pupil(year_group=False)
    kept = oakfield.make()

    assert "Not received Kept back: your records need mending 0" in rows_of(tom.get(HERE))[0]
    page = words(tom.get(f"{HERE}/{kept.id}"))
    assert f"1 pupil on roll on {LAST.day} {LAST:%B %Y} has no National Curriculum year group." in page
    assert "Whoever imports pupils for your school can do this." in page
    assert tom.get(f"{HERE}/{kept.id}/document").status_code == 404
    assert "Send again" not in page, "who may not send is shown no button"
    assert "Send again" in asha.get(f"{HERE}/{kept.id}").text


def test_a_refusal_shows_the_answer_of_the_collector_with_each_error_and_its_place(
    asha: Client, oakfield: Oakfield, collector_side: AtCollector
) -> None:
    tomorrow = timezone.localdate() + timedelta(days=7)
    while tomorrow.weekday() > 4:
        tomorrow += timedelta(days=1)
    refused = oakfield.make(Run.BY_HAND, tomorrow)
    assert oakfield.send() is Outcome.REFUSED

    page = words(asha.get(f"{HERE}/{refused.id}"))

    assert "Refused by the collector" in page
    assert "Status 422: Unprocessable Entity" in page
    assert re.search(rf"{tomorrow.day} {tomorrow:%B}: This day has not been yet\. Code in_the_future", page)
    assert "tell the operator of Consentry" in page
    assert asha.post(f"{HERE}/send").status_code == 303
    assert banner(asha.get(HERE)).startswith("It is on its way.")
    assert oakfield.send() is Outcome.RECEIVED


def test_a_submission_that_waits_says_when_it_is_tried_next_and_its_row_is_looked_at_again(
    tom: Client, oakfield: Oakfield, collector_side: AtCollector
) -> None:
    waits = oakfield.make()
    row = f"{HERE}/{waits.id}/row"
    assert f'hx-get="{row}"' in tom.get(HERE).text
    assert "Waiting Being sent" in rows_of(tom.get(HERE))[0]
    collector_side.fault("error")
    assert oakfield.send() is Outcome.COLLECTOR_FAILED
    assert re.search(r"Waiting Next try \d+ \w+, \d\d:\d\d · Look again", rows_of(tom.get(HERE))[0])
    assert "The collector had a fault of its own status 500" in words(tom.get(f"{HERE}/{waits.id}"))

    later = tom.get(row, headers={"HX-Request": "true"})
    assert (later.text.lstrip().startswith("<tr"), "<html" in later.text, "hx-trigger" in later.text) == (
        True,
        False,
        True,
    )
    plain = tom.get(row)
    assert (plain.status_code, plain["Location"]) == (303, HERE)

    assert oakfield.send(timezone.now() + timedelta(hours=1)) is Outcome.RECEIVED
    done = tom.get(row, headers={"HX-Request": "true"})
    assert ("hx-trigger" in done.text, "Received" in words(done)) == (False, True)


def test_sending_now_makes_one_by_hand_and_wakes_the_sender(asha: Client, oakfield: Oakfield) -> None:
    assert asha.get(f"{HERE}/send").status_code == 303
    assert oakfield.submissions == []

    assert asha.post(f"{HERE}/send").status_code == 303

    assert banner(asha.get(HERE)).startswith("It is on its way.")
    assert "By hand Asha Patel Waiting" in rows_of(asha.get(HERE))[0]
    with connection.cursor() as cursor:
        cursor.execute("select args ->> 'school' from procrastinate_jobs where task_name = 'send_return'")
        assert cursor.fetchall() == [(str(oakfield.site.id),)]
    oakfield.add_pupil(year_group=False)
    asha.post(f"{HERE}/send")
    assert banner(asha.get(HERE)).startswith("It was kept back, and nothing was sent")
    first, second = oakfield.submissions
    assert (first.ending, second.ending) == (Ending.REPLACED, Ending.NOT_SENDABLE)
    assert (first.in_force, second.in_force) == (False, True)


def test_sending_now_while_one_is_on_its_way_says_so(asha: Client, oakfield: Oakfield) -> None:
    school = school_id(oakfield.site)
    with reading(school):
        take_returns_turn(school, oakfield.collector.id)
        page = elsewhere(lambda: asha.post(f"{HERE}/send", follow=True))

    assert "Nothing new was made: one is on its way now." in words(page)
    assert rows_of(page) == []


def test_the_list_is_filtered_searched_by_day_sorted_and_paged(tom: Client, oakfield: Oakfield) -> None:
    now = timezone.now()
    for back in range(12):
        oakfield.make(Run.MORNING, working_day(back), now - timedelta(days=back + 1))
        oakfield.make(Run.AFTERNOON, working_day(back), now - timedelta(days=back + 1, hours=-1))
    the_third = working_day(3)

    page = tom.get(HERE)

    assert (len(rows_of(page)), "1 to 20 of 24 submissions" in page.text) == (20, True)
    assert rows_of(tom.get(f"{HERE}?page=2"))[-1] == rows_of(tom.get(f"{HERE}?sort=made"))[0]
    assert len(rows_of(tom.get(f"{HERE}?state=waiting"))) == 1
    assert "No submission matches" in tom.get(f"{HERE}?state=received").text
    assert len(rows_of(tom.get(f"{HERE}?dates=week&state=called-off"))) < 12
    for said in (
        f"{the_third}",
        f"{the_third:%d/%m/%Y}",
        day(the_third),
        f"{the_third:%d %B %Y}",
        f"{the_third:%d/%m}",
    ):
        assert {row.count(day(the_third)) >= 1 for row in rows_of(tom.get(HERE, {"q": said}))} == {True}, said
        assert len(rows_of(tom.get(HERE, {"q": said}))) == 2, said
    assert len(rows_of(tom.get(HERE, {"q": f"{working_day(0):%B}"}))) >= 2
    for nonsense in ("q=zzz", "q=31 Foo", "q=2026-13-45", "q=may be"):
        assert "No submission matches" in tom.get(f"{HERE}?{nonsense}").text, nonsense
    for odd in ("state=x&sort=y&page=-1&dates=z", "page=99999", "sort=-attempts&page=" + "9" * 50, "sort=day&q=32 Jan"):
        assert tom.get(f"{HERE}?{odd}").status_code == 200, odd


def test_the_list_is_downloaded_as_it_is_filtered(tom: Client, oakfield: Oakfield) -> None:
    oakfield.make()
    oakfield.send()
    oakfield.make(Run.AFTERNOON)

    lines = tom.get(f"{HERE}/list.csv?state=received").text.splitlines()

    assert lines[0].startswith('\ufeff"Submission","Made","Day","Sending","State","Reason"')
    assert len(lines) == 2
    assert f'"{LAST}","After the morning","Received","","1"' in lines[1]
    assert tom.get(f"{HERE}/list.xlsx").content.startswith(b"PK")
    assert tom.get(f"{HERE}/list.pdf").status_code == 404


def test_numbers_that_are_none_and_those_of_other_schools_are_not_found(oakfield: Oakfield) -> None:
    made = oakfield.make()
    lee = signed_in(add_person(add_school("elmwood"), "Lee Hart"))
    theirs = HERE.replace("/oakfield/", "/elmwood/")

    for number in (made.id, 0, 2**63, 10**40):
        for part in ("", "/row", "/document"):
            assert lee.get(f"{theirs}/{number}{part}").status_code == 404, (number, part)
    assert lee.get(f"{HERE}/{made.id}").status_code == 404


def test_the_ways_to_the_registers_are_shown_to_those_who_may_open_them(oakfield: Oakfield, tom: Client) -> None:
    """A mark that belongs to the other session; registers are special category data."""
    with connection.cursor() as cursor:  # no use case lets such a mark in
        cursor.execute("select set_config('app.school', %s, false)", [str(oakfield.site.id)])
        cursor.execute(
            "update records_attendancerollcallrecord r set attendance_mark_id = m.id from records_attendancemark m "
            "where r.school_id = %s and m.school_id = r.school_id and m.code = 'PRESENT_AM' and r.student_id = %s",
            [oakfield.site.id, oakfield.pupils[0]],
        )
        cursor.execute("select set_config('app.school', '', false)")
    officer = signed_in(add_person(oakfield.site, "Mia Fox", ATTENDANCE_OFFICER))
    kept = oakfield.make()
    link = f'href="/oakfield/attendance/registers?day={LAST}"'

    assert "which belongs to the other session" in words(tom.get(f"{HERE}/{kept.id}"))
    assert link in officer.get(f"{HERE}/{kept.id}").text
    assert link not in tom.get(f"{HERE}/{kept.id}").text


def test_many_submissions_take_as_many_queries_as_few(tom: Client, oakfield: Oakfield) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert tom.get(HERE).status_code == 200
        return len(asked)

    oakfield.make()
    oakfield.send()
    few = queries()
    now = timezone.now()
    for back in range(1, 9):
        oakfield.present(working_day(back))
        oakfield.make(Run.BY_HAND, working_day(back), now - timedelta(hours=back))
        oakfield.send()
        oakfield.mark(working_day(back), "AM", "I")

    assert [each.state for each in oakfield.submissions].count(SubmissionState.RECEIVED) == 9
    assert queries() == few
