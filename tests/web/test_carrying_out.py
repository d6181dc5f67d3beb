"""What a form says, and what a page answers, when a rule refuses what a button asked for."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from tests.people.staffroom import at_site
from tests.web.conftest import Oakfield
from tests.world import NOW, add_person, add_school

from consentry.people.actions.disable_account import disable_account
from consentry.people.models import Account
from consentry.people.queries.permissions import openings_at, permissions_of
from consentry.rules.pages import Page
from consentry.rules.permissions import Permission
from consentry.schools.queries import school_id
from consentry.web.carrying_out import carried_out
from consentry.web.forms.user import NothingForm
from consentry.web.visit import Visit


def visit_of(account: Account) -> Visit:
    """The visit of somebody who opened a page before their permission was taken away."""
    site = account.school
    held = permissions_of(account, timezone.localdate(NOW))
    return Visit(site, school_id(site), account.user, account, held, openings_at(site.level), NOW)


def test_a_permission_taken_away_meanwhile_is_a_403_that_names_it(oakfield: Oakfield) -> None:
    asha, tom = at_site(oakfield.asha, oakfield.site), at_site(oakfield.tom, oakfield.site)

    with pytest.raises(PermissionDenied, match=Permission.SCHOOL_USER_ACCOUNTS):
        carried_out(
            visit_of(tom), Page.USERS, NothingForm({}), lambda: disable_account(asha.school, asha.id, by=tom, at=NOW)
        )


def test_what_is_gone_meanwhile_is_not_found(oakfield: Oakfield) -> None:
    asha = at_site(oakfield.asha, oakfield.site)
    elmwood = add_school("elmwood")
    lee = at_site(add_person(elmwood, "Lee Hart"), elmwood)

    with pytest.raises(Http404):
        carried_out(
            visit_of(asha), Page.USERS, NothingForm({}), lambda: disable_account(asha.school, lee.id, by=asha, at=NOW)
        )
