"""A site's wishes, as directory/wishes.html and directory/wish.html show them."""

from typing import Any

from django.urls import reverse

from consentry.partners.models import AppWish, WishNote
from consentry.partners.queries.listing import Page, Wanted
from consentry.partners.queries.wishes import ListedWish
from consentry.rules.wish_life import WISH_MOVES, WishMove, WishState
from consentry.web.forms.directory.lists import OWN_WISHES
from consentry.web.sentences import moment
from consentry.web.shown.listing import Column, Listing, shown_listing
from consentry.web.shown.wish import TONES, answers_given, ending, steps_of
from consentry.web.visit import Visit

_WHAT_NOW = {
    WishState.ASKED: "The operator looks at it. You are told when something happens.",
    WishState.TALKING: "The operator has a question. Your answer goes to them alone.",
    WishState.BUILDING: "The app needs to build its part of the integration before connecting. That can take time.",
    WishState.DIRECTORY: "Contact the app’s company to let them know you would like to work with them. "
    "They will set up the new connection.",
    WishState.DECLINED: "You can ask again when something has changed.",
    WishState.WITHDRAWN: "You can ask again.",
}
"""What follows for the school. Source: the seed, "Connecting to a new app"."""


def shown_own_wishes(visit: Visit, wanted: Wanted, page: Page[ListedWish]) -> dict[str, Any]:
    """The context that the template names `listing`."""
    slug = visit.site.slug
    files = (reverse("wishes-file", args=[slug, "csv"]), reverse("wishes-file", args=[slug, "xlsx"]))
    columns = (Column("App", "app"), Column("State"), Column("Asked", "asked", "time"))
    listing = Listing(
        reverse("wishes", args=[slug]), files, ("wish", "wishes"), columns, OWN_WISHES, {"state": "State"}
    )
    return shown_listing(listing, wanted, page) | {
        "rows": [_row(visit, each) for each in page.rows],
        "ask_url": reverse("wish-ask", args=[slug]),
        "back_url": reverse("directory", args=[slug]),
    }


def shown_own_wish(visit: Visit, wish: AppWish, notes: list[WishNote]) -> dict[str, Any]:
    """The context that directory/wish.html takes besides the shell's."""
    slug, state = visit.site.slug, WishState(wish.state)
    return {
        "wish": {
            "app": wish.app_name,
            "company": wish.company_name,
            "company_email": wish.company_email,
            "tag": {"label": state.label, "tone": TONES[state]},
            "what_now": _WHAT_NOW[state],
            "ending": ending(wish),
            "is_question": state is WishState.TALKING,
            "app_url": reverse("directory-app", args=[slug, wish.app_id]) if wish.app_id else "",
            "facts": answers_given(wish, visit.at),
            "steps": steps_of(wish, notes, visit.at),
        },
        "acts": {
            "answer": _act(slug, wish, WishMove.ANSWER, "wish-answer"),
            "withdraw": _act(slug, wish, WishMove.WITHDRAW, "wish-withdraw"),
        },
        "url": reverse("wish", args=[slug, wish.id]),
        "back_url": reverse("wishes", args=[slug]),
    }


def _act(slug: str, wish: AppWish, move: WishMove, route: str) -> str:
    return reverse(route, args=[slug, wish.id]) if (WishState(wish.state), move) in WISH_MOVES else ""


def _row(visit: Visit, each: ListedWish) -> dict[str, Any]:
    return {
        "app": each.app_name,
        "company": each.company_name,
        "url": reverse("wish", args=[visit.site.slug, each.id]),
        "tag": {"label": each.state.label, "tone": TONES[each.state]},
        "asked": moment(each.asked_at, visit.at),
        "by": each.asked_by,
    }
