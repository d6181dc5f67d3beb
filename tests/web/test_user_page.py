"""One person of a site: what their page shows, and what its buttons do."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from tests.people.staffroom import at_site, role, told
from tests.web.conftest import Oakfield, signed_in
from tests.world import NOW, PASSWORD, account_of, add_person, add_school

from consentry.audit.actor import OPERATOR
from consentry.audit.change import change
from consentry.people.actions.add_user import NewUser, add_user
from consentry.people.actions.invite_user import Invited, invite_user
from consentry.people.actions.mail_links import mail_links
from consentry.people.models import Account, EmailChange, UserType
from consentry.people.queries.permissions import permissions_of
from consentry.people.queries.sources import sources_of
from consentry.rules.permissions import Permission
from consentry.schools.queries import school_id

TODAY = timezone.localdate()
SOON = TODAY + timedelta(days=30)


@pytest.fixture
def ours(oakfield: Oakfield) -> Account:
    """Asha's account."""
    return at_site(oakfield.asha, oakfield.site)


@pytest.fixture
def theirs(oakfield: Oakfield) -> Account:
    """Tom's account."""
    return at_site(oakfield.tom, oakfield.site)


def at(account: Account, *rest: object) -> str:
    return "/".join(["/oakfield/users", str(account.id), *map(str, rest)])


def page(client: Client, account: Account, *rest: object) -> str:
    answer = client.get(at(account, *rest))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_tells_who_what_why_and_when(asha: Client, theirs: Account, oakfield: Oakfield) -> None:
    """Help pages: "User Overview: profile, permissions, business roles, logins"."""
    Client().post("/accounts/login/?next=/oakfield/", {"login": oakfield.tom.email, "password": "wrong-wrong-wrong"})

    shown = page(asha, theirs)

    for words in (
        "Tom Reed", "tom.reed@example.org", "Staff member", Permission.DATA_RETURNS, "Business role Office Staff",
        "Without end", "Wrong password", "Sign-ins",
    ):  # fmt: skip
        assert words in shown


def test_the_slide_over_is_a_real_address(asha: Client, theirs: Account) -> None:
    part = asha.get(at(theirs), headers={"HX-Request": "true"}).content.decode()

    assert "<dialog" in part
    assert "<html" not in part
    assert "Tom Reed" in part
    assert "<html" in page(asha, theirs)


def test_what_the_page_says_somebody_may_do_is_what_they_may_do(
    asha: Client, ours: Account, theirs: Account, oakfield: Oakfield
) -> None:
    asha.post(
        at(theirs, "permissions/add"), {"permission": Permission.INTEGRATIONS, "starts_on": TODAY, "ends_on": SOON}
    )

    for account in (ours, theirs):
        assert {each.permission for each in sources_of(account, TODAY)} == permissions_of(account, TODAY)
    assert "Given singly" in page(asha, theirs)
    assert f"{SOON.day} {SOON:%B} {SOON.year}" in page(asha, theirs)


def test_a_role_is_added_and_ended_from_the_page(asha: Client, theirs: Account, oakfield: Oakfield) -> None:
    office = role(oakfield.site, "Office Staff")
    held = theirs.assignments.get()
    assert "Office Staff" in page(asha, theirs, "roles", held.id, "end")

    answer = asha.post(at(theirs, "roles", held.id, "end"), {"ends_on": ""}, follow=True)
    assert answer.redirect_chain == [(at(theirs), 303)]
    assert permissions_of(theirs, TODAY) == frozenset()

    asha.post(at(theirs, "roles/add"), {"role": office.id, "starts_on": SOON, "ends_on": ""})
    assert "To come" in page(asha, theirs)


