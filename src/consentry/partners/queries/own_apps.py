"""A company's own apps, its secrets, the apps behind its data providers, and logos."""

from django.db.models import QuerySet

from consentry.partners.models import App, AppBehind, AppLogo, Company, Credential
from consentry.rules.invalid import InvalidError


def apps_of_company(company: Company) -> QuerySet[App]:
    """The company's apps by name, each with its logo but for the picture."""
    own = App.objects.filter(company=company).select_related("company__sandbox", "picture")
    return own.defer("picture__png").order_by("name", "id")


def own_app(company: Company, app_id: int) -> App:
    """The company's app of this number. Raises App.DoesNotExist, for another company's too."""
    return apps_of_company(company).get(id=app_id)


def lock_own_app(company: Company, app_id: int) -> App:
    """The same, locked until the commit."""
    locked = App.objects.select_for_update(no_key=True, of=("self",)).select_related("company")
    return locked.get(company=company, id=app_id)


def check_app_name_free(name: str, *, but: int = 0) -> None:
    """Raise InvalidError where an app, other than the one of this id, has the name, whatever its capitals."""
    if App.objects.filter(name__iexact=name).exclude(id=but).exists():
        raise InvalidError("name", f"there is an app called {name} already")


def secrets_of(app: App) -> list[Credential]:
    """The app's secrets that are good, the oldest first."""
    return list(Credential.objects.filter(app=app, revoked_at=None).order_by("issued_at", "id"))


def own_secret(app: App, credential_id: int) -> Credential:
    """The app's good secret of this number. Raises Credential.DoesNotExist, for another app's too."""
    return Credential.objects.get(app=app, id=credential_id, revoked_at=None)


def apps_behind(app_id: int) -> list[AppBehind]:
    """The apps that get data through this data provider now, by name."""
    return list(AppBehind.objects.filter(provider=app_id, ended_at=None).order_by("name", "id"))


def own_app_behind(app: App, number: int) -> AppBehind:
    """One of them. Raises AppBehind.DoesNotExist, for another provider's too."""
    return AppBehind.objects.get(provider=app, id=number, ended_at=None)


def logo_png(app_id: int, digest: str) -> bytes:
    """The app's logo, while it is the one of this digest. Raises AppLogo.DoesNotExist."""
    return bytes(AppLogo.objects.get(app=app_id, digest=digest).png)


def logo_digest(app: App) -> str:
    """The digest of the app's logo, "" for none; no query where the app came with its picture."""
    picture: AppLogo | None = getattr(app, "picture", None)
    return "" if picture is None else picture.digest


def logo_digests(apps: list[int]) -> dict[int, str]:
    """The digests of these apps' logos, by the app's id. One query."""
    return dict(AppLogo.objects.filter(app__in=apps).values_list("app_id", "digest"))
