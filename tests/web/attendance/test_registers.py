"""School > Attendance > Registers: the day, one register, one pupil; for those alone who may."""

import html
import re
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.imports.applied import apply_marks
from tests.imports.test_imports_beside_others import elsewhere
from tests.records.a_register import ILL, PRESENT, UPN, Registers, open_registers
from tests.web.conftest import signed_in
from tests.world import NOW, add_person, add_school

from consentry.audit.reading import reading
from consentry.people.actions.add_roles import OFFICE
from consentry.records.roll_call import UNMARKED, Entry
from consentry.records.writing.turn import take_turn
from consentry.rules.attendance_codes import Session
from consentry.schools.queries import school_id

DAY = NOW.date()  # a Monday
LIST = "/oakfield/attendance/registers"


@pytest.fixture
def oakfield(database: str) -> Registers:
    return open_registers(add_school())


@pytest.fixture
def asha(oakfield: Registers) -> Client:
    return signed_in(oakfield.asha.user)


def address(oakfield: Registers, form: str = "7A", session: str = "AM", day: Any = DAY) -> str:
    return f"{LIST}/{oakfield.forms[form]}/{day}/{session}"


def words(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.unescape(text)).split())


def rows_of(page: Any) -> list[str]:
    return [words(row) for row in re.findall(r'<tr role="row"[^>]*>\s*<td.*?</tr>', page.text, re.DOTALL)]


def banner(page: Any) -> str:
    found = re.search(r'class="(?:banner|error-summary)[^>]*>(.*?)</div>', page.text, re.DOTALL)
    return words(found[1]) if found else ""


def sent(page: Any, oakfield: Registers, said: dict[str, str], **more: str) -> dict[str, str]:
    """The form of the page as it stands, with these marks chosen, as "L" or "L:7" (by first name)."""
    data = {name: html.unescape(text) for name, text in re.findall(r'name="(seen-\d+)" value="([^"]*)"', page.text)}
    for number in (name.removeprefix("seen-") for name in list(data)):
        select = re.search(rf'name="mark-{number}".*?</select>', page.text, re.DOTALL)
        chosen = re.search(r'value="([^"]*)" selected', select[0] if select else "")
        minutes = re.search(rf'name="minutes-{number}"\s+value="([^"]*)"', page.text)
        data[f"mark-{number}"] = html.unescape(chosen[1]) if chosen else ""
        data[f"minutes-{number}"] = minutes[1] if minutes else ""
    for name, text in said.items():
        mark, _, late = text.partition(":")
        data |= {f"mark-{oakfield.ids[name]}": mark, f"minutes-{oakfield.ids[name]}": late}
    return data | {"reason": "", "do": "save"} | more


def save(client: Client, oakfield: Registers, said: dict[str, str], **more: str) -> Any:
    """Open the register, choose these marks, and save."""
    here = address(oakfield)
    return client.post(here, sent(client.get(here), oakfield, said, **more), follow=True)


def test_the_registers_of_a_day_say_which_are_taken(asha: Client, oakfield: Registers) -> None:
    oakfield.mark({"Ada": PRESENT, "Ben": ILL, "Cy": PRESENT})
    oakfield.mark({"Ada": Entry("\\")}, oakfield.call(session=Session.PM))
    page = asha.get(f"{LIST}?day={DAY}")

    none = "Pupils in no form"
    assert "Monday 3 November 2025: 1 of 6 registers taken" in words(page.text)
    assert rows_of(page) == [
        "7A 3 Taken Open the register: 7A, morning 1 of 3 marked Open the register: 7A, afternoon",
        "7B 1 Not taken Take the register: 7B, morning Not taken Take the register: 7B, afternoon",
        f"{none} 1 Not taken Take the register: {none}, morning Not taken Take the register: {none}, afternoon",
    ]
    assert f'href="{LIST}?day=2025-11-02"' in page.text
    assert f'href="{address(oakfield)}"' in page.text
    assert asha.get(f"{LIST}/none/{DAY}/AM").status_code == 200


def test_a_day_on_which_the_school_is_closed_has_no_registers_to_take(asha: Client, oakfield: Registers) -> None:
    page = asha.get(f"{LIST}?day=2025-11-02")

    assert "The school is closed all day" in banner(page)
    assert rows_of(page)[0] == "7A 3 Closed Closed"
    assert "registers taken" not in page.text
    refused = asha.post(address(oakfield, day="2025-11-02"), {f"seen-{oakfield.ids['Ada']}": ":"} | {
        f"mark-{oakfield.ids['Ada']}": "/"
    })  # fmt: skip
    assert refused.status_code == 422
    assert "The school is closed then" in banner(refused)


def test_a_day_that_cannot_be_is_today(asha: Client) -> None:
    today = rf'type="date"\s+name="day"\s+value="{timezone.localdate()}"'
    for day in ("", "yesterday", "2025-02-31", "9999-12-31", "1066-10-14"):
        assert re.search(today, asha.get(LIST, {"day": day}).text), day


