"""School > Data > Export > Attendance API Submissions: what is sent, consent, and who may do what."""

import re

import pytest
from django.test import Client
from django.utils import timezone
from tests.returns.a_collector import add_collector, changed
from tests.returns.recent_school import Oakfield, working_day
from tests.web.conftest import signed_in
from tests.web.returns.conftest import HERE, PAGE, banner, words
from tests.world import add_person, add_school, add_trust

from consentry.people.actions.add_roles import OFFICE
from consentry.rules.collectors import CollectorStatus
from consentry.rules.jurisdictions import Jurisdiction
from consentry.rules.school_calendar import SchoolCalendar
from consentry.rules.sending_window import Window
from consentry.schools.models import Life
from consentry.web.sentences import day

SEED = [
    "The year groups in your school",
    "URN (your school number)",
    "You can see it in School > School Details",
    "Total number of AM and PM Roll Call attendance marks for each attendance code",
    "Total number of AM and PM Roll Call attendance marks for each year group",
    "The total number of pupils on roll",
    "How many pupils are enrolled in each year group",
]


def test_the_page_says_in_plain_words_what_will_be_sent(tom: Client) -> None:
    """DS-04. While active, the following data is sent every day, plus data from the previous 7 days."""
    page = words(tom.get(PAGE))

    assert [each for each in SEED if each not in page] == []
    assert "Goes to Department for Practice What for To understand attendance." in page
    assert "Every working day, after the morning (at 12:00) and after the afternoon (at 16:00)." in page
    first = Window().days(timezone.localdate(), SchoolCalendar(Jurisdiction.ENGLAND))[0]
    assert f"Today and the 7 working days before it. Today that is {first:%a} {day(first)}" in page
    assert "No names, no ids, nothing about a single pupil, and nothing about staff." in page
    assert "Nothing has been sent yet" in page


def test_the_questions_of_schools_are_answered_where_they_arise(tom: Client) -> None:
    """DS-16, DS-19."""
    page = words(tom.get(PAGE))

    for question, answer in (
        ("Do I still have to submit the school census?", "Yes."),
        ("Do I still have to fill in the daily education setting status form?", "Yes,"),
        ("Do I still need to send attendance data to my Local Authority?", "Most likely yes:"),
        ("How do I know my data is safe and complies with GDPR?", "It travels over HTTPS"),
        ("Does the Attendance API capture staff absences?", "No."),
        ("Are there any cut-off times for the morning and afternoon register?", "No."),
        ("Can we make changes to attendance codes after the register is taken?", "Yes. Each sending tells today and"),
        ("How do we turn it off, and do we turn it on and off each day?", "Click Remove consent, once"),
    ):
        assert f"{question} {answer}" in page


def test_for_a_collector_that_is_told_less_the_words_say_less(oakfield: Oakfield, tom: Client) -> None:
    """A local authority that the law entitles to totals, as CSV, with small numbers hidden."""
    changed(
        oakfield.collector, granularity="marginals", format="csv", suppress_below=5, legal_basis="duty",
        local_authority="860", window_previous=1, window_unit="school", afternoon=None,
    )  # fmt: skip

    page = words(tom.get(PAGE))

    assert "Required by law" in page
    assert "The year groups in your school" not in page
    assert "how a code is spread over the year groups is not sent" in page
    assert "Small numbers are hidden Numbers from 1 to 4 are not told" in page
    assert "after the morning (at 12:00). You need not" in page
    assert "This is how Department for Practice gets it." in page
    assert "today and the 1 school day before it anew" in page
    assert "Give consent" not in page
    assert "There is nothing to consent to." in words(tom.get(f"{HERE}/consent")) + page


def test_consent_is_given_and_removed_with_who_and_when(asha: Client, oakfield: Oakfield) -> None:
    """Clicking the Give consent button; to turn off the sync, click Remove consent."""
    opened = asha.get(f"{HERE}/consent")
    assert [each for each in SEED if each not in words(opened)] == []

    given = asha.post(f"{HERE}/consent", {"version": oakfield.collector.version})

    assert (given.status_code, given["Location"]) == (303, HERE)
    page = asha.get(HERE)
    assert banner(page).startswith("Your school has given consent to Daily attendance.")
    assert "Consent given Asha Patel gave consent for your school on" in words(page)
    assert "Nothing more is sent to Department for Practice" in words(asha.get(f"{HERE}/consent"))
    again = asha.post(f"{HERE}/consent", {"version": 1})
    assert (again.status_code, banner(again)) == (
        422,
        "Nothing was changed Somebody at your school has given consent already.",
    )

    removed = asha.post(f"{HERE}/consent/remove")

    assert removed.status_code == 303
    said = words(asha.get(HERE))
    assert "Asha Patel removed your school’s consent on" in said
    assert said.index("Consent removed") < said.index("version 1 of what is asked for")
    nothing = asha.post(f"{HERE}/consent/remove")
    assert (nothing.status_code, "your school gives no consent" in banner(nothing).lower()) == (422, True)


