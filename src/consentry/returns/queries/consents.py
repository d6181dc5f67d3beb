"""The consent of a school: whether it is in force, and all that it was. Call them in `reading` of the site."""

from django.db.models import QuerySet

from consentry.returns.models import Collector, Consent
from consentry.rules.collectors import CollectorStatus, LegalBasis
from consentry.rules.identity import SchoolId
from consentry.rules.jurisdictions import Jurisdiction
from consentry.rules.sending_allowed import Asked, Asker, Obstacle, in_the_way
from consentry.schools.models import Site
from consentry.schools.queries import school_id


def consents_of(school: SchoolId, collector: Collector) -> QuerySet[Consent]:
    """Each time that the school has consented, the newest first."""
    return Consent.objects.filter(school=school, collector=collector).order_by("-given_at", "-id")


def open_consent(school: SchoolId, collector: Collector) -> Consent | None:
    """The consent that nobody has ended yet; it may be to less than the collector asks for by now."""
    return consents_of(school, collector).filter(ended_at=None).first()


def what_is_in_the_way(site: Site, collector: Collector) -> Obstacle | None:
    """Why nothing is sent of this school to this collector now; None where it may be."""
    consent = open_consent(school_id(site), collector)
    asker = Asker(
        Jurisdiction(collector.jurisdiction),
        collector.local_authority,
        LegalBasis(collector.legal_basis),
        CollectorStatus(collector.status),
        collector.consent_from,
    )
    consented = None if consent is None else consent.version
    return in_the_way(asker, Asked(site.jurisdiction, site.laestab or "", site.is_dummy, consented))
