"""Links of companies: what each is for, who may use it, and who comes back."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from tests.partners.company_world import details, joined, mailed_key, registered
from tests.world import PASSWORD, account_of, add_person, add_school
from tests.world_partners import BASE, acts_for

from consentry.audit.actor import OPERATOR
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.actions.accept_invitation import accept_invitation
from consentry.partners.actions.ask_company_link import ask_company_link
from consentry.partners.actions.forget_company_links import KEPT, forget_company_links
from consentry.partners.actions.invite_member import invite_member
from consentry.partners.actions.join_company import NewPerson, OtherPersonError
from consentry.partners.actions.mail_company_links import mail_company_links
from consentry.partners.actions.register_company import register_company
from consentry.partners.actions.remove_member import remove_member
from consentry.partners.models import CompanyInvitation, CompanyMember
from consentry.partners.queries.links import VALID_FOR
from consentry.people.actions.ask_email_change import ask_email_change
from consentry.people.actions.confirm_email_change import confirm_email_change
from consentry.people.actions.mail_email_changes import mail_email_changes
from consentry.people.models import User
from consentry.people.queries.who_may_sign_in import may_sign_in
from consentry.rules.company_roles import CompanyRole
from consentry.rules.invalid import InvalidError

SAM = NewPerson("Sam Fox", PASSWORD)


@pytest.fixture
def jo(database: str) -> CompanyMember:
    return registered()


def invited_key(jo: CompanyMember, email: str = "sam@acme.example") -> str:
    invite_member(email, CompanyRole.DEVELOPER, by=jo, at=timezone.now())
    return mailed_key()


def test_a_link_to_join_registers_nothing_and_one_to_register_lets_nobody_join(jo: CompanyMember) -> None:
    now = timezone.now()
    with pytest.raises(CompanyInvitation.DoesNotExist):
        register_company(invited_key(jo), details("Fox Ltd"), SAM, at=now)
    ask_company_link("sam@fox.example", at=now)
    with pytest.raises(CompanyInvitation.DoesNotExist):
        accept_invitation(mailed_key(), SAM, at=now)


def test_a_link_is_for_whoever_signs_in_with_its_address(jo: CompanyMember) -> None:
    site, now = add_school(), timezone.now()
    asha, tom = add_person(site), add_person(site, "Tom Reed")
    key = invited_key(jo, asha.email)

    for somebody_else in (tom, SAM):
        with pytest.raises(OtherPersonError):
            accept_invitation(key, somebody_else, at=now)

    assert accept_invitation(key, asha, at=now).user == asha


def test_who_acts_for_the_company_already_joins_no_second_time(jo: CompanyMember) -> None:
    site, now = add_school(), timezone.now()
    asha = add_person(site)
    acts_for(jo.company, asha, CompanyRole.READER, at=now)
    key = invited_key(jo, "asha@acme.example")
    her = account_of(asha, site)
    ask_email_change(site, her.id, "asha@acme.example", by=her, at=now)
    mail_email_changes(base_url=BASE, at=now)
    for letter in mail.outbox[-2:]:
        link = re.search(r"/accounts/email-change/(\S+)", str(letter.body))
        confirm_email_change(link[1] if link else "", at=now)
    asha.refresh_from_db()
    assert asha.email == "asha@acme.example"

    with pytest.raises(InvalidError, match="already"):
        accept_invitation(key, asha, at=timezone.now())


def test_who_was_removed_signs_in_no_more_and_comes_back_by_a_link(jo: CompanyMember) -> None:
    dev = joined(jo, CompanyRole.DEVELOPER)
    remove_member(dev.id, by=jo, at=timezone.now())
    assert not may_sign_in(dev.user)

    again = accept_invitation(invited_key(jo, dev.user.email), NewPerson("Dev R Rao", PASSWORD), at=timezone.now())

    assert again.user == dev.user
    assert User.objects.get(id=dev.user_id).name == "Dev R Rao"
    assert may_sign_in(dev.user)


def test_an_address_that_was_shut_out_altogether_does_not_come_back(jo: CompanyMember) -> None:
    dev = joined(jo, CompanyRole.DEVELOPER)
    key = invited_key(jo, "other@acme.example")
    with change(actor=OPERATOR, at=timezone.now(), school=None) as this:
        User.objects.filter(id=dev.user_id).update(is_active=False, email="other@acme.example")
        this.record(EventName.USER_DISABLED, dev.user)

    with pytest.raises(InvalidError, match="ask the operator"):
        accept_invitation(key, SAM, at=timezone.now())


def test_the_mail_names_who_invites_to_what_and_nothing_in_a_name_becomes_a_place_holder(database: str) -> None:
    jo = registered("Braces {link} Ltd")

    invited_key(jo)

    letter = mail.outbox[-1]
    assert letter.subject == "Consentry: Join Braces {link} Ltd"
    assert "Jo Bell invites you to act for Braces {link} Ltd at Consentry, as Developer." in str(letter.body)
    assert "for 96 hours" in str(letter.body)


def test_what_was_mailed_is_not_mailed_again(jo: CompanyMember) -> None:
    invited_key(jo)

    assert mail_company_links(base_url="https://consentry.example", at=timezone.now()) == 0


def test_the_addresses_of_those_who_asked_to_register_are_forgotten_after_a_month(jo: CompanyMember) -> None:
    now = timezone.now()
    invite_member("sam@acme.example", CompanyRole.DEVELOPER, by=jo, at=now)
    ask_company_link("passer@by.example", at=now)

    assert forget_company_links(at=now + VALID_FOR + KEPT - timedelta(minutes=1)) == 0
    assert forget_company_links(at=now + VALID_FOR + KEPT + timedelta(minutes=1)) == 2

    assert CompanyInvitation.objects.get().email == "sam@acme.example"
    assert forget_company_links(at=now + VALID_FOR + KEPT + timedelta(minutes=1)) == 0