@pytest.mark.parametrize("version", ["", "x", "0", "2", "-1", "9" * 40, "1\0"])
def test_consent_is_to_what_was_shown_and_to_nothing_else(asha: Client, version: str) -> None:
    answer = asha.post(f"{HERE}/consent", {"version": version})

    assert answer.status_code == 422
    assert banner(answer).startswith("Nothing was changed")
    assert "Your school has not given consent" in words(asha.get(HERE))


def test_who_lacks_the_permission_sees_which_and_can_do_nothing(tom: Client, oakfield: Oakfield) -> None:
    """DS-03. If you don't have this permission you can ask your office team to assign it to you."""
    for page in (tom.get(HERE), tom.get(f"{HERE}/consent")):
        assert "you can ask your office team to assign it to you: “Data Returns: Administer”." in words(page)
        assert "disabled>Give consent</button>" in page.text
    assert tom.post(f"{HERE}/consent", {"version": 1}).status_code == 403
    oakfield.consent()
    assert "disabled>Remove consent</button>" in tom.get(HERE).text
    assert "disabled>Send now</button>" in tom.get(HERE).text
    for path in ("consent/remove", "send"):
        answer = tom.post(f"{HERE}/{path}")
        assert (answer.status_code, "Data Returns: Administer" in answer.text) == (403, True)
    assert "Asha Patel gave consent" in words(tom.get(HERE))
    office = signed_in(add_person(oakfield.site, "Mia Fox", OFFICE))
    assert office.post(f"{HERE}/consent/remove").status_code == 303


def test_more_that_is_asked_for_ends_consent_and_is_said(asha: Client, oakfield: Oakfield) -> None:
    oakfield.consent()
    changed(oakfield.collector, version=2, consent_from=2)

    page = asha.get(HERE)

    assert banner(page).startswith("Daily attendance asks for more")
    assert "Nothing is sent until it gives consent again." in banner(page)
    assert "Give consent" in page.text
    assert "Send now" not in page.text
    assert asha.post(f"{HERE}/consent", {"version": 1}).status_code == 422, "that is what was shown before"
    assert asha.post(f"{HERE}/consent", {"version": 2}).status_code == 303
    said = words(asha.get(HERE))
    assert "Consent ended by itself, because more is asked for" in said
    assert "asks for more" not in said


def test_a_suspended_collector_is_said_to_be_and_consent_can_be_given(asha: Client, oakfield: Oakfield) -> None:
    changed(oakfield.collector, status=CollectorStatus.SUSPENDED, notice="Its service is being moved.")

    page = asha.get(HERE)
    assert banner(page).startswith("Daily attendance is suspended")
    assert "Its service is being moved." in banner(page)
    assert asha.post(f"{HERE}/consent", {"version": 1}).status_code == 303
    assert "Send now" not in asha.get(HERE).text
    asha.post(f"{HERE}/send")
    assert "is suspended at the moment" in banner(asha.get(HERE))


def test_a_discontinued_collector_has_its_notice_no_button_and_all_its_history(
    asha: Client, oakfield: Oakfield
) -> None:
    """DS-01. Nobody can give consent any more; the button is no longer there, as this feature was switched off."""
    oakfield.present(working_day())
    oakfield.consent()
    kept = oakfield.make()
    changed(oakfield.collector, status=CollectorStatus.DISCONTINUED, notice="Thank you.", status_at=timezone.now())

    page = asha.get(PAGE)

    assert banner(page).startswith("Important notice on this feature Department for Practice is no longer collecting")
    assert "Thank you." in banner(page)
    for button in (">Give consent<", ">Remove consent<", ">Send now<"):
        assert button not in page.text + asha.get(f"{HERE}/consent").text
    refused = asha.post(f"{HERE}/consent", {"version": 1})
    assert (refused.status_code, "collects nothing any more" in banner(refused)) == (422, True)
    asha.post(f"{HERE}/send")
    assert "collects nothing any more" in banner(asha.get(HERE))
    assert len(oakfield.submissions) == 1
    assert asha.get(f"{HERE}/{kept.id}").status_code == 200
    assert asha.get(f"{HERE}/{kept.id}/document").content == bytes(kept.document or b"")
    assert "nothing would be sent" in words(asha.get(f"{HERE}/today"))
    assert asha.get(f"{HERE}/list.csv").text.count("\n") == 2