@pytest.mark.parametrize(
    ("path", "sent", "says"),
    [
        ("roles/add", {"starts_on": "2099-02-02", "ends_on": "2099-02-01"}, "The end cannot be before the start"),
        ("roles/add", {"starts_on": ""}, "Enter the first day"),
        ("roles/add", {"starts_on": "9999-12-31"}, "The start is too far away"),
        ("roles/add", {"starts_on": "0001-01-01"}, "The start cannot be before today"),
        ("roles/add", {}, "They hold the role Office Staff in that time already"),
        ("permissions/add", {"ends_on": ""}, "Enter the last day"),
        ("permissions/add", {"permission": "Everything"}, "Select a valid choice"),
        ("permissions/add", {"permission": Permission.GROUP_MANAGE_USERS}, "Select a valid choice"),
        ("email", {"new_email": "tom.reed@example.org"}, "They sign in with this address already"),
        ("email", {"new_email": "no address"}, "Enter a valid email address"),
        ("profile-email", {"profile_email": "asha.patel@example.org"}, "Somebody else at this site has this address"),
        ("enable", {}, "This account is enabled already"),
    ],
)
def test_what_cannot_be_is_said_at_the_field(
    asha: Client, theirs: Account, oakfield: Oakfield, path: str, sent: dict[str, str], says: str
) -> None:
    usual = {
        "role": role(oakfield.site, "Office Staff").id,
        "permission": Permission.INTEGRATIONS,
        "starts_on": TODAY,
        "ends_on": SOON,
    }

    answer = asha.post(at(theirs, path), usual | sent)

    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert "There is a problem" in answer.content.decode()


def test_the_last_administrator_stays_and_the_page_says_why(asha: Client, ours: Account) -> None:
    answer = asha.post(at(ours, "roles", ours.assignments.get().id, "end"), {"ends_on": str(SOON)})

    assert "Nobody would be left to administer this site" in answer.content.decode()
    assert f'value="{SOON}"' in answer.content.decode(), "what was typed is kept"


def test_what_one_does_not_hold_is_named(asha: Client, tom: Client, theirs: Account, oakfield: Oakfield) -> None:
    for permission in (Permission.SCHOOL_PERMISSIONS, Permission.SCHOOL_USER_ACCOUNTS):
        asha.post(at(theirs, "permissions/add"), {"permission": permission, "starts_on": TODAY, "ends_on": SOON})
    administrator = role(oakfield.site, "School Administrator")

    answer = tom.post(at(theirs, "roles/add"), {"role": administrator.id, "starts_on": TODAY, "ends_on": ""})

    said = answer.content.decode()
    assert "You do not hold" in said
    assert Permission.SCHOOL_GENERAL_ADMIN in said


def test_an_account_is_disabled_and_enabled_after_the_page_said_what_happens(
    asha: Client, tom: Client, theirs: Account
) -> None:
    assert "shut out of Oakfield School at their next click" in page(asha, theirs, "disable")
    assert tom.get("/oakfield/").status_code == 200

    asha.post(at(theirs, "disable"))

    assert tom.get("/oakfield/")["Location"].startswith("/accounts/login/")
    assert "Disabled" in page(asha, theirs)
    asha.post(at(theirs, "enable"))
    theirs.refresh_from_db()
    assert theirs.enabled


def test_nobody_disables_themselves(asha: Client, ours: Account) -> None:
    assert "You cannot disable your own account" in asha.post(at(ours, "disable")).content.decode()
    assert at(ours, "disable") not in page(asha, ours)


def test_somebody_is_signed_out_everywhere(asha: Client, tom: Client, theirs: Account) -> None:
    asha.post(at(theirs, "sign-out"))
    assert tom.get("/oakfield/").status_code == 302


def test_a_password_link_is_sent(asha: Client, theirs: Account) -> None:
    answer = asha.post(at(theirs, "password-link"), follow=True)

    assert "is on its way to Tom Reed" in answer.content.decode()
    mail_links(base_url="https://consentry.example.org", hours=96, at=timezone.now())
    assert mail.outbox[-1].to == ["tom.reed@example.org"]


