"""Finding apps and what they ask for."""

from collections.abc import Iterable

from django.db import connection
from django.db.models.functions import Now
from oauth2_provider.models import AccessToken

from consentry.partners.models import App, PermissionSetVersion


def app_by_user(application_user: str) -> App:
    """The app with this application user name. Raises App.DoesNotExist."""
    return App.objects.select_related("company").get(application_user=application_user)


def app_named(name: str) -> App | None:
    """The app of this name, or None."""
    return App.objects.filter(name=name).select_related("company").first()


def names_of_apps(apps: Iterable[int]) -> dict[int, str]:
    """What these apps are called, by id."""
    return dict(App.objects.filter(id__in=apps).values_list("id", "name"))


def latest_version(app: App) -> PermissionSetVersion | None:
    """What the app asks of schools now, or None when it has published nothing."""
    return PermissionSetVersion.objects.filter(app=app).order_by("-number").first()


def app_of_caller(app_id: int, *, credential: int | None, token: int | None) -> App | None:
    """The app, while the secret or the token it came with is still good; else None. It may be suspended."""
    apps = App.objects.filter(id=app_id).select_related("company")
    if credential is not None:
        return apps.filter(credentials__id=credential, credentials__revoked_at=None).first()
    alive = AccessToken.objects.filter(id=token, expires__gt=Now()).exists()
    return apps.first() if alive else None


def lock_giver(credential: int) -> bool:
    """Whether this secret is still good and its app not suspended; until the commit it stays so.

    What is given meanwhile is there when whoever takes the secret back, or suspends the app, looks for it. The app
    first, as they do; and shared, so that tokens of one app are had side by side.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOCK_GIVER, [credential])
        return cursor.fetchone() is not None


_LOCK_GIVER = """
select from partners_app as a join partners_credential as c on c.app_id = a.id
where c.id = %s and c.revoked_at is null and a.suspended_at is null for share of a, c
"""
