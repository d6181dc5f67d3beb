"""A company writes what its app asks of every school: the draft, two tabs, the preview."""

import pytest
from django.test import Client
from tests.web.partners.a_company import STAFF, Acme, acme, company, dev, save, with_factor
from tests.world import NOW, READ, add_app, add_person, add_school

from consentry.audit.actor import OPERATOR
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.actions.publish_version import ALL_FIELDS, AskedRow
from consentry.partners.models import AppKind, CompanyMember

__all__ = ["company", "dev"]  # fixtures


def remove(member: CompanyMember) -> None:
    """The member acts for the company no longer."""
    with change(actor=OPERATOR, at=NOW, school=None) as this:
        member.ended_at = NOW
        member.save()
        this.record(EventName.MEMBER_REMOVED, member)


def test_the_catalogue_is_searched_by_data_type_and_by_field(dev: Client, company: Acme) -> None:
    """An editor over the catalogue (search, whole data type or fields)."""
    by_type = dev.get(f"{company.page}?q=registration form").text
    by_field = dev.get(f"{company.page}?q=blood").text
    nothing = dev.get(f"{company.page}?q=zzz").text

    assert "/rows/RegistrationForm" in by_type
    assert "/rows/House" not in by_type
    assert "among them Blood group" in by_field
    assert "7 special category fields" in by_field
    assert "Nothing in the catalogue matches" in nothing


def test_the_search_answers_with_what_it_found_alone_to_scripts(dev: Client, company: Acme) -> None:
    found = dev.get(f"{company.page}?q=house", headers={"HX-Request": "true"}).text

    assert found.lstrip().startswith('<div id="catalogue-found">')


def test_the_page_of_a_live_app_says_that_it_is_and_where_its_schools_stand(dev: Client, company: Acme) -> None:
    page = dev.get(f"/partners/{company.app.company_id}/apps/{company.app.id}").text

    assert "It is live: schools find it in their directory" in page
    assert "accepts it and makes it live" not in page


def test_a_row_is_added_changed_and_removed_without_scripts(dev: Client, company: Acme) -> None:
    assert save(dev, company).status_code == 303
    history = dev.get(f"/partners/{company.app.company_id}/history").text
    assert "Draft of what it asks for saved" in history
    assert "draft of app" not in history
    added = company.draft().row("Staff")
    assert added == AskedRow("Staff", ("person", "staffNumber"), READ, "To print the cover list", required=False)

    form = dev.get(f"{company.page}/rows/Staff").text
    assert 'value="To print the cover list"' in form
    save(dev, company, whole="all", actions=["read", "update"], need="required")
    changed = company.draft().row("Staff")
    assert changed is not None
    assert (changed.fields, len(changed.actions), changed.required) == (ALL_FIELDS, 2, True)

    page = dev.get(company.page).text
    assert "All 20 fields" in page
    assert ">New<" in page
    dev.post(f"{company.page}/rows/Staff/remove", company.seen())
    assert company.draft().row("Staff") is None
    assert company.draft().row("Student") is not None


def test_two_tabs_the_second_save_is_told_and_loses_nothing(dev: Client, company: Acme) -> None:
    """Saves a draft with an edition: the second save is told that the draft changed meanwhile."""
    seen = company.seen()
    save(dev, company, "House", fields_asked=[], reason="To colour the list")

    late = save(dev, company, reason="To print what nobody else typed", **seen)

    assert late.status_code == 409
    assert "The draft changed meanwhile" in late.text
    assert "Dev Rao saved or published" in late.text
    assert 'value="To print what nobody else typed"' in late.text
    assert f'name="edition" value="{company.draft().edition}"' in late.text
    assert company.draft().row("Staff") is None
    assert save(dev, company).status_code == 303
    assert {row.data_type for row in company.draft().rows} == {"Student", "House", "Staff"}


def test_removing_and_dropping_see_other_tabs_too(dev: Client, company: Acme) -> None:
    save(dev, company)
    seen = company.seen()
    save(dev, company, "House", fields_asked=[])

    removed = dev.post(f"{company.page}/rows/Staff/remove", seen)
    dropped = dev.post(f"{company.page}/discard", seen)

    assert [removed.status_code, dropped.status_code] == [409, 409]
    assert company.draft().row("Staff") is not None


