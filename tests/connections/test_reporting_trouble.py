"""A school reports that an app does not work; the company answers; the school goes on, settles or reopens."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from consentry.audit.actor import OPERATOR
from consentry.audit.models import Event
from consentry.audit.reading import reading
from consentry.connections.actions.report_trouble import (
    FactsMovedError,
    SeenFacts,
    digest_of,
    report_trouble,
)
from consentry.connections.models import Connection
from consentry.connections.queries.trouble_of import trouble_of
from consentry.partners.actions.answer_trouble import answer_trouble
from consentry.partners.actions.continue_trouble import continue_trouble
from consentry.partners.actions.mail_letters import mail_letters
from consentry.partners.actions.note_trouble import note_trouble
from consentry.partners.actions.remove_member import remove_member
from consentry.partners.actions.settle_trouble import settle_trouble
from consentry.partners.models import App, CompanyMember, TroubleReport
from consentry.people.actions.add_roles import OFFICE
from consentry.people.models import Notification, User
from consentry.rules.company_roles import CompanyRole, NotForThisMemberError
from consentry.rules.invalid import InvalidError
from consentry.rules.permissions import NotPermittedError
from consentry.rules.trouble_life import MOST_NOTES, MOST_NOTES_A_DAY, TroubleRefusedError, TroubleState
from consentry.schools.models import Site
from consentry.schools.queries import school_id
from tests.partners.company_world import joined, registered
from tests.world import account_of, add_app, add_person, add_school, approve, ask, call
from tests.world_partners import TROUBLE as TYPED
from tests.world_partners import report_of

BASE = "https://consentry.example"


@pytest.fixture
def jo(database: str) -> CompanyMember:
    """The Administrator of Acme Ltd, whose app is Timetabler."""
    return registered()


@pytest.fixture
def site(database: str) -> Site:
    return add_school()


@pytest.fixture
def asha(site: Site) -> User:
    return add_person(site)


@pytest.fixture
def app(jo: CompanyMember) -> App:
    return add_app("Timetabler", jo.company.name)


@pytest.fixture
def connected(app: App, site: Site, asha: User) -> Connection:
    approved = approve(ask(app, site), asha)
    call(app, site)
    return approved


def seen(connected: Connection, back: timedelta = timedelta()) -> SeenFacts:
    """What somebody has before them who opens the page now, or this long ago."""
    at = timezone.now() - back
    with reading(school_id(connected.school)):
        return SeenFacts(at, digest_of(trouble_of(school_id(connected.school), connected.id, at=at).facts))


def mailed() -> list[tuple[str, str, list[str]]]:
    """What companies are told now: subject, text, to whom."""
    before = len(mail.outbox)
    mail_letters(base_url=BASE, at=timezone.now())
    return [(str(each.subject), str(each.body), each.to) for each in mail.outbox[before:]]


def events(site: Site) -> list[str]:
    with reading(school_id(site)):
        found = Event.objects.filter(school_id=site.id, name__startswith="trouble.").order_by("id")
        return [each.name for each in found]


def told(by: User) -> list[str]:
    """What the person was told about reports, the oldest first."""
    about = Notification.objects.filter(account__user=by, path__contains="/troubles/").order_by("id")
    return [each.title for each in about]


def now_at(made: TroubleReport) -> str:
    return TroubleReport.objects.get(id=made.id).state


def test_the_company_is_told_with_a_link_and_finds_the_facts_that_were_seen(connected: Connection, asha: User) -> None:
    """Issue: a form to report a problem that reaches the company (and the operator) with those facts attached."""
    mailed()
    shown = seen(connected)
    site = connected.school

    made = report_trouble(site, connected.id, TYPED, shown, by=account_of(asha, site), at=timezone.now())

    assert digest_of(TroubleReport.objects.get(id=made.id).facts) == shown.digest
    ((subject, text, to),) = mailed()
    assert (subject, to) == ("Oakfield School reports a problem with Timetabler", ["help@acme.example"])
    assert f"{BASE}/partners/{made.app.company_id}/troubles/{made.id}" in text
    assert "Year 7" not in text
    assert "Asha" not in text
    assert events(site) == ["trouble.reported"]


def test_facts_that_changed_since_are_looked_at_again(connected: Connection, asha: User) -> None:
    site, by = connected.school, account_of(asha, connected.school)
    shown = seen(connected)
    later = timezone.now()

    with pytest.raises(FactsMovedError):
        report_trouble(site, connected.id, TYPED, replace(shown, digest="x"), by=by, at=later)
    with pytest.raises(FactsMovedError):
        report_trouble(site, connected.id, TYPED, shown, by=by, at=later + timedelta(hours=13))
    with pytest.raises(FactsMovedError):
        report_trouble(site, connected.id, TYPED, replace(shown, at=later + timedelta(hours=1)), by=by, at=later)
    call(connected.app, site)
    assert report_trouble(site, connected.id, TYPED, shown, by=by, at=timezone.now()).facts["calls"]["served"] == 1


def test_the_whole_conversation(connected: Connection, asha: User, jo: CompanyMember) -> None:
    """Issue: … and shows what became of it."""
    site, by, at = connected.school, account_of(asha, connected.school), timezone.now()
    made = report_of(connected, asha)
    mailed()

    answer_trouble(made.id, "Which form?", by=jo, at=at)
    assert now_at(made) == TroubleState.ANSWERED
    continue_trouble(site, made.id, "7B.", by=by, at=at)
    assert now_at(made) == TroubleState.OPEN
    note_trouble(made.id, "We look at it too.", by=OPERATOR, at=at)
    assert now_at(made) == TroubleState.OPEN
    answer_trouble(made.id, "Mended.", settles=True, by=jo, at=at)
    assert (now_at(made), TroubleReport.objects.get(id=made.id).settled_at) == (TroubleState.SETTLED, at)
    continue_trouble(site, made.id, "Not for 7C.", by=by, at=at)
    assert (now_at(made), TroubleReport.objects.get(id=made.id).settled_at) == (TroubleState.OPEN, None)
    settle_trouble(site, made.id, by=by, at=at)
    assert now_at(made) == TroubleState.SETTLED

    assert [(each.side, each.move, each.by) for each in made.notes.order_by("id")] == [
        ("company", "answer", "Jo Bell of Acme Ltd"),
        ("school", "say", "Asha Patel"),
        ("operator", "note", OPERATOR.name),
        ("company", "settle", "Jo Bell of Acme Ltd"),
        ("school", "reopen", "Asha Patel"),
        ("school", "settle", "Asha Patel"),
    ]
    assert events(site) == [
        "trouble.reported",
        "trouble.answered",
        "trouble.continued",
        "trouble.noted",
        "trouble.settled",
        "trouble.reopened",
        "trouble.settled",
    ]
    assert told(asha) == [
        "Acme Ltd answers your report about Timetabler",
        "The operator says something about Timetabler at Oakfield School",
        "Acme Ltd has settled your report about Timetabler",
    ]
    assert [subject for subject, _, _ in mailed()] == [
        "Oakfield School says more about Timetabler",
        "The operator says something about Timetabler at Oakfield School",
        "Oakfield School has reopened its report about Timetabler",
        "Oakfield School has settled its report about Timetabler",
    ]


def test_an_open_report_is_continued_rather_than_doubled(connected: Connection, asha: User) -> None:
    first = report_of(connected, asha)
    second = report_of(connected, add_person(connected.school, "Tom Reed"), "Nor is year 8.")

    assert second.id == first.id
    assert [each.text for each in first.notes.all()] == ["Nor is year 8."]
    assert TroubleReport.objects.count() == 1


def test_a_few_reports_a_day(connected: Connection, asha: User) -> None:
    by = account_of(asha, connected.school)
    for _ in range(3):
        settle_trouble(connected.school, report_of(connected, asha).id, by=by, at=timezone.now())

    with pytest.raises(InvalidError, match="3 problems with this app within a day"):
        report_of(connected, asha)
    assert report_of(connected, asha, days=2).state == TroubleState.OPEN


def test_a_report_of_long_ago_or_beside_an_open_one_is_not_reopened(connected: Connection, asha: User) -> None:
    site, by, at = connected.school, account_of(asha, connected.school), timezone.now()
    old = report_of(connected, asha)
    settle_trouble(site, old.id, by=by, at=at)

    with pytest.raises(TroubleRefusedError):
        continue_trouble(site, old.id, "Again.", by=by, at=at + timedelta(days=15))
    new = report_of(connected, asha)
    with pytest.raises(TroubleRefusedError):
        continue_trouble(site, old.id, "Again.", by=by, at=at)
    settle_trouble(site, new.id, by=by, at=at)
    assert continue_trouble(site, old.id, "Again.", by=by, at=at).state == TroubleState.OPEN


def test_each_side_says_so_much_a_day_and_all_of_them_so_much(
    connected: Connection, asha: User, jo: CompanyMember
) -> None:
    made, at = report_of(connected, asha), timezone.now()
    for number in range(MOST_NOTES_A_DAY):
        answer_trouble(made.id, f"Answer {number}", by=jo, at=at)

    with pytest.raises(InvalidError, match="within a day"):
        answer_trouble(made.id, "One more", by=jo, at=at)
    assert continue_trouble(connected.school, made.id, "And now?", by=account_of(asha, connected.school), at=at)
    for number in range(MOST_NOTES - made.notes.count()):
        answer_trouble(made.id, "Later", by=jo, at=at + timedelta(days=2 + number // MOST_NOTES_A_DAY * 2))
    with pytest.raises(InvalidError, match="holds 100 notes already"):
        note_trouble(made.id, "One more", by=OPERATOR, at=at)


def test_who_may_report_and_who_may_answer(connected: Connection, asha: User, jo: CompanyMember) -> None:
    """Who may decide on apps reports; at the company support people answer, readers do not, who was removed neither."""
    site, at = connected.school, timezone.now()
    tom = add_person(site, "Tom Reed", OFFICE)
    with pytest.raises(NotPermittedError):
        report_of(connected, tom)
    made = report_of(connected, asha)
    with pytest.raises(NotPermittedError):
        continue_trouble(site, made.id, "More.", by=account_of(tom, site), at=at)
    with pytest.raises(NotPermittedError):
        settle_trouble(site, made.id, by=account_of(tom, site), at=at)

    reader = joined(jo, CompanyRole.READER, "rita@acme.example", "Rita Moss")
    support = joined(jo, CompanyRole.SUPPORT, "sam@acme.example", "Sam Lee")
    with pytest.raises(NotForThisMemberError):
        answer_trouble(made.id, "Hello.", by=reader, at=at)
    assert answer_trouble(made.id, "Hello.", by=support, at=at).state == TroubleState.ANSWERED
    remove_member(support.id, by=jo, at=at)
    with pytest.raises(CompanyMember.DoesNotExist):
        answer_trouble(made.id, "Hello again.", by=support, at=at)
    assert made.notes.count() == 1


def test_other_sites_and_companies_find_nothing(connected: Connection, asha: User) -> None:
    made, at = report_of(connected, asha), timezone.now()
    elmwood = add_school("elmwood")
    elm = account_of(add_person(elmwood, "Elm Head"), elmwood)
    rival = registered("Rival Ltd", "rae@rival.example", "Rae Moss")

    with pytest.raises(TroubleReport.DoesNotExist):
        continue_trouble(elmwood, made.id, "More.", by=elm, at=at)
    with pytest.raises(TroubleReport.DoesNotExist):
        settle_trouble(elmwood, made.id, by=elm, at=at)
    with pytest.raises(TroubleReport.DoesNotExist):
        answer_trouble(made.id, "Hello.", by=rival, at=at)
    with pytest.raises(Connection.DoesNotExist):
        report_trouble(elmwood, connected.id, TYPED, seen(connected), by=elm, at=at)


@pytest.mark.parametrize("text", ["", " ", "nul \0", "x" * 1_000_000, "a\u202eb"])
def test_texts_that_cannot_be(connected: Connection, asha: User, jo: CompanyMember, text: str) -> None:
    made, at, by = report_of(connected, asha), timezone.now(), account_of(asha, connected.school)

    with pytest.raises(InvalidError):
        report_of(connected, asha, text)
    with pytest.raises(InvalidError):
        continue_trouble(connected.school, made.id, text, by=by, at=at)
    with pytest.raises(InvalidError):
        answer_trouble(made.id, text, by=jo, at=at)
    with pytest.raises(InvalidError):
        note_trouble(made.id, text, by=OPERATOR, at=at)


def test_days_that_cannot_be(connected: Connection, asha: User) -> None:
    site, at = connected.school, timezone.now()
    for since in (at.date() + timedelta(days=2), at.date() - timedelta(days=400)):
        wanted = replace(TYPED, since=since)
        with pytest.raises(InvalidError):
            report_trouble(site, connected.id, wanted, seen(connected), by=account_of(asha, site), at=at)
