"""Mail welcome and password links. Each link is made as it is mailed and kept nowhere."""

from datetime import datetime, timedelta
from functools import partial

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.urls import reverse

from consentry.audit.actor import ActorKind
from consentry.audit.change import Change
from consentry.audit.models import Event
from consentry.audit.names import EventName
from consentry.people.mailing import mail_each
from consentry.people.models import Invitation, User
from consentry.rules.identity import SchoolId

GIVE_UP_AFTER = timedelta(days=3)
"""An address that takes no mail for this long is not tried again; somebody can ask for another link."""

_AT_A_TIME = 200

_WELCOME = """Hello,

you have been given an account at {site}.

To begin, set your password by this link:

{link}

The link works once, and for {hours} hours. After that, ask for a new one under
“Forgot your password?” on the sign-in page:

{sign_in}

You then read the terms and conditions and accept them.
"""

_ACCESS = """Hello,

you now have access to {site}.

Sign in as you do already:

{home}
"""

_ANOTHER = """Hello,

{sender} sends you this link to set a new password:

{link}

The link works once, and for {hours} hours. Until you set another, your password stays as it is.

If you did not expect this, ask {asked} before you use it.
"""


def mail_links(*, base_url: str, hours: int, at: datetime) -> int:
    """Mail the links that were asked for and not mailed yet, the oldest first; how many were sent.

    `hours` is how long the program lets a link work.
    """
    return mail_each(_waiting(at), partial(_link, base_url=base_url, hours=hours), at=at)


def _waiting(at: datetime) -> list[tuple[int, SchoolId | None]]:
    unsent = _unsent().filter(made_at__gt=at - GIVE_UP_AFTER)
    found = unsent.order_by("made_at", "id").values_list("id", "account__school_id")[:_AT_A_TIME]
    return [(number, SchoolId(school)) for number, school in found]


def _unsent() -> QuerySet[Invitation]:
    return Invitation.objects.filter(mailed_at=None, account__enabled=True, account__user__is_active=True)


def _link(this: Change, number: int, *, base_url: str, hours: int) -> EmailMessage | None:
    """The mail, unless another run has it, or the account was disabled meanwhile."""
    rows = _unsent().select_related("account__user", "account__school")
    asked = rows.select_for_update(skip_locked=True, no_key=True, of=("self",)).filter(id=number).first()
    if asked is None:
        return None
    asked.mailed_at = this.at
    asked.save(update_fields=["mailed_at"])
    this.record(EventName.LINK_MAILED, asked, account=asked.account_id, welcome=asked.is_welcome)
    subject, text = _words(asked)
    site, user = asked.account.school, asked.account.user
    is_operator = _is_asked_by_operator(asked)
    written = text.format(
        site=site.name,
        sender="the operator of Consentry" if is_operator else f"somebody who looks after the users of {site.name}",
        asked=f"the admin team of {site.name}" if is_operator else "them",
        home=f"{base_url}{reverse('home', args=[site.slug])}",
        sign_in=f"{base_url}{reverse('account_login')}",
        link=f"{base_url}{password_path(user)}" if "{link}" in text else "",
        hours=hours,
    )
    return EmailMessage(f"Consentry: {subject.format(site=' '.join(site.name.split()))}", written, None, [user.email])


def _words(asked: Invitation) -> tuple[str, str]:
    if not asked.is_welcome:
        return "Set a new password", _ANOTHER
    signs_in_already = asked.account.user.has_usable_password()
    return ("You now have access to {site}", _ACCESS) if signs_in_already else ("Welcome to {site}", _WELCOME)


def _is_asked_by_operator(asked: Invitation) -> bool:
    events = Event.objects.filter(school_id=asked.account.school_id, subject_type="Invitation", subject_id=asked.id)
    return events.filter(name=EventName.LINK_ASKED, actor_kind=ActorKind.OPERATOR).exists()


def password_path(user: User) -> str:
    """The path at which this user sets a password: good until they do, sign in, change their address, or time is up."""
    return reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)},
    )
