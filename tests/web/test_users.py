"""Users: who is on the list, how it is found, sorted and taken away, and who may look."""

import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from tests.people.staffroom import at_site, role
from tests.web.conftest import Oakfield, signed_in
from tests.world import NOW, add_person, add_school

from consentry.people.actions.disable_account import disable_account
from consentry.people.actions.invite_user import Invited, invite_user
from consentry.people.models import Invitation, User
from consentry.rules.permissions import Permission

USERS = "/oakfield/users"


def names(page: str) -> list[str]:
    """The names of the list, as they stand on the page."""
    return [
        part.split("<")[0].strip() for part in page.split('class="row-link"')[1:] for part in [part.split(">", 1)[1]]
    ]


def listed(client: Client, query: str = "") -> list[str]:
    answer = client.get(f"{USERS}{query}")
    assert answer.status_code == 200
    return names(answer.content.decode())


def test_every_user_is_listed_with_type_roles_and_most_recent_sign_in(asha: Client, oakfield: Oakfield) -> None:
    """Help pages: "User List = every user + most recent login"."""
    Client().post("/accounts/login/", {"login": oakfield.tom.email, "password": "calm-register-harbour"})

    page = asha.get(USERS).content.decode()

    assert names(page) == ["Asha Patel", "Tom Reed"]
    for words in ("Staff member", "School Administrator", "Office Staff", oakfield.tom.email, "None yet", "<time"):
        assert words in page


def test_the_list_is_searched_filtered_and_sorted_by_its_address(asha: Client, oakfield: Oakfield) -> None:
    add_person(oakfield.site, "Mia Fox", None)
    disable_account(
        oakfield.site, at_site(oakfield.tom, oakfield.site).id, by=at_site(oakfield.asha, oakfield.site), at=NOW
    )
    office = role(oakfield.site, "Office Staff").id

    assert listed(asha, "?q=TOM") == ["Tom Reed"]
    assert listed(asha, "?q=mia.fox@example") == ["Mia Fox"]
    assert listed(asha, "?state=disabled") == ["Tom Reed"]
    assert listed(asha, "?state=enabled&sort=-name") == ["Mia Fox", "Asha Patel"]
    assert listed(asha, f"?role={office}") == ["Tom Reed"]
    assert listed(asha, "?type=guardian") == []
    assert listed(asha, "?sort=-email") == ["Tom Reed", "Mia Fox", "Asha Patel"]
    for sort in ("type", "last-sign-in", "-last-sign-in"):
        assert len(listed(asha, f"?sort={sort}")) == 3


@pytest.mark.parametrize(
    "query",
    [
        "?page=0", "?page=999999", "?page=9" * 40,
        "?role=99999999999999999999", "?role=x", "?type=king", "?sort=-nothing",
        "?q=" + "x" * 5000, "?q=%25%5C'\"", "?role=999999999999999999",
    ],
)  # fmt: skip
def test_an_address_that_says_nonsense_is_answered(asha: Client, query: str) -> None:
    assert asha.get(f"{USERS}{query}").status_code == 200
    assert asha.get(f"{USERS}/list.csv{query}").status_code == 200


def test_pages_are_counted_and_the_queries_stay_the_same(asha: Client, oakfield: Oakfield) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            listed(asha)
        return len(seen)

    before = queries()
    for number in range(30):
        add_person(oakfield.site, f"Person {number:02}", "Office Staff")

    assert queries() == before
    assert len(listed(asha)) == 25
    assert listed(asha, "?page=2")[-1] == "Tom Reed"
    assert "1 to 25 of 32 users" in asha.get(USERS).content.decode()


def test_what_is_shown_is_taken_away_as_a_file(asha: Client, oakfield: Oakfield) -> None:
    add_person(oakfield.site, "=cmd()", None, email="evil@example.org")

    csv = asha.get(f"{USERS}/list.csv?q=tom")
    assert "attachment" in csv["Content-Disposition"]
    assert '"Tom Reed","tom.reed@example.org","Staff member","","Office Staff","","Yes"' in csv.content.decode(
        "utf-8-sig"
    )
    assert "Asha" not in csv.content.decode("utf-8-sig")
    xlsx = load_workbook(io.BytesIO(asha.get(f"{USERS}/list.xlsx").content))
    assert [row[0].value for row in xlsx.worksheets[0].iter_rows(min_row=2)] == ["=cmd()", "Asha Patel", "Tom Reed"]
    assert xlsx.worksheets[0]["A2"].data_type == "s"


