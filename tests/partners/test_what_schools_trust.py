"""What the operator has looked at keeps its name, and schools are not flooded with versions."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.partners.company_world import details
from tests.world import NOW, READ, STUDENTS
from tests.world_partners import accepted, member_of, own_app, waiting_company

from consentry.audit.actor import OPERATOR
from consentry.partners.actions.add_own_app import MOST_APPS
from consentry.partners.actions.change_app import change_app
from consentry.partners.actions.change_company import change_company
from consentry.partners.actions.publish_draft import MOST_A_DAY, publish_draft
from consentry.partners.actions.publish_version import ALL_FIELDS, AskedRow, publish_version
from consentry.partners.actions.rename_app import rename_app
from consentry.partners.actions.rename_company import rename_company
from consentry.partners.actions.save_draft import save_draft
from consentry.partners.app_details import details_of_app
from consentry.partners.models import App, CompanyMember
from consentry.partners.queries.drafts import drafted
from consentry.rules.invalid import InvalidError


@pytest.fixture
def draft(database: str) -> App:
    """An app that its company writes, and has published once."""
    app = own_app(waiting_company(), "Reader")
    publish_version(app, [STUDENTS], note="First.", by=OPERATOR, at=NOW - timedelta(days=2))
    return app


@pytest.fixture
def by(draft: App) -> CompanyMember:
    return member_of(draft.company)


def test_an_app_that_the_operator_accepted_is_not_renamed_by_its_company(draft: App, by: CompanyMember) -> None:
    """An app is accepted as one thing, and would be shown on schools' consent pages as another."""
    assert change_app(draft.id, replace(details_of_app(draft), name="Reader Two"), by=by, at=NOW) == ["name"]
    app = accepted(draft)
    said = details_of_app(app)

    with pytest.raises(InvalidError, match="knows it as Reader Two"):
        change_app(app.id, replace(said, name="Census of the Ministry"), by=by, at=NOW)
    assert change_app(app.id, replace(said, retention="A year"), by=by, at=NOW) == ["retention"]

    assert rename_app(app.id, "Reader Three", by=OPERATOR, at=NOW).name == "Reader Three"
    with pytest.raises(InvalidError, match="an app called Reader Three"):
        rename_app(app.id, "Reader Three", by=OPERATOR, at=NOW)


def test_nor_is_a_company_that_was_accepted(draft: App, by: CompanyMember) -> None:
    change_company(details("Orchard Ltd"), by=by, at=NOW)
    accepted(draft)

    with pytest.raises(InvalidError, match="accepted it as Orchard Ltd"):
        change_company(details("The Ministry"), by=by, at=NOW)
    assert change_company(replace(details("Orchard Ltd"), contact_name="Ann Low"), by=by, at=NOW) == ["contact_name"]

    assert rename_company(by.company_id, "Orchards Ltd", by=OPERATOR, at=NOW).name == "Orchards Ltd"


def test_an_accepted_app_publishes_only_so_often_a_day(draft: App, by: CompanyMember) -> None:
    """Each version is told to whoever decides on apps, at every school that it concerns, by email."""
    app = accepted(draft)
    for each in range(MOST_A_DAY + 1):
        row = AskedRow("House", ALL_FIELDS, READ, f"Reason {each}")
        save_draft(app, [row], drafted(app).seen, by=by, at=NOW)
        if each < MOST_A_DAY:
            publish_draft(app, drafted(app).seen, note="More.", by=by, at=NOW)

    with pytest.raises(InvalidError, match="go on tomorrow"):
        publish_draft(app, drafted(app).seen, note="More.", by=by, at=NOW)
    publish_draft(app, drafted(app).seen, note="More.", by=by, at=NOW + timedelta(days=1, seconds=1))


def test_a_company_has_only_so_many_apps(draft: App, by: CompanyMember) -> None:
    for number in range(MOST_APPS - 1):
        own_app(by.company, f"Reader{number}")
    with pytest.raises(InvalidError, match="apps already"):
        own_app(by.company, "Last")