def test_a_draft_is_dropped_having_read_what_goes(dev: Client, company: Acme) -> None:
    save(dev, company)
    before = company.seen()

    asked = dev.get(f"{company.page}/discard").text
    dev.post(f"{company.page}/discard", before)

    assert "the draft is what version 1 asks for again" in asked
    assert not company.draft().differs
    assert save(dev, company, **before).status_code == 409, "a form about the draft that was"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reason": ""}, "Say in one plain sentence why"),
        ({"reason": "x" * 501}, "at most 500 characters"),
        ({"reason": "a\u202eb"}, "signs that cannot be shown"),
        ({"actions": []}, "Tick at least one."),
        ({"actions": ["own"]}, "cannot be asked for"),
        ({"fields_asked": ["shoeSize"]}, "is not a field of this data type"),
        ({"whole": ""}, "Choose all fields, or only some."),
        ({"need": "x"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_asked_for_stands_at_its_field(
    dev: Client, company: Acme, wrong: dict[str, object], said: str
) -> None:
    page = save(dev, company, **({"reason": "Kept as typed"} | wrong))

    assert page.status_code == 200
    assert said in page.text
    assert "There is a problem" in page.text
    assert company.draft().row("Staff") is None


@pytest.mark.parametrize("edition", ["", "x", "-1", "9" * 40, "1\0"])
def test_a_form_that_does_not_say_which_draft_is_refused(dev: Client, company: Acme, edition: str) -> None:
    assert save(dev, company, edition=edition).status_code == 400
    assert dev.post(f"{company.page}/rows/Student/remove", {"edition": edition, "version": 1}).status_code == 400
    assert dev.post(f"{company.page}/discard", {"edition": edition, "version": 1}).status_code == 400


def test_a_nul_in_a_reason_is_no_error_of_ours(dev: Client, company: Acme) -> None:
    assert save(dev, company, reason="a\0b").status_code in {200, 400}


def test_data_types_that_are_none_are_not_found(dev: Client, company: Acme) -> None:
    for name in ("Nothing", "student", "x" * 3000, "User"):
        assert dev.get(f"{company.page}/rows/{name}").status_code == 404
        assert save(dev, company, name).status_code == 404
    assert dev.post(f"{company.page}/rows/House/remove", company.seen()).status_code == 404


def test_a_data_provider_may_only_read_and_is_told_why(database: str) -> None:
    """A data provider asking for more than read is refused and told why."""
    provider = acme(add_app("Data Bridge", "Bridge Ltd", kind=AppKind.DATA_PROVIDER))
    client = with_factor(provider.dev.user)

    page = save(client, provider, actions=["read", "update"])

    assert "a data provider may only read, because it passes data on to others" in page.text
    assert provider.draft().row("Staff") is None


def test_a_reader_looks_and_changes_nothing(company: Acme) -> None:
    client = with_factor(company.reader.user)

    page = client.get(company.page)

    assert page.status_code == 200
    assert "you need to be Administrator or Developer of Acme Ltd" in page.text
    assert "/rows/" not in page.text
    assert client.get(f"{company.page}/preview").status_code == 200
    assert client.get(f"{company.page}/versions").status_code == 200
    for answer in (
        client.get(f"{company.page}/rows/Staff"),
        save(client, company),
        client.get(f"{company.page}/publish"),
    ):
        assert answer.status_code == 403


def test_a_member_removed_mid_way_is_refused(dev: Client, company: Acme) -> None:
    assert dev.get(f"{company.page}/rows/Staff").status_code == 200
    remove(company.dev)

    assert save(dev, company).status_code == 404
    assert company.draft().row("Staff") is None


def test_another_companys_app_is_as_unknown_as_none(dev: Client, company: Acme) -> None:
    other = add_app("Lunchline", "Lunch Co")
    for suffix in ("", "/rows/Staff", "/preview", "/publish", "/versions", "/following", "/discard"):
        for page in (
            f"/partners/{company.app.company_id}/apps/{other.id}/permission-set{suffix}",
            f"/partners/{other.company_id}/apps/{other.id}/permission-set{suffix}",
            f"/partners/{company.app.company_id}/apps/987654321/permission-set{suffix}",
            f"/partners/{company.app.company_id}/apps/{'9' * 40}/permission-set{suffix}",
        ):
            assert dev.get(page).status_code == 404, page
    assert (
        dev.post(f"/partners/{company.app.company_id}/apps/{other.id}/permission-set/rows/Staff", STAFF).status_code
        == 404
    )


def test_whoever_is_no_member_or_not_signed_in_sees_nothing(company: Acme) -> None:
    stranger = with_factor(add_person(add_school("elmwood"), "Lee Hart"))

    assert stranger.get(company.page).status_code == 404
    assert Client().get(company.page).status_code == 302


def test_the_preview_is_what_schools_will_see(dev: Client, company: Acme) -> None:
    """Preview of the school's slide-over exactly as schools will see it."""
    save(dev, company, fields_asked=["person"])

    first = dev.get(f"{company.page}/preview").text
    review = dev.get(f"{company.page}/preview?as=review").text

    assert "To print the cover list" in first
    assert "Optional: the app works without it." in first
    assert "What happens when I approve?" in first
    assert first.count("disabled>") == 3
    assert "Timetabler asks for more" in review
    assert "From version 1 to version 2" in review
    assert "It wants 1 more field" in review


def test_an_app_without_any_version_begins_with_an_empty_draft(database: str) -> None:
    new = acme(add_app(rows=[]))
    client = with_factor(new.dev.user)

    page = client.get(new.page).text

    assert "The draft asks for nothing yet" in page
    assert "Nothing is published yet" in page
    assert "Nothing is published yet" in client.get(f"{new.page}/versions").text
    assert client.get(f"{new.page}/preview?as=review").status_code == 200
