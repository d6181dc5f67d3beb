"""A published version gets no further rows, whoever asks."""

import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from tests.world import add_app

from consentry.partners.models import PermissionSetVersion


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
