"""Sessions: the table gives none away, and all of one person end together."""

import base64
from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.utils import timezone
from tests.world import add_person, add_school

from consentry.people.actions.end_sessions import end_sessions
from consentry.people.actions.forget_sessions import forget_sessions
from consentry.people.models import Session, User
from consentry.people.sessions import SessionStore, _hash


@pytest.fixture
def asha(database: str) -> User:
    return add_person(add_school())


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def is_in(client: Client) -> bool:
    return client.get("/oakfield/").status_code == 200


def key_of(client: Client) -> str:
    return client.cookies["session"].value


def test_the_table_does_not_hold_the_key_of_a_session_but_whose_it_is(asha: User) -> None:
    client = signed_in(asha)
    row = Session.objects.get()

    assert is_in(client)
    assert row.user == asha
    assert key_of(client) not in (row.session_key, row.session_data)


def test_what_the_table_holds_opens_nothing(asha: User) -> None:
    signed_in(asha)
    thief = Client()
    thief.cookies["session"] = Session.objects.get().session_key

    assert not is_in(thief)


def test_all_sessions_of_one_person_end_and_nobody_elses(asha: User) -> None:
    lee = add_person(add_school("elmwood"), "Lee Hart")
    desk, phone, other = signed_in(asha), signed_in(asha), signed_in(lee)

    assert end_sessions(asha) == 2

    assert not is_in(desk)
    assert not is_in(phone)
    assert other.get("/elmwood/").status_code == 200
    assert end_sessions(asha) == 0


def test_a_session_of_nobody_is_nobodys(database: str) -> None:
    store = SessionStore()
    store["colour"] = "green"
    store.save()

    assert Session.objects.get().user is None
    assert SessionStore(store.session_key)["colour"] == "green"


def test_a_session_that_has_expired_opens_nothing_and_is_removed(asha: User) -> None:
    client = signed_in(asha)
    signed_in(asha)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    assert not is_in(client)
    assert Session.objects.filter(user=asha).count() == 1

    signed_in(asha)
    assert forget_sessions(at=timezone.now()) == 1
    assert Session.objects.filter(user=asha).count() == 1


def test_a_key_is_made_anew_and_the_old_one_is_gone(asha: User) -> None:
    store = SessionStore()
    store["colour"] = "green"
    store.save()
    before = store.session_key

    store.cycle_key()

    assert store.session_key != before
    assert store.exists(str(store.session_key))
    assert not store.exists(str(before))
    assert SessionStore(store.session_key)["colour"] == "green"


def test_signing_out_leaves_no_row(asha: User) -> None:
    client = signed_in(asha)
    client.post("/accounts/logout/")

    assert Session.objects.filter(user=asha).count() == 0


@pytest.mark.parametrize("key", ["", "a", "\0" * 40, "é" * 40, "x" * 5000, "%00" * 20, "'; drop table"])
def test_a_made_up_key_is_a_visitor_who_is_not_signed_in(database: str, key: str) -> None:
    visitor = Client()
    visitor.cookies["session"] = key

    assert visitor.get("/oakfield/").status_code == 302


async def _asynchronously(asha: User) -> list[object]:
    store = SessionStore()
    await store.acreate()
    key = str(store.session_key)
    store[SESSION_KEY] = str(asha.pk)
    await store.asave()
    found = [await store.aexists(key), await SessionStore(key).aget(SESSION_KEY), await store.aexists("other" * 4)]
    await store.adelete(key)
    return [*found, await store.aexists(key)]


def test_the_asynchronous_twins_hash_the_key_too(asha: User) -> None:
    from asgiref.sync import async_to_sync

    assert async_to_sync(_asynchronously)(asha) == [True, str(asha.pk), False, False]


def test_what_a_session_holds_cannot_be_read_or_moved_in_the_database(database: str) -> None:
    """The secret of an authenticator app stands there while it is set up."""
    one, other = SessionStore(), SessionStore()
    for store, secret in ((one, "JBSWY3DPEHPK3PXP"), (other, "nothing")):
        store["mfa.totp.secret"] = secret
        store.create()
    rows = Session.objects.order_by("session_data")
    stored = [base64.b64decode(each.session_data) for each in rows]

    assert not any(b"JBSWY3DPEHPK3PXP" in each or b"mfa.totp" in each for each in stored)
    assert "JBSWY3DPEHPK3PXP" not in "".join(each.session_data for each in rows)
    assert SessionStore(one.session_key)["mfa.totp.secret"] == "JBSWY3DPEHPK3PXP"

    mine = Session.objects.values_list("session_data", flat=True).get(session_key=_hash(one.session_key or ""))
    Session.objects.filter(session_key=_hash(other.session_key or "")).update(session_data=mine)
    assert SessionStore(other.session_key).load() == {}


@pytest.mark.parametrize("data", ["", "x", "e30=", "%%%", "é"])
def test_a_session_that_no_key_opens_holds_nothing(database: str, data: str) -> None:
    store = SessionStore()
    store["a"] = 1
    store.create()
    Session.objects.update(session_data=data)

    assert SessionStore(store.session_key).load() == {}
