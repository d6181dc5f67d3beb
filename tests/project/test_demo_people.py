"""The people of the demo: whom an administrator has invited, and what somebody holds for a time or from a day on."""

from datetime import timedelta

from django.utils import timezone

from consentry.audit.actor import OPERATOR
from consentry.people.models import Account, AdHocPermission, RoleAssignment
from consentry.people.queries.users import named
from consentry.project.demo.cast import INVITED, PEOPLE, SCHOOLS, TRUST
from consentry.project.demo.people import look_after_people, welcome_everybody
from consentry.rules.permissions import Permission
from consentry.schools.actions.publish_terms import publish_terms
from consentry.schools.queries import site_by_slug
from consentry.workflows.open_site import open_site


def test_somebody_is_invited_a_role_is_to_come_and_a_permission_is_for_a_time(database: str) -> None:
    now = timezone.now()
    today = timezone.localdate(now)
    for site in (TRUST, *(school.site for school in SCHOOLS)):
        open_site(site, by=OPERATOR, at=now)
    passwords = welcome_everybody(publish_terms("Be kind.", by=OPERATOR, at=now))

    look_after_people()

    assert set(passwords) == {person.email for person in PEOPLE}
    oakfield = site_by_slug("oakfield")
    invited = named(oakfield, Account.objects.get(user__email=INVITED.email).id)
    assert invited.is_invited  # type: ignore[attr-defined]
    later = RoleAssignment.objects.get(starts_on__gt=today)
    assert (later.account.user.name, later.role.name) == ("Mia Cole", "School Administrator")
    single = AdHocPermission.objects.get()
    assert (single.account.user.name, single.permission) == ("Mia Cole", Permission.INTEGRATIONS)
    assert (single.starts_on, single.ends_on) == (today, today + timedelta(days=13))
