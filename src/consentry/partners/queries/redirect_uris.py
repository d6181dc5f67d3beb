"""Where apps may be sent back to."""

from oauth2_provider.models import Application

from consentry.partners.models import App


def redirect_uris_of(app: App) -> list[str]:
    """The app's redirect URIs; an app without one cannot be connected by link."""
    return list(Application.objects.get(client_id=app.application_user).redirect_uris.split())
