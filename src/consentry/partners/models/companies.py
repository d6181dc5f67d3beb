"""Companies that build apps, and the people who act for them."""

from django.db import models
from django.db.models import Q

from consentry.audit.guarded import Guarded
from consentry.rules.company_life import CompanyState, Declined
from consentry.rules.company_roles import CompanyRole

_STATES = [(each.value, each.label) for each in CompanyState]
_DECLINED = [(each.value, each.label) for each in Declined]


class Company(Guarded):
    """A company that builds apps: who to contact about what it does with data, and what the operator said of it.

    `sandbox` is the dummy school of invented people against which it builds. `privacy_notice` and
    `processing_agreement` are https addresses, the latter empty where there is none yet.
    """

    name = models.TextField(unique=True)
    contact_name = models.TextField()
    contact_email = models.EmailField()
    protection_contact_name = models.TextField(default="", blank=True)
    protection_contact_email = models.EmailField(default="", blank=True)
    website = models.URLField()
    privacy_notice = models.URLField()
    processing_agreement = models.URLField(default="", blank=True)
    state = models.TextField(choices=_STATES, default=CompanyState.ACCEPTED.value)
    state_since = models.DateTimeField(null=True)
    declined_for = models.TextField(choices=_DECLINED, default="", blank=True)
    state_note = models.TextField(default="", blank=True)
    sandbox = models.OneToOneField("schools.Site", models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class CompanyMember(Guarded):
    """Somebody who acts for a company, with one role, until `ended_at`."""

    company = models.ForeignKey(Company, models.PROTECT, related_name="members")
    user = models.ForeignKey("people.User", models.PROTECT, related_name="memberships")
    role = models.TextField(choices=[(each.value, each.label) for each in CompanyRole])
    joined_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("company", "user", condition=Q(ended_at=None), name="one_membership_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"membership of user {self.user_id}"


class CompanyInvitation(Guarded):
    """A link that proves an e-mail address: to register a company (`company` empty), or to join one with a role.

    The link is made as it is mailed; its key is kept as a hash alone, and works once, until `expires_at`.
    """

    email = models.EmailField()
    company = models.ForeignKey(Company, models.PROTECT, null=True, related_name="invitations")
    role = models.TextField(choices=[(each.value, each.label) for each in CompanyRole])
    invited_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    key_hash = models.BinaryField(null=True, unique=True)
    made_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index("made_at", condition=Q(mailed_at=None, ended_at=None), name="company_link_to_mail")]

    def __str__(self) -> str:
        return f"invitation {self.id}"
