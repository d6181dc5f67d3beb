"""The operator stops an app everywhere."""

from datetime import datetime

from oauth2_provider.models import AccessToken

from consentry.audit.actor import Actor
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.actions.write_letter import write_letter
from consentry.partners.details import check_reason
from consentry.partners.models import App, TokenChain

_TEXT = """{app} has been suspended: it opens nothing at any site from its next call on, and its tokens are gone.

Each school's own decision stands as it was, for when the app may go on."""


def suspend_app(app: App, *, reason: str = "", by: Actor, at: datetime) -> None:
    """From the next call on the app opens nothing at any site, and its tokens are gone. Twice changes nothing.

    Those of the connect link are not renewed after the app was resumed: somebody at each site gives them anew.
    The company is told, with the reason where there is one. Raises InvalidError for a reason that cannot be.
    """
    if reason:
        check_reason("reason", reason)
    with change(actor=by, at=at, school=None) as this:
        kept = App.objects.select_for_update(no_key=True, of=("self",)).select_related("company").get(id=app.id)
        if kept.suspended_at is None:
            kept.suspended_at, kept.suspended_for = at, reason
            kept.save(update_fields=["suspended_at", "suspended_for"])
            said = _TEXT.format(app=kept.name) + (f"\n\nThe reason: {reason}" if reason else "")
            write_letter(this, kept.company, title=f"{kept.name} is suspended", text=said)
        living = TokenChain.objects.filter(app=kept, ended_at=None).order_by("id")
        ended = [chain.id for chain in living.select_for_update(of=("self",))]  # before tokens, as whoever ends one
        TokenChain.objects.filter(id__in=ended).update(ended_at=at)
        AccessToken.objects.filter(application__client_id=kept.application_user).delete()
        this.record(EventName.APP_SUSPENDED, kept)
