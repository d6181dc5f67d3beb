"""A company publishes: what it means at each site is said before, one of two tabs publishes, schools follow."""

import re
from typing import Any

import pytest
from django.test import Client
from tests.jobs import run_jobs
from tests.web.partners.a_company import WITH_REASON, Acme, acme, company, dev, save, with_factor
from tests.web.partners.test_permission_sets import remove
from tests.world import EMAILS, NOW, add_app, add_person, add_school, approve, ask

from consentry.audit.actor import OPERATOR
from consentry.audit.models import Event
from consentry.audit.reading import reading
from consentry.connections.models import Connection, Review
from consentry.partners.models import PermissionSetVersion
from consentry.rules.connection_life import State
from consentry.schools.models import Site
from consentry.schools.queries import school_id
from consentry.workflows import publish_permission_set

__all__ = ["company", "dev"]  # fixtures

NOTE = "The cover list can be printed now.\nNothing else changes."


def connected(company: Acme, slug: str = "oakfield") -> Site:
    """A school that has approved the app at its newest version."""
    site = add_school(slug)
    approve(ask(company.app, site), add_person(site, f"Asha of {slug}"))
    return site


def publish(client: Client, company: Acme, **other: Any) -> Any:
    """Send the form as it was opened just now; `other` replaces parts."""
    return client.post(f"{company.page}/publish", {"note": NOTE} | company.seen() | other)


def newest(company: Acme) -> PermissionSetVersion:
    return PermissionSetVersion.objects.filter(app=company.app).order_by("-number")[0]


def at(site: Site) -> Connection:
    with reading(school_id(site)):
        return Connection.objects.select_related("version", "asked").get(school=site)


def test_a_wider_version_is_a_review_at_each_school_and_says_so_before(dev: Client, company: Acme) -> None:
    site = connected(company)
    save(dev, company)

    before = dev.get(f"{company.page}/publish").text
    after = dev.get(publish(dev, company)["Location"]).text

    assert "Wider at 1 connection: a review waits there for the school." in before
    assert "To print the cover list" in before
    assert "Version 2 of what Timetabler asks for is published, for good." in after
    assert "1 of 1 connection follows version 2." in after
    assert "waiting for a school’s decision at 1" in after
    with reading(school_id(site)):
        assert Review.objects.get(school=site).after == newest(company)
    assert newest(company).note == NOTE
    told = Event.objects.filter(name="version.published").order_by("-id")[0]
    assert told.actor_name == "Dev Rao of Acme Ltd"


def test_a_narrower_version_is_in_force_at_once_and_says_so_before(database: str) -> None:
    company = acme(add_app(rows=[WITH_REASON, EMAILS]))
    client, site = with_factor(company.dev.user), connected(company)
    client.post(f"{company.page}/rows/EmailAddress/remove", company.seen())

    before = client.get(f"{company.page}/publish").text
    publish(client, company)

    assert "Narrower at 1 connection: in force there at once." in before
    assert "What goes" in before
    assert at(site).version == newest(company)


def test_requests_and_rejections_are_named_before(dev: Client, company: Acme) -> None:
    ask(company.app, add_school("elmwood"))
    save(dev, company)

    page = dev.get(f"{company.page}/publish").text

    assert "1 request that no school has decided yet will be for version 2." in page
    publish(dev, company)


def test_two_tabs_publish_once(dev: Client, company: Acme) -> None:
    """Two tabs publishing: the second is refused by edition."""
    save(dev, company)
    seen = company.seen()
    assert publish(dev, company, **seen).status_code == 303

    late = publish(dev, company, note="Typed in the second tab", **seen)

    assert late.status_code == 409
    assert "The draft changed meanwhile" in late.text
    assert "Typed in the second tab" in late.text
    assert newest(company).number == 2


def test_a_draft_that_another_tab_changed_is_not_published(dev: Client, company: Acme) -> None:
    save(dev, company)
    seen = company.seen()
    save(dev, company, "House", fields_asked=[])

    assert publish(dev, company, **seen).status_code == 409
    assert newest(company).number == 1


