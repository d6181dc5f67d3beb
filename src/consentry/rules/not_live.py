"""What everybody reads who would connect a live school to an app that is not live: one sentence, wherever they are.

Source of the heading: the product's error message "Application Not Live".
"""

NOT_LIVE = "Application Not Live"

TOLD_TO_APPS = f"{NOT_LIVE}: only dummy sites can connect the app until the operator makes it live."
"""What the app itself is told, which has nobody to contact but its own company."""

NOT_ACCEPTED_TOLD_TO_APPS = f"{NOT_LIVE}: only its company’s sandbox can connect the app until the operator accepts it."
"""The same of an app that the operator has not accepted."""


def not_live(app: str, company: str, *emails: str) -> str:
    """Why it cannot be, and whom to contact: `emails` are the company's and the app's, each said once."""
    at = " or ".join(dict.fromkeys(filter(None, emails)))
    contact = f"{company} at {at}" if at else company
    return f"{app} is not live yet, so only dummy sites can connect it. Contact {contact} and ask when it will be."
