"""Which sites are told of an attempt to sign in: none learns what somebody does who never came there."""

import pytest
from django.test import Client

from consentry.audit.actor import OPERATOR
from consentry.people.actions.invite_user import Invited, invite_user
from consentry.people.models import SignIn, User
from consentry.people.queries.users import named
from consentry.schools.models import Site
from tests.project.sign_in.coming_in import code_of, enter_password, signed_in, with_app
from tests.world import NOW, PASSWORD, account_of, add_person, add_school


@pytest.fixture
def oakfield(database: str) -> Site:
    return add_school()


@pytest.fixture
def elmwood(database: str) -> Site:
    return add_school("elmwood")


@pytest.fixture
def asha(oakfield: Site, elmwood: Site) -> User:
    """Somebody of Oakfield whom Elmwood has added by her email address."""
    user = add_person(oakfield)
    invite_user(elmwood, Invited(user.email, "Whoever"), by=OPERATOR, at=NOW)
    return user


def told(site: Site) -> list[str]:
    """The outcomes that the site's Login History shows, the oldest first."""
    return list(SignIn.objects.filter(school=site, is_told=True).order_by("id").values_list("outcome", flat=True))


def own(client: Client, site: Site) -> int:
    """How many attempts a person sees of their own at a site."""
    return client.get(f"/{site.slug}/own-sign-ins").text.count('data-label="Outcome"')


def test_a_site_that_adds_somebody_learns_nothing_of_what_they_do_elsewhere(
    asha: User, oakfield: Site, elmwood: Site
) -> None:
    signed_in(asha).get("/oakfield/")
    enter_password(Client(), asha.email, "wrong-password-here")
    signed_in(asha)

    assert told(elmwood) == []
    assert told(oakfield) == ["signed_in", "wrong_password", "signed_in"]
    assert named(elmwood, account_of(asha, elmwood).id).is_invited, "they have not come, whatever they did elsewhere"  # type: ignore[attr-defined]


def test_from_their_first_entry_on_a_site_is_told(asha: User, elmwood: Site) -> None:
    client = signed_in(asha, REMOTE_ADDR="192.0.2.7")
    client.get("/elmwood/", REMOTE_ADDR="198.51.100.9")
    client.get("/elmwood/users")
    assert told(elmwood) == ["signed_in"]
    assert SignIn.objects.get(school=elmwood, is_told=True).address == "198.51.100.9", "not that of before"

    enter_password(Client(), asha.email, "wrong-password-here")
    assert told(elmwood) == ["signed_in", "wrong_password"]


def test_what_is_tried_on_the_way_to_a_site_is_told_there(asha: User, oakfield: Site, elmwood: Site) -> None:
    Client().post("/accounts/login/?next=/elmwood/users", {"login": asha.email, "password": "wrong-password-here"})
    assert (told(oakfield), told(elmwood)) == ([], ["wrong_password"])

    Client().post("/accounts/login/", {"login": asha.email, "password": PASSWORD, "next": "/elmwood/"})
    assert (told(oakfield), told(elmwood)) == ([], ["wrong_password", "signed_in"])


def test_so_is_a_wrong_second_factor(asha: User, oakfield: Site, elmwood: Site) -> None:
    secret = with_app(asha)
    client = Client()
    client.post("/accounts/login/?next=/elmwood/", {"login": asha.email, "password": PASSWORD})
    client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})

    assert told(elmwood) == ["wrong_second_factor", "signed_in"]


def test_of_somebody_of_one_site_it_is_told_as_they_sign_in(database: str) -> None:
    site = add_school()
    user = add_person(site)

    signed_in(user).get("/oakfield/")

    assert told(site) == ["signed_in"], "once, not for the entry again"


def test_the_person_themself_sees_every_attempt_at_each_of_their_sites(
    asha: User, oakfield: Site, elmwood: Site
) -> None:
    enter_password(Client(), asha.email, "wrong-password-here")
    client = signed_in(asha)

    assert own(client, oakfield) == 3, "the wrong password, the sign-in, the entry"
    assert own(client, elmwood) == 3
    assert told(elmwood) == ["signed_in"]


@pytest.mark.parametrize("to", ["//elmwood/", "https://elmwood/", "/elmwood", "elmwood", "/\0", "/nowhere-at-all/"])
def test_an_odd_way_on_breaks_nothing(asha: User, to: str) -> None:
    answer = Client().post("/accounts/login/", {"login": asha.email, "password": "wrong", "next": to})

    assert answer.status_code in {200, 400}
