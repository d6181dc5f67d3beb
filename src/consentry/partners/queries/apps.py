"""Finding apps and what they ask for."""

from django.db.models.functions import Now
from oauth2_provider.models import AccessToken

from consentry.partners.models import App, Credential, PermissionSetVersion


def app_by_user(application_user: str) -> App:
    """The app with this application user name. Raises App.DoesNotExist."""
    return App.objects.select_related("company").get(application_user=application_user)


def app_named(name: str) -> App | None:
    """The app of this name, or None."""
    return App.objects.filter(name=name).select_related("company").first()


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

    What is given meanwhile is there when whoever takes the secret back, or suspends the app, looks for it.
    """
    good = Credential.objects.filter(id=credential, revoked_at=None, app__suspended_at=None).select_related("app")
    return good.select_for_update(no_key=True, of=("self", "app")).first() is not None
