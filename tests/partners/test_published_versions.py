"""What an app may ask for in a version, and that a published one stays as it is."""

import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from tests.world import EMAILS, NOW, READ, STUDENTS, add_app

from consentry.audit.actor import OPERATOR
from consentry.partners.actions.publish_version import ALL_FIELDS, AskedRow, publish_version
from consentry.partners.models import App, AppKind, PermissionSetVersion
from consentry.records.catalogue import catalogue
from consentry.rules.grants import Action
from consentry.rules.invalid import InvalidError


def test_a_row_cannot_be_slipped_into_a_published_version(database: str) -> None:
    version = PermissionSetVersion.objects.get(app=add_app())
    with pytest.raises(ProgrammingError, match="no further rows"), connection.cursor() as cursor:
        cursor.execute(
            "insert into partners_permissionrow "
            '(version_id, data_type, all_fields, fields, read, write, "update", "delete") '
            "values (%s, 'MedicalCondition', true, array['symptoms'], true, false, false, false)",
            [version.id],
        )
    assert set(version.grants()) == {"Student"}


@pytest.fixture(scope="module")
def app(module_database: str) -> App:
    """An app that has published nothing yet."""
    return add_app("Asks for too much", rows=())


BAD = [
    ([], "rows", "at least one data type"),
    ([STUDENTS, STUDENTS], "Student", "stands twice"),
    ([AskedRow("Unicorn", ALL_FIELDS, READ)], "Unicorn", "not a data type"),
    ([AskedRow("Student", ALL_FIELDS, frozenset())], "Student", "no action"),
    ([AskedRow("Student", ["person", "horn"], READ)], "Student.horn", "not a field"),
    ([STUDENTS, AskedRow("Student", ["person"], READ)], "Student", "stands twice"),
]


@pytest.mark.parametrize(("rows", "field", "says"), BAD)
def test_a_version_is_not_published_with_what_cannot_be_asked_for(
    app: App, rows: list[AskedRow], field: str, says: str
) -> None:
    with pytest.raises(InvalidError, match=says) as refused:
        publish_version(app, rows, note="Bad", by=OPERATOR, at=NOW)

    assert refused.value.field == field
    assert not PermissionSetVersion.objects.filter(app=app).exists()


@pytest.mark.parametrize("more", [Action.WRITE, Action.UPDATE, Action.DELETE])
def test_a_data_provider_may_only_read(app: App, more: Action) -> None:
    provider = add_app(f"Provider {more.value}", kind=AppKind.DATA_PROVIDER, rows=())
    with pytest.raises(InvalidError, match="data provider may only read"):
        publish_version(provider, [AskedRow("Student", ["person"], READ | {more})], note="", by=OPERATOR, at=NOW)

    assert publish_version(provider, [STUDENTS], note="Reads", by=OPERATOR, at=NOW).number == 1


def test_all_fields_are_written_out_when_the_version_is_published(app: App) -> None:
    version = publish_version(add_app("All of it", rows=()), [EMAILS], note="All", by=OPERATOR, at=NOW)

    row = version.rows.get()
    assert row.all_fields
    assert row.fields == list(catalogue()["EmailAddress"].fields)
