"""Hold the one row that everything about a site's signing in changes under."""

from consentry.people.models import SignInSettings
from consentry.schools.models import Site


def lock_sign_in_settings(site: Site) -> SignInSettings:
    """The site's settings, locked until the commit, in an open change: so that of two changes one comes second.

    A site without a row gets one, with the defaults.
    """
    SignInSettings.objects.get_or_create(school=site)
    return SignInSettings.objects.select_for_update(no_key=True).get(school=site)
