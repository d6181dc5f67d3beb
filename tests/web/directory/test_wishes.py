"""A school asks for a new app, and follows what becomes of it, step by step."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from tests.web.conftest import Oakfield
from tests.world import NOW, account_of, add_app, add_person, add_school
from tests.world_partners import BASE, LIBRARIO, accepted_company, app_behind, at_the_desk, wish_for

from consentry.audit.models import Event
from consentry.audit.reading import reading
from consentry.partners.actions.tell_of_wish import tell_of_wish
from consentry.partners.actions.withdraw_wish import withdraw_wish
from consentry.partners.models import AppKind, AppWish
from consentry.people.models import Notification
from consentry.rules.wish_life import MOST_OPEN
from consentry.schools.queries import school_id

ASK = "/oakfield/directory/ask"
TYPED = {
    "app_name": "Librario",
    "company_name": "Page Turners Ltd",
    "company_email": "hello@pageturners.example",
    "website": "https://pageturners.example",
    "purpose": "Our library lends by it.\r\nSince 2020.",
    "data_wanted": "Names and year groups.",
    "people_concerned": "All students.",
    "used_already": "yes",
}


@pytest.fixture
def desk(oakfield: Oakfield) -> Client:
    return at_the_desk(add_person(oakfield.site, "Olu Day", None))


def told(oakfield: Oakfield) -> list[str]:
    """What Asha was told about her wishes, the oldest first."""
    about = Notification.objects.filter(account__user=oakfield.asha, path__contains="/directory/wishes/")
    return [each.title for each in about.order_by("id")]


def events(oakfield: Oakfield) -> list[str]:
    """What the site's own record tells of its wishes."""
    with reading(school_id(oakfield.site)):
        of_wishes = Event.objects.filter(school_id=oakfield.site.id, name__startswith="wish.").order_by("id")
        return [each.name for each in of_wishes]


def mailed() -> list[tuple[str, str, list[str]]]:
    """What companies are told now: subject, text, to whom."""
    before = len(mail.outbox)
    tell_of_wish(base_url=BASE, at=NOW)
    return [(str(each.subject), str(each.body), each.to) for each in mail.outbox[before:]]


def test_a_school_asks_for_a_new_app_and_the_company_is_told(asha: Client, oakfield: Oakfield) -> None:
    """Seed: please let us know the name of this app; additional questions about why you want to connect with it."""
    assert "Why do you want to connect with this app?" in asha.get(ASK).text

    answer = asha.post(ASK, TYPED)

    wish = AppWish.objects.get()
    address = f"/oakfield/directory/wishes/{wish.id}"
    assert (answer.status_code, answer["Location"]) == (303, address)
    assert (wish.purpose, wish.used_already, wish.asked_by) == (
        "Our library lends by it.\nSince 2020.",
        True,
        oakfield.asha,
    )
    assert events(oakfield) == ["wish.asked"]
    assert "Waiting for the operator" in asha.get(address).text
    at = wish.asked_at
    tell_of_wish(base_url=BASE, at=at)
    tell_of_wish(base_url=BASE, at=at)
    (letter,) = [each for each in mail.outbox if each.to == ["hello@pageturners.example"]]
    assert letter.subject == "Oakfield School asks for Librario"
    assert f"{BASE}/partners/" in str(letter.body)
    assert "library lends" not in str(letter.body), "a stranger reads nothing that somebody typed at length"
    assert "Page Turners Ltd was told by email" in asha.get(address).text


def test_a_partner_of_that_name_is_said_first(asha: Client, oakfield: Oakfield) -> None:
    provider = add_app("Groupcall", accepted_company("Groupcall Ltd").name, kind=AppKind.DATA_PROVIDER)
    app_behind(provider, "Librario", "Page Turners Ltd")

    first = asha.post(ASK, TYPED | {"app_name": " librario "})

    assert "There is such a partner already" in first.text
    assert "Through Groupcall" in first.text
    assert "Our library lends by it." in first.text
    assert not AppWish.objects.exists()
    assert asha.post(ASK, TYPED | {"anyway": "on"}).status_code == 303
    assert AppWish.objects.count() == 1