def test_what_the_operator_published_meanwhile_is_seen_too(dev: Client, company: Acme) -> None:
    save(dev, company)
    seen = company.seen()
    publish_permission_set.publish_permission_set(company.app, [EMAILS], note="By hand", by=OPERATOR, at=NOW)

    assert publish(dev, company, **seen).status_code == 409
    assert newest(company).number == 2


@pytest.mark.parametrize(
    ("note", "said"),
    [("", "Say what schools should know"), ("x" * 2001, "at most 2000 characters"), ("a\u202eb", "cannot be shown")],
)
def test_a_note_is_required(dev: Client, company: Acme, note: str, said: str) -> None:
    save(dev, company)

    page = publish(dev, company, note=note)

    assert page.status_code == 200
    assert said in page.text
    assert newest(company).number == 1


def test_what_is_the_same_is_not_published_again(dev: Client, company: Acme) -> None:
    save(dev, company)
    publish(dev, company)

    page = publish(dev, company)

    assert "This is what version 2 asks for already." in page.text
    assert newest(company).number == 2


def test_every_row_says_why(database: str) -> None:
    company = acme(add_app(rows=[EMAILS]))
    client = with_factor(company.dev.user)
    save(client, company)

    page = publish(client, company)

    assert "EmailAddress: say in plain words what it is needed for: schools read it." in page.text
    assert "No reason given yet" in client.get(company.page).text
    assert newest(company).number == 1


def test_a_member_removed_mid_way_publishes_nothing(dev: Client, company: Acme) -> None:
    save(dev, company)
    seen = company.seen()
    remove(company.dev)

    assert publish(dev, company, **seen).status_code == 404
    assert newest(company).number == 1


def test_a_reader_publishes_nothing(company: Acme) -> None:
    assert publish(with_factor(company.reader.user), company).status_code == 403


def test_many_schools_follow_by_and_by_and_the_row_says_how_far(
    dev: Client, company: Acme, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page then shows how many schools follow already (live row)."""
    monkeypatch.setattr(publish_permission_set, "AT_THE_PRESS_OF_A_BUTTON", 1)
    sites = [connected(company, slug) for slug in ("oakfield", "elmwood", "brook")]
    save(dev, company)

    publish(dev, company)
    some = dev.get(f"{company.page}/following").text
    run_jobs()
    every = dev.get(f"{company.page}/following").text

    assert "1 of 3 connections follow version 2." in some
    assert 'hx-trigger="every 2s"' in some
    assert re.search(r"(\d) of \1 connections follow version 2\.", every)  # the company has a sandbox by now
    assert "hx-trigger" not in every
    assert {at(site).follows_id for site in sites} == {newest(company).id}
    assert {at(site).state for site in sites} == {State.APPROVED}


def test_any_two_versions_are_compared(dev: Client, company: Acme) -> None:
    save(dev, company)
    publish(dev, company)
    save(dev, company, whole="all")
    publish(dev, company, note="All of it")

    latest = dev.get(f"{company.page}/versions").text
    first_and_last = dev.get(f"{company.page}/versions?from=1&to=3").text
    backwards = dev.get(f"{company.page}/versions?from=3&to=1").text
    against_nothing = dev.get(f"{company.page}/versions?from=0&to=1").text

    assert "New fields (18)" in latest
    assert "New data type" in first_and_last
    assert "No longer asked for" in backwards
    assert "To print the register" in against_nothing
    for query in ("from=99&to=x", "from=&to=" + "9" * 5000, "to=0"):
        assert dev.get(f"{company.page}/versions?{query}").status_code == 200


def test_the_unsaved_and_the_unknown_are_no_errors_of_ours(dev: Client, company: Acme) -> None:
    assert dev.post(f"{company.page}/publish", {"note": NOTE}).status_code == 400
    assert dev.post(f"{company.page}/publish", {"note": "a\0b", **company.seen()}).status_code in {200, 400}
    assert dev.put(f"{company.page}/publish").status_code == 405
