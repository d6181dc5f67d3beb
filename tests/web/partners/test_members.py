"""The people of a company: invited, given other roles, removed; somebody always administers it."""

import pytest
from django.test import Client
from django.utils import timezone
from tests.partners.company_world import mailed_key, registered
from tests.web.conftest import signed_in
from tests.world import PASSWORD, add_person, add_school

from consentry.audit.actor import OPERATOR
from consentry.partners.actions.accept_company import accept_company
from consentry.partners.actions.invite_member import invite_member
from consentry.partners.actions.remove_member import LastOfCompanyError, remove_member
from consentry.partners.models import CompanyInvitation, CompanyMember
from consentry.rules.company_roles import CompanyRole, NotForThisMemberError
from consentry.rules.invalid import InvalidError


def test_somebody_invited_joins_by_the_mailed_link_with_their_role(client: Client, home: str) -> None:
    """Issue: team members and roles of the company."""
    client.post(f"{home}/members/invite", {"email": "Dev@acme.example", "role": "developer"})
    assert "dev@acme.example" in client.get(f"{home}/members").text

    theirs = Client()
    path = f"/partners/join/{mailed_key()}"
    assert "You were invited to act for" in theirs.get(path).text
    theirs.post(path, {"person_name": "Dev Rao", "password": PASSWORD})

    assert CompanyMember.objects.get(user__email="dev@acme.example").role == "developer"
    assert "Invited, not here yet" not in client.get(f"{home}/members").text


def test_who_signs_in_at_a_school_joins_with_the_password_they_have(client: Client, home: str) -> None:
    person = add_person(add_school())
    client.post(f"{home}/members/invite", {"email": person.email, "role": "reader"})
    path = f"/partners/join/{mailed_key()}"

    own = signed_in(person)
    assert "Choose a password" not in own.get(path).text
    own.post(path)

    assert own.get(f"{home}/").status_code == 200


def test_an_invitation_that_was_called_off_leads_nowhere(client: Client, home: str) -> None:
    client.post(f"{home}/members/invite", {"email": "dev@acme.example", "role": "developer"})
    key = mailed_key()

    client.post(f"{home}/members/invitations/{CompanyInvitation.objects.get(role='developer').id}/cancel")

    assert Client().get(f"/partners/join/{key}").status_code == 404


def test_an_invitation_takes_the_place_of_the_one_before(client: Client, home: str) -> None:
    client.post(f"{home}/members/invite", {"email": "dev@acme.example", "role": "developer"})
    first = mailed_key()
    client.post(f"{home}/members/invite", {"email": "dev@acme.example", "role": "reader"})

    assert Client().get(f"/partners/join/{first}").status_code == 404
    assert "as Reader" in client.get(f"{home}/members").text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"email": "nobody", "role": "reader"}, "not an email"),
        ({"email": "a@b.example", "role": "owner"}, "Select a valid choice"),
        ({"email": "jo@acme.example", "role": "reader"}, "acts for Acme Ltd already"),
    ],
)
def test_who_cannot_be_invited(client: Client, home: str, typed: dict[str, str], said: str) -> None:
    assert said in client.post(f"{home}/members/invite", typed).text


def test_a_company_invites_only_so_many_a_day(client: Client, home: str, jo: CompanyMember) -> None:
    """Five before the operator has accepted it, twenty afterwards: each mails somebody under the company's name."""
    for number in range(5):
        client.post(f"{home}/members/invite", {"email": f"p{number}@acme.example", "role": "reader"})

    answer = client.post(f"{home}/members/invite", {"email": "one@more.example", "role": "reader"})

    assert "5 people were invited since yesterday; try again tomorrow" in answer.text
    accept_company(jo.company_id, by=OPERATOR, at=timezone.now())
    for number in range(15):
        invite_member(f"q{number}@acme.example", CompanyRole.READER, by=jo, at=timezone.now())
    with pytest.raises(InvalidError, match="20 people"):
        invite_member("one@more.example", CompanyRole.READER, by=jo, at=timezone.now())


def test_the_last_administrator_stays(client: Client, home: str, jo: CompanyMember, dev: CompanyMember) -> None:
    removed = client.post(f"{home}/members/{jo.id}/remove")
    demoted = client.post(f"{home}/members/{jo.id}/role", {"role": "reader"})

    for answer in (removed, demoted):
        assert "Acme Ltd keeps an Administrator" in answer.text
    assert CompanyMember.objects.get(id=jo.id).ended_at is None

    client.post(f"{home}/members/{dev.id}/role", {"role": "administrator"})
    left = client.post(f"{home}/members/{jo.id}/remove")
    assert left["Location"] == "/partners/"
    assert client.get(f"{home}/")["Location"].startswith("/accounts/login/")


def test_who_is_removed_can_be_invited_again(client: Client, home: str, dev: CompanyMember) -> None:
    client.post(f"{home}/members/{dev.id}/remove")
    client.post(f"{home}/members/invite", {"email": dev.user.email, "role": "reader"})
    path, own = f"/partners/join/{mailed_key()}", Client()
    assert "Choose a password" in own.get(path).text
    own.post(path, {"person_name": "Dev Rao", "password": f"{PASSWORD}-2"})

    own.post("/accounts/login/", {"login": dev.user.email, "password": f"{PASSWORD}-2"})
    assert own.get(f"{home}/").status_code == 200


def test_another_companys_people_are_not_there(client: Client, home: str) -> None:
    sam = registered("Other Ltd", "sam@other.example", "Sam Fox")

    for act in ("role", "remove"):
        assert client.get(f"{home}/members/{sam.id}/{act}").status_code == 404
        assert client.post(f"{home}/members/{sam.id}/{act}", {"role": "reader"}).status_code == 404
    assert client.post(f"{home}/members/invitations/1/cancel").status_code == 404


def test_everybody_may_leave_and_nobody_but_administrators_removes_others(
    jo: CompanyMember, dev: CompanyMember, reader: CompanyMember
) -> None:
    now = timezone.now()
    with pytest.raises(NotForThisMemberError):
        remove_member(reader.id, by=dev, at=now)
    remove_member(reader.id, by=reader, at=now)
    with pytest.raises(CompanyMember.DoesNotExist):
        remove_member(dev.id, by=reader, at=now)
    with pytest.raises(LastOfCompanyError):
        remove_member(jo.id, by=jo, at=now)


def test_a_role_that_somebody_has_already_is_no_event(client: Client, home: str, dev: CompanyMember) -> None:
    client.post(f"{home}/members/{dev.id}/role", {"role": CompanyRole.DEVELOPER.value})

    assert "Role changed" not in client.get(f"{home}/history").text