def test_forms_and_pupils_are_searched_for(asha: Client, oakfield: Registers) -> None:
    page = asha.get(f"{LIST}?day={DAY}&q=7b")
    assert [row[:2] for row in rows_of(page)] == ["7B"]
    page = asha.get(f"{LIST}?day={DAY}&q=Ng+a")
    assert f'href="{LIST}/pupil/{oakfield.ids["Ada"]}?day={DAY}">Ng, Ada</a>' in page.text
    assert "Nothing matches" in asha.get(f"{LIST}?day={DAY}&q=Zebedee").text


def test_the_registers_of_a_day_can_be_taken_away(asha: Client, oakfield: Registers) -> None:
    oakfield.mark({"Ada": PRESENT, "Ben": Entry("L", 7)})
    file = asha.get(f"{LIST}/list.csv?day={DAY}")
    assert file["Content-Disposition"].startswith(f'attachment; filename="oakfield-registers-of-{DAY}')
    assert file.text.splitlines()[1:] == [
        '"2025-11-03","7A","Ash","Cy","","No mark","","","No mark",""',
        '"2025-11-03","7A","Moss","Ben","L","L Late, before the register closed","7","","No mark",""',
        '"2025-11-03","7A","Ng","Ada","/","/ Present, morning","","","No mark",""',
        '"2025-11-03","7B","Fox","Di","","No mark","","","No mark",""',
        '"2025-11-03","","Orr","Eve","","No mark","","","No mark",""',
    ]
    assert asha.get(f"{LIST}/list.xlsx?day={DAY}").status_code == 200


def test_a_register_is_taken_by_filling_in_who_is_present(asha: Client, oakfield: Registers) -> None:
    """Those who are away are marked, the others filled in, looked at, and saved."""
    here = address(oakfield)
    filled = asha.post(here, sent(asha.get(here), oakfield, {"Ben": "L:7"}, do="present"))
    assert "Not saved yet" in banner(filled)
    assert oakfield.stands() == dict.fromkeys(("Ada", "Ben", "Cy"), UNMARKED)

    done = asha.post(here, sent(filled, oakfield, {}), follow=True)
    assert banner(done) == "3 marks entered."
    assert oakfield.stands() == {"Ada": PRESENT, "Ben": Entry("L", 7), "Cy": PRESENT}
    assert "First marked: Asha Patel" in words(done.text)


def test_the_codes_of_the_day_and_the_session_can_be_chosen(asha: Client, oakfield: Registers) -> None:
    def choices(day: str, session: str) -> set[str]:
        page = asha.get(address(oakfield, session=session, day=day))
        return set(html.unescape(" ".join(re.findall(r'<option value="([^"]+)"', page.text))).split())

    with_late = choices("2025-11-03", "AM")
    assert {"/", "L", "Y1", "C2"} <= with_late
    assert not {"\\", "Y", "H", "#", "Z"} & with_late
    assert "\\" in choices("2025-11-03", "PM")


def test_a_change_of_an_earlier_day_asks_for_its_reason_and_loses_nothing(asha: Client, oakfield: Registers) -> None:
    oakfield.mark({"Ada": Entry("N"), "Ben": PRESENT})
    refused = save(asha, oakfield, {"Ada": "I", "Cy": "U:40"})
    assert (refused.status_code, oakfield.stands()["Ada"]) == (422, Entry("N"))
    assert "Say why a mark of a day before today changes." in banner(refused)
    assert 'href="#reason"' in refused.text

    done = asha.post(address(oakfield), sent(refused, oakfield, {}, reason="The mother rang"), follow=True)
    assert banner(done) == "1 mark entered and 1 mark changed."
    assert oakfield.stands() == {"Ada": ILL, "Ben": PRESENT, "Cy": Entry("U", 40)}


def test_what_is_wrong_with_a_mark_is_said_beside_it(asha: Client, oakfield: Registers) -> None:
    for said, why in (
        ("L:soon", "whole number"),
        ("L:0", "from 1 to 480"),
        ("I:5", "L or U"),
        ("\\", "afternoons"),
        ("<b>", "no such"),
    ):
        refused = save(asha, oakfield, {"Ada": said, "Ben": "L:9"})
        assert refused.status_code == 422
        assert re.search(rf"Ng, Ada: [^.]*{why}", banner(refused))
        assert f'aria-describedby="error-{oakfield.ids["Ada"]}"' in refused.text
        assert sent(refused, oakfield, {})[f"minutes-{oakfield.ids['Ben']}"] == "9"


def test_minutes_go_with_the_mark_that_they_belonged_to(asha: Client, oakfield: Registers) -> None:
    oakfield.mark({"Ada": Entry("L", 7)})
    save(asha, oakfield, {"Ada": "I:7"}, reason="Sent home")
    assert oakfield.stands()["Ada"] == ILL


def test_what_somebody_else_marked_meanwhile_is_named(asha: Client, oakfield: Registers) -> None:
    here = address(oakfield)
    data = sent(asha.get(here), oakfield, {"Ada": "/", "Ben": "/"})
    oakfield.mark({"Ada": ILL})
    done = asha.post(here, data, follow=True)

    assert banner(done) == (
        "1 mark entered. Somebody else marked meanwhile, and this was left alone: Ng, Ada (now I Illness)."
    )
    again = asha.post(here, data | {"seen-1": "/:", "mark-1": "I"}, follow=True)
    assert "Nothing was changed." in banner(again)
    assert "1 pupil not in this form on this day any more." in banner(again)