def test_nothing_is_sent_from_a_dummy_site_and_it_says_so(oakfield: Oakfield) -> None:
    dummy = add_school("elmwood", life=Life.DUMMY)
    page = f"/elmwood{PAGE.removeprefix('/oakfield')}"
    lee = signed_in(add_person(dummy, "Lee Hart"))

    assert banner(lee.get(page)).startswith("Nothing is sent from a dummy site")
    assert ">Give consent<" not in lee.get(page).text
    refused = lee.post(f"{page}/daily-attendance/consent", {"version": 1})
    assert (refused.status_code, "This is a dummy site" in banner(refused)) == (422, True)


def test_each_collector_that_asks_has_a_tab_and_others_are_not_there(asha: Client, oakfield: Oakfield) -> None:
    add_collector(slug="other-authority", name="Elsewhere", local_authority="999")
    add_collector(slug="wales", name="Cymru", jurisdiction="wales")
    add_collector(slug="prepared", name="Prepared", status="suspended", base_url="", token_url="", client_id="")
    assert "Elsewhere" not in asha.get(PAGE).text + asha.get(HERE).text
    assert 'aria-label="Collectors"' not in asha.get(PAGE).text
    add_collector(slug="authority", name="Our authority", local_authority="860")

    page = asha.get(f"{PAGE}/authority")

    assert 'aria-label="Collectors"' in page.text
    assert all(name in page.text for name in ("Our authority", "Daily attendance"))
    assert re.findall(r'aria-current="page">([^<]+)</a>\s*</li>', asha.get(PAGE).text)[-1].strip() == "Daily attendance"
    changed(oakfield.collector, status=CollectorStatus.DISCONTINUED)
    assert re.findall(r'aria-current="page">([^<]+)</a>\s*</li>', asha.get(PAGE).text)[-1].strip() == "Our authority"
    for slug in ("other-authority", "wales", "prepared", "nobody"):
        assert asha.get(f"{PAGE}/{slug}").status_code == 404
        assert asha.post(f"{PAGE}/{slug}/consent", {"version": 1}).status_code == 404
        assert asha.get(f"{PAGE}/{slug}/list.csv").status_code == 404


def test_where_nobody_asks_the_page_says_so(asha: Client, oakfield: Oakfield) -> None:
    changed(oakfield.collector, jurisdiction="scotland")

    assert "Nobody asks for your school’s attendance here" in words(asha.get(PAGE))


def test_the_menu_leads_there_and_a_trust_has_no_such_page(tom: Client) -> None:
    assert f'href="{PAGE}" aria-current="page">Attendance API Submissions' in tom.get(HERE).text
    trust = add_trust()
    noah = signed_in(add_person(trust, "Noah Price", "Trust Administrator"))
    assert noah.get(f"/{trust.slug}/data/export/attendance-api-submissions").status_code == 404
    assert "Attendance API Submissions" not in noah.get(f"/{trust.slug}/").text


def test_the_document_of_today_is_shown_to_the_last_digit(tom: Client, oakfield: Oakfield) -> None:
    """DS-05."""
    oakfield.mark(working_day(1), "AM", "////IL")

    page = words(tom.get(f"{HERE}/today"))

    assert "This is what would be sent to Department for Practice at this moment" in page
    assert "Nothing is sent: your school has not given consent." in page
    assert "6 pupils on roll. AM: 6 marks, PM: no register taken." in page
    assert "I Illness 1 not taken" in page
    assert '"year_group": "7", "code": "I", "count": 1' in page


def test_what_keeps_todays_document_back_is_told_with_what_to_mend(tom: Client, oakfield: Oakfield) -> None:
    oakfield.add_pupil(year_group=False)

    page = words(tom.get(f"{HERE}/today"))

    assert "As it stands, nothing could be sent" in page
    assert "1 pupil on roll on" in page
    assert page.count("Give each of them a year group") == 1, "said once for all days"
