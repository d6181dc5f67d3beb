"""What a school will see of a draft: the parts of partner_apps/app.html and partner_apps/review.html."""

from collections.abc import Iterable
from typing import Any

from consentry.connections.queries.connection_at import about_app
from consentry.connections.queries.differences import differences
from consentry.connections.queries.what_is_asked import AskedType, asked_of_rows
from consentry.partners.queries.drafts import Drafted
from consentry.partners.queries.own_apps import apps_behind
from consentry.partners.queries.requirements import needs_of
from consentry.rules.grants import Action
from consentry.web.shown.app import READING_ALONE, extent_sentence, permission_row, shown_about, shown_behind
from consentry.web.shown.differences import shown_less, shown_more
from consentry.web.shown.readiness import shown_needs
from consentry.web.shown.review import extent_of_change

_BUTTONS = {
    "preview": True,
    "may_decide": False,
    "told": "The person’s name and the time go on record. The app finds out with its next call.",
}


def preview_of_request(drafted: Drafted) -> dict[str, Any]:
    """What a school sees that is asked for the first time."""
    app, asked = about_app(drafted.app), asked_of_rows(drafted.rows)
    return {
        "app": shown_about(app, "#")
        | {
            "state": "pending",
            "state_tag": {"label": "Pending request", "tone": "notice"},
            "state_sentence": "Asked on the day. Waiting for a decision.",
        },
        "permissions": {
            "version": drafted.seen.version + 1,
            "sentence": extent_sentence(asked),
            "standing": f"What {app.name} would read if approved; it can read nothing now.",
            "rows": [permission_row(each) for each in asked],
            "note": READING_ALONE if _asks_to_write(asked) else "",
        },
        "behind": [shown_behind(each) for each in apps_behind(app.id)] if app.is_provider else [],
        "readiness": shown_needs(needs_of(app.id)),
        "review": None,
        "dummy_site": {"before": "", "after": "", "link": None},
        "decision": _BUTTONS
        | {
            "approve_url": "#",
            "reject_url": "#",
            "cancel_url": "",
            "reads_from": "The app can read from the moment you approve.",
            "rejected": "It goes on reading nothing. You can approve it later, under Rejected Apps.",
        },
    }


def preview_of_review(drafted: Drafted) -> dict[str, Any] | None:
    """What a school sees that approved the newest version; None where the draft asks for nothing more."""
    found = differences(asked_of_rows(drafted.published), asked_of_rows(drafted.rows))
    if not drafted.seen.version or not any(each.asks_more for each in found):
        return None
    app, number = about_app(drafted.app), drafted.seen.version
    return {
        "app": shown_about(app, "#"),
        "review": {
            "tag": {"label": "Waiting", "tone": "notice"},
            "sentence": "Asked on the day. Waiting for a decision.",
            "extent": extent_of_change(found),
            "before": number,
            "after": number + 1,
            "note": "What you write when you publish stands here.",
            "more": shown_more(found),
            "less": shown_less(found),
            "reading_alone": READING_ALONE if any(set(each.actions_added) - {Action.READ} for each in found) else "",
            "notice": None,
        },
        "decision": _BUTTONS
        | {"accept_url": "#", "decline_url": "#", "cancel_url": "", "accepted": "", "declined": ""},
    }


def _asks_to_write(asked: Iterable[AskedType]) -> bool:
    return any(each.actions - {Action.READ} for each in asked)
