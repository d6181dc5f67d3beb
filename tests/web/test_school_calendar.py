"""School > School Calendar: everybody of the school looks, some change it."""

import html
import io
import re
from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from tests.web.conftest import Oakfield, Rivers, signed_in
from tests.world import NOW, account_of, add_person, add_school

from consentry.audit.actor import OPERATOR
from consentry.audit.reading import reading
from consentry.people.actions.add_calendar_entry import add_calendar_entry
from consentry.people.actions.change_calendar_entry import change_calendar_entry
from consentry.people.actions.remove_calendar_entry import remove_calendar_entry
from consentry.rules.attendance_codes import Session
from consentry.rules.jurisdictions import Jurisdiction
from consentry.rules.school_calendar import CalendarEntry, EntryKind
from consentry.schools.actions.set_jurisdiction import set_jurisdiction
from consentry.schools.keeping_calendar import digest
from consentry.schools.models import Site
from consentry.schools.queries import calendar_of, school_id

TERM, HALF_TERM, CLOSURE, OPEN = EntryKind
CALENDAR = "/oakfield/calendar"
YEAR = f"{CALENDAR}?year=2026"
AUTUMN = CalendarEntry(TERM, date(2026, 9, 1), date(2026, 12, 18), name="Autumn term")
SPRING = CalendarEntry(TERM, date(2027, 1, 4), date(2027, 3, 26), name="Spring term")
SUMMER = CalendarEntry(TERM, date(2027, 4, 12), date(2027, 7, 21), name="Summer term")
HALF = CalendarEntry(HALF_TERM, date(2026, 10, 26), date(2026, 10, 30))
EARLY = CalendarEntry(CLOSURE, date(2026, 11, 13), date(2026, 11, 13), Session.PM, "Early close")
MAY_DAY = CalendarEntry(OPEN, date(2027, 5, 3), date(2027, 5, 3))
TYPED = {
    "kind": "closure",
    "first_day": "2026-11-13",
    "last_day": "",
    "session": "PM",
    "name": "Early close",
    "seen": "",
}


def enter(site: Site, *entries: CalendarEntry) -> list[int]:
    return [add_calendar_entry(site, each, by=OPERATOR, at=NOW).id for each in entries]


def entries(site: Site) -> list[CalendarEntry]:
    with reading(school_id(site)):
        return list(calendar_of(site).entries)


def said(client: Client, address: str = CALENDAR) -> str:
    """The first banner of the page."""
    banner = re.search(r'<div class="banner.*?</div>\s*</div>', client.get(address).text, re.DOTALL)
    assert banner
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", banner[0])).split())


def titles(page: str, day: str) -> list[str]:
    return re.findall(rf'title="([^"]*{day}[^"]*)"', html.unescape(page))


def test_the_year_is_pictured_and_told_in_words(oakfield: Oakfield, tom: Client) -> None:
    enter(oakfield.site, AUTUMN, SPRING, SUMMER, HALF, EARLY, MAY_DAY)

    page = tom.get(YEAR).text

    assert titles(page, "13 November 2026") == ["Friday 13 November 2026. Open: the morning only: Early close"]
    assert titles(page, " 2 November 2026") == ["Monday 2 November 2026. Open: both sessions"]
    assert titles(page, "27 October 2026") == ["Tuesday 27 October 2026. Half term"]
    assert titles(page, "25 December 2026") == ["Friday 25 December 2026. Bank holiday: Christmas Day"]
    assert titles(page, " 3 May 2027") == ["Monday 3 May 2027. Open: both sessions: May Day"]
    assert titles(page, "22 December 2026") == ["Tuesday 22 December 2026. Outside the terms"]
    assert "The school year 2026/27 has 409 sessions; maintained schools in England hold at least 380." in page
    assert page.count('<div class="month">') == 12
    for words in ("Open: the morning only", "Half term", "Bank holiday", "Outside the terms", "Weekend"):
        assert f"</span>{words}</li>" in page
    assert "Closed on a day of term" not in page, "the legend holds what there is"
    assert "Fri 13 November 2026" in page
    assert re.search(r"Spring term</td>.*?is-number\">118<", page, re.DOTALL)