def test_without_the_permission_the_pages_name_it(tom: Client, oakfield: Oakfield) -> None:
    """Seed: to manage "MIS users … you'll need the School: User Accounts: Administer permission"."""
    for path in (USERS, f"{USERS}/list.csv", f"{USERS}/add", f"{USERS}/{at_site(oakfield.asha, oakfield.site).id}"):
        answer = tom.get(path)
        assert answer.status_code == 403
        assert Permission.SCHOOL_USER_ACCOUNTS in answer.content.decode()
    assert USERS + '"' not in tom.get("/oakfield/").content.decode()


def test_the_menu_leads_those_who_may(asha: Client) -> None:
    page = asha.get("/oakfield/").content.decode()
    assert f'href="{USERS}"' in page
    assert 'href="/oakfield/permissions"' in page


def test_people_of_other_sites_are_not_on_the_list(asha: Client, oakfield: Oakfield) -> None:
    lee = add_person(add_school("elmwood"), "Lee Hart")

    assert "Lee Hart" not in listed(asha)
    theirs = lee.accounts.get().id
    answers = [asha.get(f"{USERS}/{number}") for number in (theirs, 10**9, 10**18, 10**30)]
    assert [each.status_code for each in answers] == [404] * 4
    bodies = {re.sub(r'(?<=csrfmiddlewaretoken" value=")\w+', "", each.content.decode()) for each in answers}
    assert len(bodies) == 1


NEW = {"name": "Mia Fox", "email": "mia@example.org", "user_type": "staff", "role": "", "starts_on": "", "ends_on": ""}


def add(client: Client, **sent: object) -> object:
    return client.post(f"{USERS}/add", NEW | sent)


def test_somebody_is_added_with_a_role(asha: Client, oakfield: Oakfield) -> None:
    answer = asha.post(f"{USERS}/add", NEW | {"role": role(oakfield.site, "Office Staff").id}, follow=True)

    assert answer.redirect_chain == [(USERS, 303)]
    assert "mia@example.org has access to Oakfield School now." in answer.content.decode()
    mia = User.objects.get(email="mia@example.org")
    assert (mia.name, mia.has_usable_password()) == ("Mia Fox", False)
    assert at_site(mia, oakfield.site).assignments.get().role.name == "Office Staff"
    assert Invitation.objects.get().is_welcome


