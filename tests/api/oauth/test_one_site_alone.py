"""Tokens of the connect link open the site that they were given for, and no other (AS-13, RFC 8707)."""

import pytest
from django.utils import timezone
from oauth2_provider.models import AccessToken

from consentry.connections.reading.door import ENTER
from consentry.connections.reading.read import Caller, WrongSiteError, read
from consentry.partners.queries.token_chains import digest_of
from consentry.people.models import User
from consentry.rules.asks import Ask
from consentry.schools.queries import school_id
from tests.api.calls import call
from tests.api.oauth.conftest import Linked
from tests.fresh_process import forget_everything
from tests.linking import issuer, read_with
from tests.world import add_person, approve, ask


def test_at_another_site_a_token_is_answered_as_at_one_that_there_is_not(linked: Linked) -> None:
    """AS-13: also where the other site approves the app."""
    token = linked.tokens()["access_token"]
    approve(ask(linked.app.app, linked.elmwood), _head_of(linked), at=timezone.now())

    elsewhere, nowhere = read_with(token, linked.elmwood), read_with(token, "no-such-school")
    assert (elsewhere.status, elsewhere.kind) == (404, "SiteNotFound")
    assert (elsewhere.body, elsewhere.headers) == (nowhere.body, nowhere.headers)
    assert read_with(linked.app.by_credentials().json["access_token"], linked.elmwood).status == 200


def test_a_site_named_by_the_header_is_held_to_the_same(linked: Linked) -> None:
    token = linked.tokens()["access_token"]
    for slug, status in ((linked.site.slug, 200), (linked.elmwood.slug, 404)):
        headers = {"Authorization": f"Bearer {token}", "x-mis-application-id": slug}
        assert call("/rest-v2/students", headers=headers).status == status


@pytest.mark.parametrize(
    "resource", [[], ["https://elsewhere.example/oakfield"], ["{}"], ["{}/"], ["{}/no-such-school"]]
)
def test_a_token_that_somebody_gave_for_no_site_of_ours_opens_nothing(linked: Linked, resource: list[str]) -> None:
    """AS-13: a token without `resource` = 401."""
    token = linked.tokens()["access_token"]
    bound_to = [each.format(issuer()) for each in resource]
    AccessToken.objects.filter(token_checksum=digest_of(token)).update(resource=bound_to)
    forget_everything()

    assert read_with(token, linked.site).status == 401


def test_an_app_may_bind_its_own_token_to_a_site(linked: Linked) -> None:
    """RFC 8707, 2.2: by client credentials as well."""
    linked.tokens()
    resource = f"{issuer()}/{linked.site.slug}"
    token = linked.app.by_credentials(resource=resource).json["access_token"]

    assert linked.app.introspect(token)["aud"] == [resource]
    assert read_with(token, linked.site).status == 200
    assert read_with(token, linked.elmwood).status == 404


@pytest.mark.parametrize(
    "resource", ["{}/no-such-school", "{}", "https://elsewhere.example/oakfield", "urn:x", "{}/a/b"]
)
def test_what_is_no_site_is_no_target(linked: Linked, resource: str) -> None:
    """RFC 8707, 2: invalid_target."""
    answered = linked.app.by_credentials(resource=resource.format(issuer()))
    assert (answered.status, answered.json["error"]) == (400, "invalid_target")


def test_a_token_of_one_site_tells_nothing_of_the_others(linked: Linked) -> None:
    token = linked.tokens()["access_token"]
    answered = call("/partners/connections", headers={"Authorization": f"Bearer {token}"})

    assert (answered.status, answered.json["detail"]) == (
        403,
        "The token is for one site's data: send the application user and secret.",
    )


def test_the_door_itself_lets_nobody_in_at_another_site(linked: Linked) -> None:
    caller = Caller(linked.app.app.id, token=1, bound_to=school_id(linked.site))
    with pytest.raises(WrongSiteError):
        read(caller, school_id(linked.elmwood), Ask("Student"), {"size": 1, "skip": 0}, surface="rest-v2", enter=ENTER)


def _head_of(linked: Linked) -> User:
    return add_person(linked.elmwood, f"Head of {linked.app.app.name}")