def test_who_may_not_change_it_looks_and_sees_why(oakfield: Oakfield, tom: Client) -> None:
    (number,) = enter(oakfield.site, EARLY)

    page = tom.get(YEAR).text

    assert re.search(r'<button[^>]*aria-describedby="lacks"[^>]*disabled[^>]*>Add to the calendar', page)
    assert "School: General Admin: Administer" in page
    assert f"{CALENDAR}/{number}" not in page
    assert "Open all the same" not in page
    for address in (f"{CALENDAR}/add", f"{CALENDAR}/{number}", f"{CALENDAR}/import"):
        assert tom.get(address).status_code == 403
        assert tom.post(address, TYPED).status_code == 403
    assert tom.post(f"{CALENDAR}/{number}/remove").status_code == 403
    assert entries(oakfield.site) == [EARLY]


def test_an_entry_is_made_changed_and_removed(oakfield: Oakfield, asha: Client) -> None:
    answer = asha.post(f"{CALENDAR}/add", TYPED)
    assert (answer.status_code, answer["Location"]) == (303, YEAR)
    assert said(asha) == "Entered: Early close, 13 November 2026, PM."
    (address,) = re.findall(rf'href="({CALENDAR}/\d+)"', asha.get(YEAR).text)
    form = asha.get(address).text
    assert 'value="2026-11-13"' in form
    assert re.search(r'value="PM"[^>]*checked', form)

    changed = asha.post(address, TYPED | {"session": "", "name": " Training  day ", "seen": digest(EARLY)})
    assert (changed.status_code, changed["Location"]) == (303, YEAR)
    assert said(asha) == "Saved: Training day, 13 November 2026."
    (now,) = entries(oakfield.site)
    assert now == replace(EARLY, session=None, name="Training day")

    assert asha.post(f"{address}/remove", {"seen": digest(now)}).status_code == 303
    assert said(asha) == "Removed: Training day, 13 November 2026."
    assert entries(oakfield.site) == []


def test_a_slide_over_is_the_form_alone(oakfield: Oakfield, asha: Client) -> None:
    (number,) = enter(oakfield.site, EARLY)
    for address in (f"{CALENDAR}/add", f"{CALENDAR}/{number}"):
        part = asha.get(address, headers={"HX-Request": "true"}).text
        assert part.strip().startswith("<dialog")
        assert "<html" not in part


def test_a_form_comes_filled_in_as_far_as_its_address_says(oakfield: Oakfield, asha: Client) -> None:
    enter(oakfield.site, SUMMER)
    page = html.unescape(asha.get(YEAR).text)
    assert f'href="{CALENDAR}/add?kind=open&day=2027-05-03"' in page
    assert "day=2026-12-25" not in page, "outside the terms there is nothing to open"

    form = asha.get(f"{CALENDAR}/add?kind=open&day=2027-05-03").text
    assert re.search(r'value="open"[^>]*checked', form)
    assert 'value="2027-05-03"' in form
    for strange in ("?kind=x&day=2027-13-45", "?kind=&day=99999999999", "?day=1999-01-01"):
        assert asha.get(f"{CALENDAR}/add{strange}").status_code == 200


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"first_day": ""}, "Enter the first day."),
        ({"first_day": "2026-02-30"}, "The first day is not a date."),
        ({"last_day": "2026-11-12"}, "The last day cannot be before the first."),
        ({"last_day": "9999-12-31"}, "Choose a day of the years 2000 to 2099."),
        ({"first_day": "0001-01-01"}, "Choose a day of the years 2000 to 2099."),
        ({"first_day": "9999-12-31", "last_day": ""}, "Choose a day of the years 2000 to 2099."),
        ({"kind": ""}, "Choose what it is."),
        ({"kind": "holiday"}, "Select a valid choice."),
        ({"session": "EV"}, "Select a valid choice."),
        ({"kind": "term"}, "A term or half term is of whole days."),
        ({"kind": "half-term", "session": ""}, "A half term lies within a term"),
        ({"name": "x" * 101}, "Ensure this value has at most 100 characters"),
        ({"name": "a\0b"}, "Null characters are not allowed."),
    ],
)
def test_what_cannot_be_stands_at_its_field_and_what_was_typed_stays(
    oakfield: Oakfield, asha: Client, typed: dict[str, str], why: str
) -> None:
    answer = asha.post(f"{CALENDAR}/add", TYPED | typed)

    assert answer.status_code == 422
    assert why in html.unescape(answer.text)
    assert ("name" in typed) or 'value="Early close"' in answer.text
    assert entries(oakfield.site) == []


