"""A school's wish as the school and the operator see it: its answers, and its steps."""

from datetime import datetime
from typing import Any

from consentry.partners.models import AppWish, WishNote
from consentry.rules.company_life import Declined
from consentry.rules.wish_life import WishState
from consentry.web import addresses
from consentry.web.sentences import moment

TONES = {
    WishState.ASKED: "notice",
    WishState.TALKING: "warning",
    WishState.BUILDING: "notice",
    WishState.DIRECTORY: "good",
    WishState.DECLINED: "bad",
    WishState.WITHDRAWN: "neutral",
}


def answers_given(wish: AppWish, now: datetime) -> list[dict[str, Any]]:
    """The seed's questions and what the school answered, as components/summary_list.html takes them."""
    rows = [
        ("Name of the app", wish.app_name, "", ""),
        ("Company", wish.company_name, "", wish.company_email),
        ("Website", wish.website or "Not given", addresses.safe_link(wish.website), ""),
        ("Why you want to connect with this app", wish.purpose, "", ""),
        ("Which data it would need", wish.data_wanted, "", ""),
        ("Whose data", wish.people_concerned, "", ""),
        ("In use at the school already", "Yes" if wish.used_already else "No", "", ""),
    ]
    facts = [
        {"label": label, "text": text, "url": url, "when": None, "detail": more} for label, text, url, more in rows
    ]
    told = moment(wish.company_told_at, now) if wish.company_told_at else None
    return [
        *facts,
        {"label": "Company told by email", "text": "" if told else "Not yet", "url": "", "when": told, "detail": ""},
    ]


def steps_of(wish: AppWish, notes: list[WishNote], now: datetime) -> list[dict[str, Any]]:
    """What happened, the oldest first: .title .text .by str, .when a moment."""
    steps = [(wish.asked_at, "Asked", "", wish.asked_by.name)]
    if wish.company_told_at:
        steps.append((wish.company_told_at, f"{wish.company_name} was told by email", "", "Consentry"))
    steps += [(each.at, "The school" if each.from_school else "The operator", each.text, each.by) for each in notes]
    ordered = sorted(steps, key=lambda each: each[0])
    return [{"title": title, "text": text, "by": by, "when": moment(at, now)} for at, title, text, by in ordered]


def ending(wish: AppWish) -> str:
    """Why the wish was declined, "" while it was not."""
    return Declined(wish.declined_for).label if wish.declined_for else ""
