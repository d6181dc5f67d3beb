"""Mail somebody who has forgotten their password the link to set a new one."""

from django.core.mail import send_mail

from consentry.people.actions.mail_links import password_path
from consentry.people.queries.who_may_sign_in import who_may_sign_in

_TEXT = """Somebody, most likely you, asked for a new password for {email} at Consentry.

To set it, open this link:

{link}

The link works once, and for {hours} hours. After that, ask for a new one on the sign-in page.

If it was not you, there is nothing to do: your password stays as it is.
"""


def mail_own_link(user_id: int, *, base_url: str, hours: int) -> bool:
    """Mail the link to the user's own address; whether there was somebody who may sign in.

    The link is made as it is mailed, at the address that the configuration gives, and kept nowhere. Raises OSError
    where the mail server is away.
    """
    user = who_may_sign_in().filter(id=user_id).first()
    if user is None:
        return False
    text = _TEXT.format(email=user.email, link=f"{base_url}{password_path(user)}", hours=hours)
    send_mail("Consentry: Set a new password", text, None, [user.email])
    return True