def test_what_somebody_else_changed_meanwhile_is_named_and_what_was_typed_stays(
    oakfield: Oakfield, asha: Client
) -> None:
    (number,) = enter(oakfield.site, EARLY)
    theirs = replace(EARLY, name="Staff training")
    change_calendar_entry(oakfield.site, number, theirs, seen=digest(EARLY), by=OPERATOR, at=NOW)

    answer = asha.post(f"{CALENDAR}/{number}", TYPED | {"name": "Parents’ evening", "seen": digest(EARLY)})

    assert answer.status_code == 409
    assert "It is Staff training, 13 November 2026, PM now. Nothing was saved." in answer.text
    assert 'value="Parents’ evening"' in answer.text
    assert entries(oakfield.site) == [theirs]
    assert asha.post(f"{CALENDAR}/{number}/remove", {"seen": digest(EARLY)}).status_code == 303
    assert "Nothing was removed. Somebody else changed this entry meanwhile: it is Staff training" in said(asha)
    (seen,) = set(re.findall(r'name="seen" value="([0-9a-f]+)"', answer.text))
    assert asha.post(f"{CALENDAR}/{number}", TYPED | {"name": "Evening", "seen": seen}).status_code == 303
    assert entries(oakfield.site) == [replace(EARLY, name="Evening")]


def test_what_somebody_else_removed_meanwhile_can_be_entered_anew(oakfield: Oakfield, asha: Client) -> None:
    (number,) = enter(oakfield.site, EARLY)
    remove_calendar_entry(oakfield.site, number, seen=digest(EARLY), by=OPERATOR, at=NOW)

    answer = asha.post(f"{CALENDAR}/{number}", TYPED | {"seen": digest(EARLY)})

    assert answer.status_code == 409
    assert "Somebody else has removed this entry. Nothing was saved." in answer.text
    assert f'action="{CALENDAR}/add"' in answer.text
    assert 'value="Early close"' in answer.text
    asha.post(f"{CALENDAR}/{number}/remove", {"seen": digest(EARLY)})
    assert "it is gone already" in said(asha)


def test_a_term_that_holds_half_terms_is_not_removed(oakfield: Oakfield, asha: Client) -> None:
    term, _ = enter(oakfield.site, AUTUMN, HALF)

    answer = asha.post(f"{CALENDAR}/{term}/remove", {"seen": digest(AUTUMN)})

    assert answer["Location"] == f"{CALENDAR}/{term}"
    assert "Nothing was removed. Half term, 26 October 2026" in said(asha, f"{CALENDAR}/{term}")


def test_another_schools_entry_is_as_one_that_there_is_not(oakfield: Oakfield, asha: Client) -> None:
    (theirs,) = enter(add_school("elmwood"), EARLY)
    (own,) = enter(oakfield.site, replace(EARLY, session=None))
    assert asha.get(f"{CALENDAR}/{own}").status_code == 200

    for number in (theirs, own + 1_000, 2**80):
        assert asha.get(f"{CALENDAR}/{number}").status_code == 404
        assert asha.post(f"{CALENDAR}/{number}", TYPED | {"seen": digest(EARLY)}).status_code == 409


@pytest.mark.parametrize(
    ("asked", "name"),
    [("2026", "2026/27"), ("2000", "2000/01"), ("2099", "2099/00"), ("2022", "2022/23")],
)
def test_each_school_year_has_its_page(oakfield: Oakfield, asha: Client, asked: str, name: str) -> None:
    assert f"<h1>School Calendar {name}</h1>" in asha.get(f"{CALENDAR}?year={asked}").text


def test_a_year_that_cannot_be_is_the_one_of_today(oakfield: Oakfield, asha: Client) -> None:
    today = re.search(r"<h1>School Calendar .*</h1>", asha.get(CALENDAR).text)
    assert today
    for strange in ("1999", "2100", "x", "", "20260", "٢٠٢٦", "-1"):
        assert today[0] in asha.get(f"{CALENDAR}?year={strange}").text
    assert "?year=1999" not in asha.get(f"{CALENDAR}?year=2000").text
    assert "?year=2100" not in asha.get(f"{CALENDAR}?year=2099").text