def test_everybody_sees_their_own_page_and_the_missing_permission_beside_the_buttons(
    tom: Client, ours: Account, theirs: Account
) -> None:
    """Help pages: disabled buttons show the missing permission."""
    shown = page(tom, theirs)

    assert 'aria-describedby="missing-permission" disabled' in shown
    for missing in (Permission.SCHOOL_USER_ACCOUNTS, Permission.SCHOOL_PERMISSIONS):
        assert missing in shown
    assert at(theirs, "email") in shown
    assert at(theirs, "roles/add") not in shown
    for path in ("roles/add", "permissions/add", "disable", "enable", "password-link", "profile-email"):
        for account in (ours, theirs):
            assert tom.get(at(account, path)).status_code == 403
            assert tom.post(at(account, path)).status_code == 403
    for path in ("email", "email/cancel", "sign-out"):
        assert tom.get(at(ours, path)).status_code == 403
        assert tom.get(at(theirs, path)).status_code == 200


PATHS = [
    "", "/roles/add", "/roles/1/end", "/permissions/add", "/permissions/1/end", "/disable", "/enable", "/sign-out",
    "/password-link", "/email", "/email/cancel", "/profile-email",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_another_sites_person_is_the_same_404_as_nobody(asha: Client, path: str, oakfield: Oakfield) -> None:
    elmwood = add_school("elmwood")
    lee = at_site(add_person(elmwood, "Lee Hart"), elmwood)

    for number in (lee.id, 10**9, 10**18, 10**40):
        for answer in (asha.get(f"/oakfield/users/{number}{path}"), asha.post(f"/oakfield/users/{number}{path}")):
            assert answer.status_code == (405 if path == "" and answer.request["REQUEST_METHOD"] == "POST" else 404)


def test_a_role_or_permission_of_somebody_else_is_not_found(asha: Client, ours: Account, theirs: Account) -> None:
    mine = ours.assignments.get().id

    for number in (mine, 10**18, 10**40):
        for what in ("roles", "permissions"):
            assert asha.get(at(theirs, what, number, "end")).status_code == 404
            assert asha.post(at(theirs, what, number, "end"), {"ends_on": ""}).status_code == 404
    assert ours.assignments.exists()


def test_a_single_permission_is_ended_from_the_page(asha: Client, theirs: Account) -> None:
    asha.post(
        at(theirs, "permissions/add"), {"permission": Permission.INTEGRATIONS, "starts_on": TODAY, "ends_on": SOON}
    )
    given = theirs.ad_hoc_permissions.get()
    assert Permission.INTEGRATIONS in page(asha, theirs, "permissions", given.id, "end")

    asha.post(at(theirs, "permissions", given.id, "end"))

    assert Permission.INTEGRATIONS not in permissions_of(theirs, TODAY)


def test_the_page_of_a_guardian_offers_no_roles(asha: Client, oakfield: Oakfield) -> None:
    with change(actor=OPERATOR, at=NOW, school=school_id(oakfield.site)) as this:
        account = add_user(this, oakfield.site, NewUser("kim@example.org", "Kim Low", user_type=UserType.GUARDIAN))

    assert "Accounts of this type hold no business roles" in page(asha, account)


def test_the_profile_email_for_single_sign_on_is_set(asha: Client, theirs: Account) -> None:
    asha.post(at(theirs, "profile-email"), {"profile_email": "t.reed@school.example"})

    assert "t.reed@school.example" in page(asha, theirs)
    assert 'value="t.reed@school.example"' in page(asha, theirs, "profile-email")


def test_everybody_sets_their_own_name_and_each_site_has_it_on_record(tom: Client, theirs: Account) -> None:
    elmwood = add_school("elmwood")
    lee = add_person(elmwood, "Lee Hart")
    invite_user(elmwood, Invited(theirs.user.email, "Tim"), by=account_of(lee, elmwood), at=timezone.now())

    assert 'value="Tom Reed"' in page(tom, theirs, "name")
    assert tom.post(at(theirs, "name"), {"name": " Thomas  Reed "}).status_code == 303

    assert "<h1>Thomas Reed</h1>" in page(tom, theirs)
    assert told(theirs.school)[0] == told(elmwood)[0] == "user.renamed"


def test_administrators_change_the_name_of_who_is_of_their_site_alone(
    asha: Client, theirs: Account, oakfield: Oakfield
) -> None:
    before = asha.post(at(theirs, "name"), {"name": "Thomas"}).text
    assert "once they have signed in here" in before

    Client().post("/accounts/login/", {"login": oakfield.tom.email, "password": PASSWORD})
    assert asha.post(at(theirs, "name"), {"name": "Thomas"}).status_code == 303
    assert "<h1>Thomas</h1>" in page(asha, theirs)

    elmwood = add_school("elmwood")
    lee = add_person(elmwood, "Lee Hart")
    invite_user(elmwood, Invited(theirs.user.email, "Tim"), by=account_of(lee, elmwood), at=timezone.now())
    assert "They belong to another site too" in asha.post(at(theirs, "name"), {"name": "Tim"}).text


def test_the_type_of_user_is_changed_when_they_hold_no_roles(asha: Client, theirs: Account) -> None:
    assert "End their business roles" in asha.post(at(theirs, "type"), {"user_type": "guardian"}).text
    held = theirs.assignments.get()
    asha.post(at(theirs, "roles", held.id, "end"), {"ends_on": ""})

    assert asha.post(at(theirs, "type"), {"user_type": "guardian"}).status_code == 303
    assert "Guardian" in page(asha, theirs)
    assert told(theirs.school)[0] == "user.type_changed"
    for wrong in ("external", "x", ""):
        assert "Select a valid choice" in asha.post(at(theirs, "type"), {"user_type": wrong}).text or wrong == ""


def test_a_change_of_email_is_asked_for_seen_and_called_off(tom: Client, theirs: Account, oakfield: Oakfield) -> None:
    tom.post(at(theirs, "email"), {"new_email": "tom@example.com"})

    shown = page(tom, theirs)
    assert "A change of email is underway" in shown
    assert "tom.reed@example.org and tom@example.com" in shown
    tom.post(at(theirs, "email/cancel"))
    assert "A change of email is underway" not in page(tom, theirs)
    assert told(oakfield.site)[0] == "email_change.ended"


def test_another_site_sees_that_a_change_is_underway_and_nothing_else_of_it(
    tom: Client, theirs: Account, oakfield: Oakfield
) -> None:
    elmwood = add_school("elmwood")
    lee = add_person(elmwood, "Lee Hart")
    there = invite_user(elmwood, Invited(oakfield.tom.email, "Tom"), by=account_of(lee, elmwood), at=timezone.now())
    tom.post(at(theirs, "email"), {"new_email": "tom@example.com"})

    shown = signed_in(lee).get(f"/elmwood/users/{there.id}").text

    assert "A change of email is underway" in shown
    assert "Another site that they belong to asked for it" in shown
    assert "tom@example.com" not in shown
    assert "email/cancel" not in shown
    refused = signed_in(lee).post(f"/elmwood/users/{there.id}/email", {"new_email": "lee@example.com"})
    assert "Another site of theirs has asked for a change already" in refused.text
    assert "Another site" not in page(tom, theirs), "the person themself sees all of it"


def test_asking_for_an_address_that_is_somebodys_gets_the_same_answer(
    tom: Client, theirs: Account, oakfield: Oakfield
) -> None:
    answers = []
    for address in ("free@example.com", oakfield.asha.email):
        answer = tom.post(at(theirs, "email"), {"new_email": address}, follow=True)
        answers.append(answer.content.decode().replace(address, "…").count("Two links are on their way"))

    assert answers == [1, 1]
    assert EmailChange.objects.filter(ended_at=None).count() == 1


def test_pressing_a_button_signed_out_leads_to_signing_in(oakfield: Oakfield, theirs: Account) -> None:
    assert "/accounts/login/" in Client().post(at(theirs, "disable"))["Location"]
    theirs.refresh_from_db()
    assert theirs.enabled
    assert signed_in(oakfield.asha).put(at(theirs, "disable")).status_code == 405
