"""Many at once: deciding on one review, publishing one draft, and a decision while a version is followed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from django.db import connection as database_connection

from consentry.audit.actor import OPERATOR
from consentry.audit.reading import reading
from consentry.connections.actions.accept_review import accept_review
from consentry.connections.actions.decline_review import decline_review
from consentry.connections.models import Review
from consentry.partners.actions.publish_draft import publish_draft
from consentry.partners.actions.publish_version import ALL_FIELDS, AskedRow, publish_version
from consentry.partners.actions.save_draft import save_draft
from consentry.partners.models import App, PermissionSetVersion
from consentry.partners.queries.drafts import DraftChangedError, drafted
from consentry.people.models import User
from consentry.rules.company_roles import CompanyRole
from consentry.rules.connection_life import MoveRefusedError, State
from consentry.rules.review_life import ReviewRefusedError, ReviewState
from consentry.schools.models import Site
from consentry.schools.queries import school_id
from consentry.workflows.publish_permission_set import bring_along
from tests.connections.test_following_versions import WIDER, app, asha, at, publish, receipts_at, site
from tests.races import TIMES
from tests.world import EMAILS, NOW, READ, account_of, add_person, approve, reject
from tests.world_partners import acts_for

__all__ = ["app", "asha", "site"]  # fixtures
pytestmark = pytest.mark.races
HOUSES = AskedRow("House", ALL_FIELDS, READ)


def at_once(*acts: Callable[[], object]) -> list[bool]:
    """Which of these, begun at the same moment, were carried out."""
    barrier = Barrier(len(acts))

    def begin(act: Callable[[], object]) -> bool:
        try:
            barrier.wait()
            act()
        except (ReviewRefusedError, MoveRefusedError, DraftChangedError):
            return False
        finally:
            database_connection.close()
        return True

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(begin, acts))


def test_accepting_and_declining_at_once_have_one_outcome(site: Site, app: App, asha: User) -> None:
    by = account_of(asha, site)
    for _ in range(TIMES):
        publish(app, [WIDER, EMAILS])
        review, before = newest_review(site), len(receipts_at(site))

        done = at_once(
            partial(accept_review, site, review.id, review.moves, by=by, at=NOW),
            partial(decline_review, site, review.id, review.moves, by=by, at=NOW),
        )

        assert sum(done) == 1
        assert newest_review(site).state == (ReviewState.ACCEPTED if done[0] else ReviewState.DECLINED)
        assert len(receipts_at(site)) == before + 1
        publish(app, [EMAILS])  # narrower: the next round asks for more again


def test_rejecting_the_app_and_accepting_at_once_end_in_a_rejection_or_an_acceptance(
    site: Site, app: App, asha: User
) -> None:
    """Whoever comes second has seen what is no longer so."""
    by = account_of(asha, site)
    for _ in range(TIMES):
        publish(app, [WIDER, EMAILS])
        review, seen = newest_review(site), at(site)

        accepted, rejected = at_once(
            partial(accept_review, site, review.id, review.moves, by=by, at=NOW), partial(reject, seen, asha)
        )

        assert accepted is not rejected
        assert at(site).state == (State.APPROVED if accepted else State.REJECTED)
        if rejected:
            assert newest_review(site).state == ReviewState.WITHDRAWN
            approve(at(site), asha)
        publish(app, [EMAILS])


def test_a_version_is_followed_while_a_school_decides(site: Site, app: App, asha: User) -> None:
    """Whichever comes first, the connection ends at the newest version or with a review of it."""
    by = account_of(asha, site)
    for _ in range(TIMES):
        publish(app, [WIDER, EMAILS])
        review = newest_review(site)
        version = publish_version(app, [WIDER, EMAILS, HOUSES], note="More", by=OPERATOR, at=NOW)

        _, accepted = at_once(
            partial(bring_along, app.id, at=NOW),
            partial(accept_review, site, review.id, review.moves, by=by, at=NOW),
        )

        bring_along(app.id, at=NOW)
        newest = newest_review(site)
        assert at(site).follows_id == newest.after_id == version.id
        assert newest.state == ReviewState.OPEN
        assert newest.before.number == (version.number - 1 if accepted else review.before.number)
        publish(app, [EMAILS])


def test_two_who_publish_at_once_publish_once(app: App, site: Site) -> None:
    """Two tabs publishing."""
    member = acts_for(app.company, add_person(site, "Dev Rao"), CompanyRole.DEVELOPER)
    for each in range(TIMES):
        at = NOW + timedelta(days=each)
        save_draft(app, [AskedRow("House", ALL_FIELDS, READ, f"Because {each}")], drafted(app).seen, by=member, at=at)
        seen = drafted(app).seen

        done = at_once(*[partial(publish_draft, app, seen, note="More", by=member, at=at) for _ in range(3)])

        assert sum(done) == 1
        assert PermissionSetVersion.objects.filter(app=app).count() == seen.version + 1


def newest_review(site: Site) -> Review:
    with reading(school_id(site)):
        return Review.objects.filter(school=site).select_related("before", "after").order_by("-id")[0]
