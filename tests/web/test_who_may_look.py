"""Who sees a site's pages: people with an enabled account there, and nobody else."""

from urllib.parse import quote

import pytest
from django.test import Client
from tests.jobs import run_jobs
from tests.web.conftest import Oakfield, signed_in
from tests.world import NOW, PASSWORD, add_person, add_school

from consentry.audit.actor import OPERATOR
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.people.actions.add_user import NewUser, add_user
from consentry.people.models import Account, Session, User
from consentry.schools.models import Site
from consentry.schools.queries import school_id

PAGES = [
    "",
    "partner-apps/pending",
    "partner-apps/1",
    "partner-apps/list.csv",
    "partner-apps/list.xlsx",
    "notifications",
]


@pytest.mark.parametrize("page", PAGES)
def test_nobody_signed_in_is_sent_to_sign_in_whether_the_site_exists_or_not(oakfield: Oakfield, page: str) -> None:
    for slug in ("oakfield", "nowhere"):
        answer = Client().get(f"/{slug}/{page}")
        assert answer.status_code == 302
        assert answer["Location"] == f"/accounts/login/?next=/{slug}/{page}"


@pytest.mark.parametrize("page", PAGES)
def test_a_site_without_an_account_is_as_unknown_as_no_site(oakfield: Oakfield, page: str) -> None:
    stranger = signed_in(add_person(add_school("elmwood"), "Lee Hart"))

    foreign, none = stranger.get(f"/oakfield/{page}"), stranger.get(f"/nowhere/{page}")

    assert foreign.status_code == none.status_code == 404
    assert foreign.content == none.content


def disable(user: User, site: Site) -> None:
    with change(actor=OPERATOR, at=NOW, school=school_id(site)) as this:
        account = Account.objects.get(user=user, school=site)
        account.enabled = False
        account.save()
        this.record(EventName.USER_ADDED, account)


def test_a_disabled_user_is_signed_out_at_the_next_click(asha: Client, oakfield: Oakfield) -> None:
    """Issue: a disabled user's sessions end at the next click."""
    disable(oakfield.asha, oakfield.site)

    assert asha.get("/oakfield/partner-apps/pending")["Location"].startswith("/accounts/login/")
    assert Session.objects.filter(user=oakfield.asha).count() == 0


def test_who_is_disabled_at_one_site_sees_nothing_there_and_stays_signed_in_at_another(
    asha: Client, oakfield: Oakfield
) -> None:
    elmwood = add_school("elmwood")
    with change(actor=OPERATOR, at=NOW, school=school_id(elmwood)) as this:
        add_user(this, elmwood, NewUser(oakfield.asha.email, existing=True))
    disable(oakfield.asha, oakfield.site)

    assert asha.get("/oakfield/partner-apps/pending").status_code == 404
    assert asha.get("/elmwood/").status_code == 200


def test_a_person_who_was_made_inactive_is_signed_out(asha: Client, oakfield: Oakfield) -> None:
    User.objects.filter(id=oakfield.asha.id).update(is_active=False)

    assert asha.get("/oakfield/").status_code == 302
    User.objects.filter(id=oakfield.asha.id).update(is_active=True)
    assert asha.get("/oakfield/").status_code == 302, "an ended session does not come back"


def test_the_start_leads_to_the_only_site(asha: Client) -> None:
    assert asha.get("/")["Location"] == "/oakfield/"
    assert Client().get("/")["Location"].startswith("/accounts/login/")


def test_the_start_lists_the_sites_of_a_person_with_several(asha: Client, oakfield: Oakfield) -> None:
    elmwood = add_school("elmwood")
    with change(actor=OPERATOR, at=NOW, school=school_id(elmwood)) as this:
        add_user(this, elmwood, NewUser(oakfield.asha.email, existing=True))

    page = asha.get("/").text

    assert "Oakfield School" in page
    assert 'href="/elmwood/"' in page


def test_signing_in_by_e_mail_and_password_and_out_again(oakfield: Oakfield) -> None:
    client = Client()
    address = {"login": "Asha.Patel@example.org"}

    wrong = client.post("/accounts/login/?next=/oakfield/", address | {"password": "wrong"})
    right = client.post("/accounts/login/?next=/oakfield/partner-apps/pending", address | {"password": PASSWORD})
    inside = client.get(right["Location"])
    out = client.post("/accounts/logout/")

    assert "There is a problem" in wrong.text
    assert right["Location"] == "/oakfield/partner-apps/pending"
    assert "Asha Patel" in inside.text
    assert out.status_code == 302
    assert client.get("/oakfield/").status_code == 302


def test_signing_in_never_leads_off_the_site(oakfield: Oakfield) -> None:
    for elsewhere in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        sent = {"login": "asha.patel@example.org", "password": PASSWORD, "next": elsewhere}
        assert Client().post("/accounts/login/", sent)["Location"] == "/"


@pytest.mark.parametrize("text", ["a\0b@example.org", "x" * 5000 + "@example.org", "", "\ud800@example.org"])
def test_an_unusable_e_mail_is_a_form_error(oakfield: Oakfield, text: str) -> None:
    written, form = quote(text, errors="surrogatepass"), "application/x-www-form-urlencoded"
    assert Client().post("/accounts/login/", f"login={written}&password=x", form).status_code == 200
    assert Client().post("/accounts/password/reset/", f"email={written}", form).status_code == 200


def test_a_forgotten_password_is_set_anew_by_a_mailed_link(oakfield: Oakfield, mailoutbox: list[object]) -> None:
    client = Client()
    asked = client.post("/accounts/password/reset/", {"email": "asha.patel@example.org"}, follow=True)
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@example.org"}, follow=True)

    assert asked.text == unknown.text
    run_jobs()
    link = next(word for word in str(mailoutbox[0].body).split() if "/password/reset/key/" in word)  # type: ignore[attr-defined]
    form = client.get(link.removeprefix("http://127.0.0.1:8000"), follow=True)
    new = "another-calm-harbour"
    client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})

    right = Client().post("/accounts/login/", {"login": "asha.patel@example.org", "password": new})
    assert right.status_code == 302


def test_nobody_signs_up_by_themselves(database: str) -> None:
    answer = Client().post("/accounts/signup/", {"email": "a@b.example", "password1": PASSWORD, "password2": PASSWORD})

    assert User.objects.count() == 0
    assert answer.status_code == 404
