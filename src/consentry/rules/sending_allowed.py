"""Whether a school's return may be sent to a collector now, and if not, what is in the way."""

from dataclasses import dataclass
from enum import StrEnum

from consentry.rules.collectors import CollectorStatus, LegalBasis
from consentry.rules.jurisdictions import Jurisdiction


class Obstacle(StrEnum):
    """Why nothing is sent. The first that holds is told."""

    NOT_ASKED = "not_asked"
    DISCONTINUED = "discontinued"
    DUMMY_SITE = "dummy_site"
    NO_CONSENT = "no_consent"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class Asker:
    """What counts of a collector: whom it asks, on what ground, and how it stands."""

    jurisdiction: Jurisdiction
    local_authority: str
    legal_basis: LegalBasis
    status: CollectorStatus
    consent_from: int

    def asks(self, jurisdiction: str, laestab: str) -> bool:
        """Whether it asks this school at all: one of its part of the kingdom and of its local authority."""
        return jurisdiction == self.jurisdiction and laestab.startswith(self.local_authority)

    def is_covered(self, version: int | None) -> bool:
        """Whether consent to this version (None: there is none) covers what it asks for, or the law does."""
        return self.legal_basis is LegalBasis.DUTY or (version is not None and version >= self.consent_from)


@dataclass(frozen=True, slots=True)
class Asked:
    """What counts of a school: where it is, whether its pupils are real, and the version that it consents to."""

    jurisdiction: str
    laestab: str
    is_dummy: bool
    consented: int | None


def in_the_way(asker: Asker, asked: Asked) -> Obstacle | None:
    """Why nothing is sent now; None where the return may go."""
    obstacles = {
        Obstacle.NOT_ASKED: not asker.asks(asked.jurisdiction, asked.laestab),
        Obstacle.DISCONTINUED: asker.status is CollectorStatus.DISCONTINUED,
        Obstacle.DUMMY_SITE: asked.is_dummy,
        Obstacle.NO_CONSENT: not asker.is_covered(asked.consented),
        Obstacle.SUSPENDED: asker.status is CollectorStatus.SUSPENDED,
    }
    return next((obstacle for obstacle, holds in obstacles.items() if holds), None)
