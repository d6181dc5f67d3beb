"""What people are told who sign in at their site's own address, and who are not let in."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from consentry.people.queries.identity_providers import Provider
from consentry.rules.single_sign_on import Refusal
from consentry.web.shown.sso_settings import name_of
from consentry.web.way_back import NEXT


class Broken(StrEnum):
    """Why signing in through a provider came to nothing, whoever it was."""

    STALE = "stale"
    CANCELLED = "cancelled"
    REFUSED_THERE = "refused_there"
    UNREACHABLE = "unreachable"
    UNTRUSTED = "untrusted"
    NOT_OFFERED = "not_offered"
    TOO_MANY = "too_many"


@dataclass(frozen=True)
class Words:
    """A heading and what to do now. `{provider}` and `{site}` stand for their names."""

    heading: str
    text: str
    status: int = 403


WORDS: dict[Refusal | Broken, Words] = {
    Refusal.NO_MATCH: Words(
        "No member of staff has that email",
        "{provider} says who you are, but no member of staff at {site} has that email in their profile. Ask your "
        "admin team to check your staff profile, or sign in with email and password.",
    ),
    Refusal.SEVERAL_MATCH: Words(
        "Several members of staff have that email",
        "More than one staff profile at {site} has that email, so we cannot tell which is yours. Ask your admin team "
        "to correct the others.",
    ),
    Refusal.GUARDIAN: Words(
        "Single sign-on is for staff",
        "That email belongs to a guardian’s or a student’s account at {site}. Single sign-on is for staff: sign in "
        "with email and password instead.",
    ),
    Refusal.UNVERIFIED: Words(
        "{provider} has not verified your email",
        "The first time, we find you by your email, and only where {provider} says that it is verified. Whoever looks "
        "after {provider} at {site} can mend that; until then sign in with email and password.",
    ),
    Refusal.WITHOUT_EMAIL: Words(
        "{provider} has not told us your email",
        "The first time, we find you by your email. Whoever looks after the SSO Settings of {site} should check the "
        "attribute that holds it; until then sign in with email and password.",
    ),
    Refusal.DISABLED: Words(
        "Your account is disabled",
        "Your account at {site} is disabled. Your admin team can enable it again.",
    ),
    Refusal.OTHER_DOMAIN: Words(
        "That {provider} account is not your school’s",
        "{site} accepts {provider} accounts of its own domain only. Choose your work account there and try again.",
    ),
    Refusal.LINKED_TO_ANOTHER: Words(
        "Another {provider} account signs in as you",
        "The member of staff with that email signs in to {site} through another {provider} account. If that is no "
        "longer yours, ask your admin team to unlink it under SSO Settings.",
    ),
    Broken.STALE: Words(
        "This sign-in is no longer good",
        "It was used already, took too long, or was begun in another browser or at another site. Start again.",
        400,
    ),
    Broken.CANCELLED: Words("You did not sign in", "You cancelled it at {provider}."),
    Broken.REFUSED_THERE: Words(
        "{provider} did not sign you in",
        "It refused what we asked of it. If that stays so, tell whoever looks after {provider} at {site}.",
    ),
    Broken.UNREACHABLE: Words(
        "{provider} did not answer as it should",
        "Nothing is wrong with your account. Try again in a few minutes, or sign in with email and password. If it "
        "stays so, whoever looks after the SSO Settings of {site} should check the client ID and its secret.",
        502,
    ),
    Broken.UNTRUSTED: Words(
        "We could not trust what {provider} said",
        "Its answer was not signed as agreed, or was made for somebody else. Start again, or sign in with email and "
        "password. If it stays so, whoever looks after the SSO Settings of {site} should compare the certificate and "
        "the addresses with those at {provider}.",
    ),
    Broken.NOT_OFFERED: Words(
        "Single sign-on has changed here",
        "This way to sign in is not offered any more. Go to your school’s own address and sign in from there.",
        404,
    ),
    Broken.TOO_MANY: Words("Too many people are signing in from here", "Wait a minute, then try again.", 429),
}


def shown_refusal(why: Refusal | Broken, provider: Provider | None) -> dict[str, Any]:
    """The page of a refusal, at the provider's site where it is known."""
    words = WORDS[why]
    names = {
        "provider": name_of(provider) if provider else "The provider",
        "site": provider.site.name if provider else "the site",
    }
    return {
        "heading": words.heading.format(**names),
        "text": words.text.format(**names),
        "back_url": reverse("site-sign-in", args=[provider.site.slug]) if provider else reverse("account_login"),
    }


def shown_ways(providers: list[Provider], back: str) -> dict[str, Any]:
    """The ways to sign in to a site, each of which leads on to `back`."""
    on = urlencode({NEXT: back})
    return {
        "providers": [
            {"name": name_of(each), "url": f"{reverse('openid_connect_login', args=[each.slug])}?{on}"}
            for each in providers
        ],
        "password_url": f"{reverse('account_login')}?{on}",
    }