def test_what_was_chosen_stays_on_the_page_while_an_import_writes(asha: Client, oakfield: Registers) -> None:
    """A register and an import would wait for each other's marks without end."""
    here = address(oakfield)
    data = sent(asha.get(here), oakfield, {"Ada": "L:7"})
    with reading(school_id(oakfield.site)):
        take_turn(school_id(oakfield.site))
        refused = elsewhere(partial(asha.post, here, data))

    assert (refused.status_code, oakfield.stands()["Ada"]) == (409, UNMARKED)
    assert "An import is writing this school’s records." in banner(refused)
    assert sent(refused, oakfield, {}) == data | {"reason": ""}


def test_a_pupils_page_shows_who_changed_what_when_and_why(asha: Client, oakfield: Registers) -> None:
    apply_marks(oakfield.site, f"upn,date,session,code\n{UPN},{DAY},AM,N\n{UPN},{DAY},PM,\\\n".encode())
    apply_marks(oakfield.site, f"upn,date,session,code\n{UPN},{DAY},AM,O\n".encode())
    oakfield.mark({"Ada": Entry("L", 1)}, reason="She was <here>")
    page = asha.get(f"{LIST}/pupil/{oakfield.ids['Ada']}?day={DAY}")

    morning = "Monday 3 November 2025, morning"
    changed, imported, *days = rows_of(page)
    assert changed == (
        f"3 Nov 2025, 14:05 Asha Patel {morning} O Absent in other or unknown circumstances "
        "L Late, before the register closed, 1 minute She was"
    )
    assert "She was &lt;here&gt;" in page.text
    assert "The operator (an import)" in imported
    assert imported.endswith(
        f"{morning} N Reason for absence not yet established O Absent in other or unknown circumstances None given"
    )
    assert days[0] == "Monday 3 November 2025 L Late, before the register closed, 1 minute \\ Present, afternoon"
    assert days[1] == "Friday 31 October 2025 No mark No mark"
    assert len(days) == 20
    earlier = asha.get(f"{LIST}/pupil/{oakfield.ids['Ada']}?day=2025-10-06")
    assert "No mark of these days was entered in a register or changed." in earlier.text


def test_nobody_else_sees_anything(oakfield: Registers) -> None:
    """Marks tell of health and religion: who may not take registers is told which permission is missing."""
    tom = signed_in(add_person(oakfield.site, "Tom Reed", OFFICE))
    pupil = f"{LIST}/pupil/{oakfield.ids['Ada']}"
    for url in (LIST, f"{LIST}?q=Ada", f"{LIST}/list.csv", f"{LIST}/list.xlsx", address(oakfield), pupil):
        refused = tom.get(url)
        assert refused.status_code == 403, url
        assert "Attendance: Registers: Administer" in refused.text
        assert "Ng, Ada" not in refused.text
    assert tom.post(address(oakfield), {}).status_code == 403
    assert LIST not in tom.get("/oakfield/").text
    assert f'href="{LIST}"' in signed_in(oakfield.asha.user).get("/oakfield/").text


def test_what_is_not_there_is_404_and_other_schools_are_as_that(asha: Client, oakfield: Registers) -> None:
    elsewhere = open_registers(add_school("elmwood"))
    tomorrow = "2999-01-01"
    for url in (
        f"{LIST}/{elsewhere.forms['7A']}/{DAY}/AM",
        f"{LIST}/{'9' * 18}/{DAY}/AM",
        f"{LIST}/pupil/{elsewhere.ids['Ada']}",
        f"{LIST}/pupil/{'9' * 40}",
        address(oakfield, day=tomorrow),
        address(oakfield, day="2025-02-31"),
        address(oakfield, session="EV"),
    ):
        assert asha.get(url).status_code == 404, url


def test_nothing_that_is_sent_breaks_the_page(asha: Client, oakfield: Registers) -> None:
    for data in (
        {"seen-x": "", "seen-": "", "mark-1": "/"},
        {"seen-1": "::::", "mark-1": "\0", "minutes-1": "٣"},
        {"seen-1": "L:99999999999999999999", "mark-1": "I", "reason": "a\0b"},
        {f"seen-{'9' * 18}": "", f"mark-{'9' * 18}": "/", "minutes-1": "1" * 5000},
    ):
        assert asha.post(address(oakfield), data, follow=True).status_code in {200, 422}


def test_as_many_queries_for_many_pupils_as_for_one(asha: Client, oakfield: Registers) -> None:
    def queries(url: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert asha.get(url).status_code == 200
        return len(asked)

    asha.get(LIST)
    oakfield.mark({"Di": PRESENT}, oakfield.call("7B"))
    oakfield.mark({"Ada": PRESENT, "Ben": PRESENT, "Cy": ILL})
    assert queries(address(oakfield)) == queries(address(oakfield, "7B"))