def test_who_may_not_decide_on_apps_may_not_ask(tom: Client, oakfield: Oakfield) -> None:
    wish = wish_for(oakfield.site, oakfield.asha)
    directory = tom.get("/oakfield/directory").text
    assert 'aria-describedby="why-not" disabled>Ask for a new app</button>' in directory
    assert "To ask for a new app you need the permission “School: User Accounts: Administer”." in directory
    assert 'href="/oakfield/directory/ask"' not in directory

    for path in ("ask", "wishes", "wishes/list.csv", f"wishes/{wish.id}", f"wishes/{wish.id}/withdraw"):
        answer = tom.get(f"/oakfield/directory/{path}")
        assert answer.status_code == 403
        assert "School: User Accounts: Administer" in answer.text
    assert tom.post(ASK, TYPED).status_code == 403
    assert tom.post(f"/oakfield/directory/wishes/{wish.id}/answer", {"text": "No."}).status_code == 403
    assert tom.post(f"/oakfield/directory/wishes/{wish.id}/withdraw").status_code == 403
    assert AppWish.objects.get().state == "asked"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("app_name", ""), ("app_name", "x" * 201), ("app_name", "nul \0"), ("app_name", "a\u202eb"),
        ("company_email", "nobody"), ("company_email", "a@b.example\nBcc: c@d.example"),
        ("website", "javascript:alert(1)"),
        ("purpose", "x" * 2001), ("purpose", "\0"), ("data_wanted", ""), ("people_concerned", "\u200b"),
        ("used_already", ""), ("used_already", "perhaps"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_lost(asha: Client, field: str, value: str) -> None:
    answer = asha.post(ASK, TYPED | {field: value})

    assert answer.status_code == 200
    assert "There is a problem" in answer.text
    assert list(answer.context["form"].errors) == [field]
    assert "Page Turners Ltd" in answer.text
    assert not AppWish.objects.exists()


def test_the_same_app_is_not_asked_for_twice_while_it_is_open(asha: Client, oakfield: Oakfield) -> None:
    wish = wish_for(oakfield.site, oakfield.asha)

    assert "Your site has asked for librario already" in asha.post(ASK, TYPED | {"app_name": "librario"}).text
    withdraw_wish(oakfield.site, wish.id, by=account_of(oakfield.asha, oakfield.site), at=NOW)
    assert asha.post(ASK, TYPED).status_code == 303


def test_a_site_has_so_many_open_wishes_and_asks_so_often_in_a_day(asha: Client, oakfield: Oakfield) -> None:
    """Each wish mails a stranger: a site is no way to mail many of them."""
    by = account_of(oakfield.asha, oakfield.site)
    made = [
        wish_for(oakfield.site, oakfield.asha, replace(LIBRARIO, app_name=f"App {number}"))
        for number in range(MOST_OPEN)
    ]
    later = NOW + timedelta(days=2)

    with pytest.raises(Exception, match="20 open wishes"):
        wish_for(oakfield.site, oakfield.asha, replace(LIBRARIO, app_name="One more"), at=later)
    withdraw_wish(oakfield.site, made[0].id, by=by, at=NOW)
    with pytest.raises(Exception, match="20 apps within a day"):
        wish_for(oakfield.site, oakfield.asha, replace(LIBRARIO, app_name="One more"))
    assert wish_for(oakfield.site, oakfield.asha, replace(LIBRARIO, app_name="One more"), at=later).id


def test_a_question_of_the_operator_and_the_schools_answer(asha: Client, desk: Client, oakfield: Oakfield) -> None:
    """Issue: questions that a school's request for a new app raised."""
    wish = wish_for(oakfield.site, oakfield.asha)
    own, theirs = f"/oakfield/directory/wishes/{wish.id}", f"/operator/wishes/{wish.id}"

    desk.post(f"{theirs}/ask-back", {"text": "Do you\r\nlend to staff?"})

    page = asha.get(own).text
    assert told(oakfield) == ["A question about Librario"]
    assert "lend to staff?" in page
    assert "Questions to answer" in page
    assert "Questions to answer" in asha.get("/oakfield/directory/wishes").text

    asha.post(f"{own}/answer", {"text": "To staff as well."})

    wish.refresh_from_db()
    assert wish.state == "asked"
    assert "To staff as well." in desk.get(theirs).text
    assert "1 wish of a school waits" in desk.get("/operator/").text
    assert events(oakfield) == ["wish.asked", "wish.asked_back", "wish.answered"]


def test_an_empty_answer_is_said_at_its_field(asha: Client, oakfield: Oakfield) -> None:
    wish = wish_for(oakfield.site, oakfield.asha)

    answer = asha.post(f"/oakfield/directory/wishes/{wish.id}/answer", {"text": "  "})

    assert "Write your answer." in answer.text
    assert asha.post(f"/oakfield/directory/wishes/{wish.id}/answer", {"text": "\0"}).status_code == 200


def test_a_wish_is_declined_for_a_competitor(asha: Client, desk: Client, oakfield: Oakfield) -> None:
    wish = wish_for(oakfield.site, oakfield.asha)

    desk.post(f"/operator/wishes/{wish.id}/decline", {"reason": "competitor", "note": "It is a MIS."})

    page = asha.get(f"/oakfield/directory/wishes/{wish.id}").text
    assert told(oakfield) == ["Librario will not become a partner"]
    assert "The app competes with our own products" in page
    assert "It is a MIS." in page
    assert f"/oakfield/directory/wishes/{wish.id}/withdraw" not in page


def test_an_app_is_built_and_becomes_a_partner(asha: Client, desk: Client, oakfield: Oakfield) -> None:
    """Issue: the school sees the progress."""
    wish = wish_for(oakfield.site, oakfield.asha)

    desk.post(f"/operator/wishes/{wish.id}/build", {"note": ""})
    page = asha.get(f"/oakfield/directory/wishes/{wish.id}").text
    assert "The company is building the connection" in page

    not_a_partner = add_app("Librario", "Lunch Co", is_live=False)
    refused = desk.post(f"/operator/wishes/{wish.id}/link", {"app": not_a_partner.id})
    assert "Choose an app of the directory." in refused.text
    partner = oakfield.connection.app
    desk.post(f"/operator/wishes/{wish.id}/link", {"app": partner.id})

    page = asha.get(f"/oakfield/directory/wishes/{wish.id}").text
    assert told(oakfield) == ["Librario is being built", "Timetabler is a partner app now"]
    assert "Now a partner" in page
    assert f'href="/oakfield/directory/apps/{partner.id}"' in page


def test_a_wish_that_was_withdrawn_is_over(asha: Client, desk: Client, oakfield: Oakfield) -> None:
    wish = wish_for(oakfield.site, oakfield.asha)
    address = f"/oakfield/directory/wishes/{wish.id}"
    assert "Nobody looks at it any more." in asha.get(f"{address}/withdraw").text
    assert AppWish.objects.get().state == "asked"

    assert asha.post(f"{address}/withdraw").status_code == 303

    assert "Withdrawn" in asha.get(address).text
    assert mailed() == [], "a company that was not told yet is not told"
    again = asha.post(f"{address}/answer", {"text": "Wait."}, follow=True)
    assert "Nothing was changed: the wish stands at “Withdrawn” now." in again.text
    late = desk.post(f"/operator/wishes/{wish.id}/build", {"note": ""}, follow=True)
    assert "It stands at “Withdrawn” now." in late.text


def test_another_sites_wish_is_not_found(asha: Client, oakfield: Oakfield) -> None:
    elmwood = add_school("elmwood")
    wish = wish_for(elmwood, add_person(elmwood, "Lee Hart"))

    for number in (wish.id, 9**9):
        address = f"/oakfield/directory/wishes/{number}"
        assert asha.get(address).status_code == 404
        assert asha.post(f"{address}/answer", {"text": "Hello."}).status_code == 404
        assert asha.post(f"{address}/withdraw").status_code == 404
    assert "Librario" not in asha.get("/oakfield/directory/wishes").text
    assert AppWish.objects.get().state == "asked"


def test_the_sites_wishes_can_be_downloaded(asha: Client, oakfield: Oakfield) -> None:
    wish_for(oakfield.site, oakfield.asha)

    file = asha.get("/oakfield/directory/wishes/list.csv?state=asked").content.decode("utf-8-sig")

    assert '"Librario","Page Turners Ltd","Oakfield School","Asha Patel"' in file
