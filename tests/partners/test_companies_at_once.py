"""Two at once: a link registers one company, a company keeps an Administrator, an app has two secrets at most."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone
from tests.partners.company_world import details, joined, mailed_key, registered
from tests.races import TIMES
from tests.web.partners.conftest import own_app
from tests.world import PASSWORD

from consentry.partners.actions.ask_company_link import ask_company_link
from consentry.partners.actions.issue_own_secret import issue_own_secret
from consentry.partners.actions.join_company import NewPerson, OtherPersonError
from consentry.partners.actions.mail_company_links import mail_company_links
from consentry.partners.actions.register_company import register_company
from consentry.partners.actions.remove_member import remove_member
from consentry.partners.models import Company, CompanyMember, Credential
from consentry.people.models import User
from consentry.rules.company_roles import CompanyRole
from consentry.rules.invalid import InvalidError

Act = Callable[[], object]


def at_once(*acts: Act) -> list[Exception | None]:
    """What each of these raised, done at the same moment."""
    start = Barrier(len(acts))

    def run(act: Act) -> Exception | None:
        try:
            start.wait()
            act()
        except Exception as raised:  # noqa: BLE001 - which one is what is looked at
            return raised
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.races
def test_a_link_registers_one_company(database: str) -> None:
    for number in range(TIMES):
        ask_company_link(f"jo{number}@acme.example", at=timezone.now())
        key, person = mailed_key(), NewPerson("Jo Bell", PASSWORD)

        def register(name: str, key: str = key, person: NewPerson = person) -> object:
            return register_company(key, details(name), person, at=timezone.now())

        names = (f"One {number} Ltd", f"Other {number} Ltd")
        raised = at_once(lambda: register(names[0]), lambda: register(names[1]))  # noqa: B023 - done before the next

        assert raised.count(None) == 1
    assert Company.objects.count() == CompanyMember.objects.count() == TIMES


@pytest.mark.races
def test_of_two_administrators_who_remove_each_other_one_stays(database: str) -> None:
    for number in range(TIMES):
        jo = registered(f"Acme {number} Ltd", f"jo{number}@acme.example")
        other = joined(jo, CompanyRole.ADMINISTRATOR, f"sam{number}@acme.example", "Sam Fox")
        now = timezone.now()

        at_once(
            lambda: remove_member(other.id, by=jo, at=now),  # noqa: B023 - done before the next
            lambda: remove_member(jo.id, by=other, at=now),  # noqa: B023
        )

        assert CompanyMember.objects.filter(company=jo.company, ended_at=None).count() == 1


@pytest.mark.races
def test_an_app_has_two_secrets_at_most(database: str) -> None:
    jo = registered()
    for number in range(TIMES):
        app = own_app(jo, f"App {number}")

        raised = at_once(*[lambda: issue_own_secret(app.id, by=jo, at=timezone.now())] * 3)  # noqa: B023

        assert raised.count(None) == 2
        assert Credential.objects.filter(app=app).count() == 2


@pytest.mark.races
def test_of_two_companies_of_one_name_the_second_is_told(database: str) -> None:
    for number in range(TIMES):
        keys = [_asked(f"{who}{number}@acme.example") for who in ("jo", "sam")]

        def register(key: str, name: str = f"Acme {number} Ltd") -> object:
            return register_company(key, details(name), NewPerson("Jo Bell", PASSWORD), at=timezone.now())

        raised = at_once(*[partial(register, key) for key in keys])

        assert [type(each) for each in raised if each] == [InvalidError]


@pytest.mark.races
def test_one_address_becomes_one_user(database: str) -> None:
    for number in range(TIMES):
        keys = [_asked(f"jo{number}@acme.example") for _ in range(2)]

        def register(key: str, name: str) -> object:
            return register_company(key, details(name), NewPerson("Jo Bell", PASSWORD), at=timezone.now())

        raised = at_once(*[partial(register, key, f"Acme {number} {key[:4]}") for key in keys])

        assert {type(each) for each in raised if each} <= {OtherPersonError}
        assert User.objects.filter(email=f"jo{number}@acme.example").count() == 1


@pytest.mark.races
def test_a_link_is_mailed_once(database: str) -> None:
    for number in range(TIMES):
        ask_company_link(f"jo{number}@acme.example", at=timezone.now())
        run = partial(mail_company_links, base_url="https://consentry.example", at=timezone.now())
        at_once(run, run)

    assert len(mail.outbox) == TIMES


def _asked(email: str) -> str:
    ask_company_link(email, at=timezone.now())
    return mailed_key()
