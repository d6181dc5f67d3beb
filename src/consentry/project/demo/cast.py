"""Who and what there is in the demo."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from consentry.connections.actions.report_trouble import NewTrouble
from consentry.partners.actions.ask_for_app import NewWish
from consentry.people.actions.add_roles import ADMINISTRATOR, OFFICE, TRUST_ADMINISTRATOR, TRUST_STAFF
from consentry.rules.permissions import Permission
from consentry.rules.reach import SchoolAccess
from consentry.rules.trouble_life import TroubleKind
from consentry.schools.actions.add_site import NewSite
from consentry.schools.models import Life, SiteKind

TRUST = NewSite("two-rivers", "Two Rivers Trust", kind=SiteKind.TRUST)

LAST_DAY = date(2027, 7, 21)
"""Of the school year of the demo's schools."""


@dataclass(frozen=True)
class DemoSchool:
    """A school and how much there is of it. `marks` is the period its attendance marks cover, at least."""

    site: NewSite
    pupils: int
    seed: int
    marks: tuple[date, date]

    def until(self, today: date) -> "DemoSchool":
        """The same school with marks up to the day before, as far as its school year goes."""
        first, last = self.marks
        return replace(self, marks=(first, max(last, min(today - timedelta(days=1), LAST_DAY))))

    def in_small(self) -> "DemoSchool":
        """The same school with a tenth of the pupils and the last two weeks of marks."""
        _, last = self.marks
        return replace(self, pupils=self.pupils // 10, marks=(last - timedelta(days=13), last))


SCHOOLS = (
    DemoSchool(
        NewSite("oakfield", "Oakfield Academy", urn="137264", laestab="8604123", trust=TRUST.slug),
        pupils=600,
        seed=11,
        marks=(date(2026, 9, 7), date(2026, 10, 16)),
    ),
    DemoSchool(
        NewSite(
            "brook-lane",
            "Brook Lane Primary School",
            urn="124087",
            laestab="8602217",
            trust=TRUST.slug,
            life=Life.DUMMY,
        ),
        pupils=210,
        seed=12,
        marks=(date(2026, 9, 7), date(2026, 9, 25)),
    ),
)

SITES = frozenset({TRUST.slug, *(school.site.slug for school in SCHOOLS)})
"""By which names the demo's sites are known."""


@dataclass(frozen=True)
class DemoPerson:
    """Somebody who can sign in, and what for."""

    email: str
    name: str
    site: str
    role: str
    what_for: str
    access: SchoolAccess = SchoolAccess.NONE
    schools: tuple[str, ...] = ()


PEOPLE = (
    DemoPerson("asha.patel@oakfield.example", "Asha Patel", "oakfield", ADMINISTRATOR, "decides on apps"),
    DemoPerson("tom.reed@oakfield.example", "Tom Reed", "oakfield", ADMINISTRATOR, "decides on apps as well"),
    DemoPerson("mia.cole@oakfield.example", "Mia Cole", "oakfield", OFFICE, "office: sees apps, may not decide"),
    DemoPerson(
        "grace.amadi@brook-lane.example",
        "Grace Amadi",
        "brook-lane",
        ADMINISTRATOR,
        "decides on apps at the dummy site; signs in there with Google as well",
    ),
    DemoPerson(
        "noah.price@two-rivers.example",
        "Noah Price",
        "two-rivers",
        TRUST_ADMINISTRATOR,
        "decides on apps at the trust and, from there, at both schools; has their terms to accept",
        SchoolAccess.ALL,
    ),
    DemoPerson(
        "lena.fox@two-rivers.example",
        "Lena Fox",
        "two-rivers",
        TRUST_STAFF,
        "signs in to Brook Lane from the trust, may not decide",
        SchoolAccess.SOME,
        ("brook-lane",),
    ),
)


@dataclass(frozen=True)
class DemoInvited:
    """Somebody who has been invited, and has not come yet: their password is theirs to set, by the link in the mail."""

    email: str
    name: str
    site: str
    role: str


@dataclass(frozen=True)
class DemoChange:
    """What an administrator gives somebody for later or for a time: a role that starts, a permission that ends."""

    email: str
    role: str
    starts_in: timedelta
    permission: Permission
    lasts: timedelta


INVITED = DemoInvited("leo.grant@oakfield.example", "Leo Grant", "oakfield", OFFICE)
CHANGE = DemoChange(
    "mia.cole@oakfield.example", ADMINISTRATOR, timedelta(days=14), Permission.INTEGRATIONS, timedelta(days=13)
)
GIVER = "tom.reed@oakfield.example"
"""Who has invited them, and given that."""

SSO_SITE = "brook-lane"
"""Where people sign in with Google as well: a practice provider on this machine stands in for it."""
SSO_PERSON, SSO_STRANGER = "grace.amadi@brook-lane.example", "nobody@elsewhere.example"
"""Whom that provider vouches for: an administrator of the site, and somebody whom the site does not know."""

MAIN_APP = "class-sync"
"""The app that plays the main job at Oakfield."""


@dataclass(frozen=True)
class DemoConnection:
    """An app and a site it has asked before the story starts; whether the site has said yes."""

    app: str
    site: str
    approved: bool


@dataclass(frozen=True)
class DemoMember:
    """Somebody who acts for an app's company, and what for."""

    email: str
    name: str
    app: str
    what_for: str


MEMBER = DemoMember("priya.nair@brightmoor.example", "Priya Nair", MAIN_APP, "administers the company of Class Sync")
"""Invited by the operator; they have come by the mailed link, and chosen their password."""

CONNECTIONS = (
    DemoConnection("data-bridge", "oakfield", approved=True),
    DemoConnection("mail-keeper", "oakfield", approved=True),
    DemoConnection("lunchline", "oakfield", approved=False),
    DemoConnection("data-bridge", "brook-lane", approved=True),
    DemoConnection("quiet-room", "brook-lane", approved=True),
    DemoConnection("lunchline", "brook-lane", approved=False),
    DemoConnection("lunchline", "two-rivers", approved=False),
)
APPS = (MAIN_APP, "data-bridge", "mail-keeper", "quiet-room", "lunchline")
WIDENED = "mail-keeper"
"""The app that asks for more than was approved: a review waits at each school that has approved it."""

WISH = NewWish(
    app_name="Librario",
    company_name="Page Turners Ltd",
    company_email="hello@pageturners.example",
    website="https://pageturners.example",
    purpose="Our library lends by it, and types in every new pupil by hand.",
    data_wanted="Names, year groups and registration forms of pupils.",
    people_concerned="All pupils.",
    used_already=True,
)
"""What a school asks the operator and a company for."""

TROUBLED = "mail-keeper"
TROUBLE = NewTrouble(TroubleKind.NOTHING, None, "It has been approved for a week, and no mail has come through yet.")
"""The app of which a school reports that it does not work, and what the school says."""

OPERATOR_TO_BE = "noah.price@two-rivers.example"
"""Whom the operator's command lets to the desk, for who wants to see it."""