def test_nobody_learns_who_signs_in_at_another_site(asha: Client, oakfield: Oakfield) -> None:
    """The same answer, and the same look on the list, whoever it is, until they sign in here themselves."""
    add_person(add_school("elmwood"), "Lee Hart", email="lee@example.org")

    answers = [
        asha.post(f"{USERS}/add", NEW | {"email": f"{who}@example.org"}, follow=True).content.decode()
        for who in ("mia", "lee")
    ]

    assert [each.count("has access to Oakfield School now") for each in answers] == [1, 1]
    assert "Lee Hart" not in answers[1]
    assert listed(asha) == ["Asha Patel", "lee@example.org", "mia@example.org", "Tom Reed"]
    assert listed(asha, "?q=Hart") == []
    for who in ("mia", "lee"):
        shown = asha.get(f"{USERS}/{at_site(User.objects.get(email=f'{who}@example.org'), oakfield.site).id}")
        assert "Shown once they have signed in here" in shown.content.decode()
        assert "Lee Hart" not in shown.content.decode()

    lee = {"login": "lee@example.org", "password": "calm-register-harbour"}
    Client().post("/accounts/login/", lee)
    assert "Lee Hart" not in listed(asha), "they have signed in, but not come here"
    Client().post("/accounts/login/?next=/oakfield/", lee)
    assert "Lee Hart" in listed(asha)


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"email": "tom.reed@example.org"}, "has an account at Oakfield School already"),
        ({"email": "TOM.REED@example.org"}, "has an account at Oakfield School already"),
        ({"email": "not an address"}, "Enter a valid email address"),
        ({"email": "a\0b@example.org"}, "Null characters are not allowed"),
        ({"email": "x" * 60 + "@" + "y" * 60 + ".y" * 70 + ".example"}, "at most 254 characters"),
        ({"email": "x@" + "\u0130" * 63 + f".{'y' * 60}" * 2 + ".example"}, "at most 254 characters"),
        ({"name": ""}, "Enter their name"),
        ({"name": "a\u202eb"}, "signs that cannot be shown"),
        ({"name": "x" * 101}, "at most 100 characters"),
        ({"user_type": "external"}, "Select a valid choice"),
        ({"user_type": "guardian", "role": "office"}, "Guardians and students hold no business roles"),
        ({"role": "999999999"}, "Select a valid choice"),
        ({"role": "office", "starts_on": "2099-01-02", "ends_on": "2099-01-01"}, "The end cannot be before the start"),
        ({"role": "office", "starts_on": "2020-01-01"}, "The start cannot be before today"),
        ({"role": "office", "ends_on": "31/02/2099"}, "The last day of the role is not a date"),
        ({"ends_on": "2099-01-01"}, "Choose the role that these days are of"),
    ],
)
def test_bad_input_is_refused_at_its_field_and_loses_nothing(
    asha: Client, oakfield: Oakfield, sent: dict[str, str], says: str
) -> None:
    if sent.get("role") == "office":
        sent = sent | {"role": str(role(oakfield.site, "Office Staff").id)}

    answer = asha.post(f"{USERS}/add", NEW | {"name": "Mia Fox"} | sent)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert says in page
    assert "There is a problem" in page
    assert ('value="Mia Fox"' in page) is ("name" not in sent)
    assert User.objects.count() == 2


@pytest.mark.parametrize("email", ["mia@\u212aent.example", "MIA@\u0130x.example", "mia@stra\u00dfe.example"])
def test_letters_of_other_scripts_are_one_address_however_they_are_written(
    asha: Client, oakfield: Oakfield, email: str
) -> None:
    """Among them letters whose capital is another letter, or two: whoever adds them twice is told."""
    assert add(asha, email=email).status_code == 303  # type: ignore[attr-defined]
    assert "has an account at Oakfield School already" in add(asha, email=email).content.decode()  # type: ignore[attr-defined]
    assert User.objects.filter(email=email.lower()).count() == 1


def test_a_role_of_another_site_is_no_choice(asha: Client, oakfield: Oakfield) -> None:
    theirs = role(add_school("elmwood"), "Office Staff").id

    assert "Select a valid choice" in asha.post(f"{USERS}/add", NEW | {"role": theirs}).content.decode()


def test_who_may_not_give_roles_adds_people_without(oakfield: Oakfield, tom: Client) -> None:
    from django.utils import timezone

    from consentry.people.actions.give_permission import give_permission
    from consentry.rules.periods import Period

    now = timezone.now()
    today = timezone.localdate(now)
    ours = at_site(oakfield.asha, oakfield.site)
    give_permission(
        oakfield.site,
        at_site(oakfield.tom, oakfield.site).id,
        Permission.SCHOOL_USER_ACCOUNTS,
        Period(today, today + timedelta(days=1)),
        by=ours,
        at=now,
    )

    page = tom.get(f"{USERS}/add").content.decode()
    assert Permission.SCHOOL_PERMISSIONS in page
    assert 'name="role"' not in page
    tom.post(f"{USERS}/add", NEW | {"role": role(oakfield.site, "Office Staff").id})
    assert not User.objects.get(email="mia@example.org").accounts.get().assignments.exists()


def test_an_invited_account_can_be_found_by_its_address(asha: Client, oakfield: Oakfield) -> None:
    invite_user(oakfield.site, Invited("kim@example.org", "Kim Low"), by=at_site(oakfield.asha, oakfield.site), at=NOW)

    assert listed(asha, "?q=kim@") == ["kim@example.org"]
    assert "Invited" in asha.get(USERS).content.decode()


def test_nobody_signed_in_is_led_to_signing_in(oakfield: Oakfield) -> None:
    assert Client().get(USERS)["Location"].startswith("/accounts/login/?next=")
    assert signed_in(oakfield.asha).post(USERS).status_code == 405