def test_what_is_lacking_is_said(oakfield: Oakfield, asha: Client) -> None:
    assert "No terms are entered for the school year 2026/27" in said(asha, YEAR)
    enter(oakfield.site, replace(AUTUMN, first_day=date(2001, 9, 1), last_day=date(2001, 12, 18)))
    assert "No term is entered for the next six weeks" in said(asha, f"{CALENDAR}?year=2001")
    set_jurisdiction("oakfield", Jurisdiction.SCOTLAND, by=OPERATOR, at=NOW)
    page = asha.get(YEAR).text
    assert re.search(r"The school year 2026/27 has \d+ sessions\.", page), "no law of the number is known here"
    assert "Bank holidays in Scotland" in page
    assert "Scotland" in asha.get("/oakfield/school-details").text


def test_too_few_sessions_are_said(oakfield: Oakfield, asha: Client) -> None:
    year = date.today().year  # noqa: DTZ011 - the warning is about the year that is shown; a term of today is there
    enter(oakfield.site, CalendarEntry(TERM, date(year, 1, 1), date(year, 7, 31)))
    enter(oakfield.site, CalendarEntry(TERM, date(year, 8, 1), date(year, 12, 31)))

    assert "sessions fewer than a maintained school holds" in said(asha, f"{CALENDAR}?year={year}")


def test_the_entries_are_downloaded_as_an_import_takes_them(oakfield: Oakfield, tom: Client, asha: Client) -> None:
    enter(oakfield.site, AUTUMN, EARLY)

    file = tom.get(f"{CALENDAR}/list.csv").content
    assert file.decode("utf-8-sig").splitlines() == [
        '"kind","first_day","last_day","session","name"',
        '"term","2026-09-01","2026-12-18","","Autumn term"',
        '"closure","2026-11-13","2026-11-13","PM","Early close"',
    ]
    book = load_workbook(io.BytesIO(tom.get(f"{CALENDAR}/list.xlsx").content))
    assert [cell.value for cell in book["List"][2]][:2] == ["term", "2026-09-01"]
    assert asha.post(f"{CALENDAR}/import", {"file": SimpleUploadedFile("a.csv", file)}).status_code == 303
    assert said(asha) == "Nothing new: 2 entries of the file stood in the calendar already."


def test_a_file_is_entered_whole_or_not_at_all(oakfield: Oakfield, asha: Client) -> None:
    good = b"kind,first_day,last_day,session,name\nterm,2026-09-01,2026-12-18,,Autumn <b>term</b>\n"
    bad = SimpleUploadedFile("terms.csv", good + b"holiday,2026-10-26,,,\nclosure,2026-10-45,,,\n")

    refused = asha.post(f"{CALENDAR}/import", {"file": bad})

    assert refused.status_code == 422
    assert "Nothing was entered: the file has 2 problems, listed below." in refused.text
    assert "This must be term, half-term, closure or open." in refused.text
    assert "2026-10-45" in refused.text
    assert entries(oakfield.site) == []
    answer = asha.post(f"{CALENDAR}/import", {"file": SimpleUploadedFile("terms.csv", good)})
    assert (answer.status_code, said(asha)) == (303, "1 entry entered.")
    assert "Autumn &lt;b&gt;term" in asha.get(YEAR).text


def test_what_is_no_file_of_term_dates_is_refused(oakfield: Oakfield, asha: Client) -> None:
    assert "Choose a file." in asha.post(f"{CALENDAR}/import").text
    for content, why in ((b"", "The file is empty."), (b"x" * 1_000_001, "larger than 1 MB")):
        answer = asha.post(f"{CALENDAR}/import", {"file": SimpleUploadedFile("a.csv", content)})
        assert answer.status_code == 422
        assert why in answer.text


def test_a_trust_has_no_calendar(rivers: Rivers, noah: Client) -> None:
    for address in ("calendar", "calendar/list.csv", "calendar/add", "calendar/import", "calendar/1"):
        assert noah.get(f"/two-rivers/{address}").status_code == 404


def test_the_page_asks_as_many_questions_however_much_there_is(oakfield: Oakfield, asha: Client) -> None:
    asha.get(YEAR)

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert asha.get(YEAR).status_code == 200
        return len(asked)

    before = count()
    enter(oakfield.site, AUTUMN, SPRING, SUMMER, HALF, EARLY, MAY_DAY)
    assert count() == before


def test_who_loses_the_permission_is_refused_when_they_press(oakfield: Oakfield) -> None:
    ivy = add_person(oakfield.site, "Ivy Stone", None)

    assert account_of(ivy, oakfield.site)
    assert signed_in(ivy).post(f"{CALENDAR}/add", TYPED).status_code == 403
