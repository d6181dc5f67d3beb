"""What can be done to somebody's account: the words before it, and what is said when it is done."""

from dataclasses import dataclass

from consentry.rules.pages import Page


@dataclass(frozen=True)
class Act:
    """One thing to do. `{name}` and `{site}` stand for the person and the site; `own`: it may be done to oneself."""

    heading: str
    consequences: tuple[str, ...]
    label: str
    done: str
    page: Page = Page.USERS
    tone: str = "primary"
    own: bool = False


ADD_ROLE = Act(
    "Add a business role",
    ("{name} holds everything that the role holds, beside what they hold already, from its first day on.",),
    "Add the role",
    "{name} holds the role now, or from its first day on.",
    Page.PERMISSIONS,
)
END_ROLE = Act(
    "End a business role",
    (
        (
            "{name} no longer may do what this role alone lets them do, from the day after its last day on. "
            "When it ends at once, from their next click on."
        ),
    ),
    "End the role",
    "The role of {name} ends as you said.",
    Page.PERMISSIONS,
    "danger",
)
ADD_PERMISSION = Act(
    "Give an ad hoc permission",
    (
        "One permission for a time, beside the business roles of {name}. It ends by itself.",
        "For what somebody needs for good, a business role is better.",
    ),
    "Give the permission",
    "{name} holds the permission from its first day to the end of its last.",
    Page.PERMISSIONS,
)
END_PERMISSION = Act(
    "End an ad hoc permission",
    ("{name} no longer holds this permission from their next click on, unless a business role of theirs does.",),
    "End the permission",
    "{name} no longer holds that permission by itself.",
    Page.PERMISSIONS,
    "danger",
)
DISABLE = Act(
    "Disable this account",
    (
        (
            "{name} is shut out of {site} at their next click, and cannot sign in to it until somebody enables the "
            "account. If they have no account at any other site, they are signed out altogether."
        ),
        "Their business roles, what they did and their sign-ins stay on record.",
    ),
    "Disable",
    "{name} is disabled: their next click at {site} is refused.",
    tone="danger",
)
ENABLE = Act(
    "Enable this account",
    ("{name} can sign in to {site} again, with the business roles that have not ended meanwhile.",),
    "Enable",
    "{name} is enabled and can sign in again.",
)
SIGN_OUT = Act(
    "Sign out everywhere",
    (
        (
            "Every browser in which {name} is signed in is signed out at its next click, at every site of theirs. "
            "They can sign in again at once. If somebody else may know the password, send a link to set a new one too."
        ),
    ),
    "Sign out everywhere",
    "{name} is signed out everywhere.",
    tone="danger",
    own=True,
)
PASSWORD_LINK = Act(
    "Send a password link",
    (
        (
            "{name} is mailed a link, at the email they sign in with, by which they set a new password. "
            "It works once, and for 96 hours. Until then the password stays as it is."
        ),
    ),
    "Send the link",
    "A link to set a new password is on its way to {name}.",
)
EMAIL = Act(
    "Change the email to sign in with",
    (
        (
            "A link is mailed to the present address and to the new one. When both have confirmed, within 96 hours, "
            "{name} signs in with the new address, at every site that they belong to, and is signed out everywhere."
        ),
        "A change that was asked for here before is called off.",
    ),
    "Send the two links",
    "Two links are on their way. The email of {name} changes when both addresses have confirmed.",
    own=True,
)
CANCEL_EMAIL = Act(
    "Call off the change of email",
    ("The email of {name} stays as it is, and the links that were mailed work no longer.",),
    "Call it off",
    "The email of {name} stays as it is.",
    tone="danger",
    own=True,
)
NAME = Act(
    "Change the name",
    ("They go by this name at every site that they belong to, and in what is on record from now on.",),
    "Save",
    "The name is saved.",
    own=True,
)
USER_TYPE = Act(
    "Change the type of user",
    ("Guardians and students hold no business roles at {site}, and do not come in through single sign-on.",),
    "Save",
    "The type of user of {name} is saved.",
)
PROFILE_EMAIL = Act(
    "Change the email for single sign-on",
    (
        (
            "Single sign-on finds {name} by this address when they first come that way. Whoever owns it can sign in as "
            "them: give no address but their own."
        ),
    ),
    "Save",
    "The email by which single sign-on finds {name} is saved.",
)
