"""In which part of the kingdom a school is: the operator says so, and its bank holidays follow."""

from datetime import date

import pytest
from click.testing import CliRunner, Result

from consentry.audit.actor import OPERATOR
from consentry.audit.models import Event
from consentry.audit.reading import reading
from consentry.project.command_line import commands
from consentry.rules.invalid import InvalidError
from consentry.rules.jurisdictions import Jurisdiction
from consentry.schools.actions.add_site import NewSite
from consentry.schools.models import Site
from consentry.schools.queries import calendar_of, school_id, site_by_slug
from consentry.workflows.open_site import open_site
from tests.world import NOW, add_school, add_trust

EASTER_MONDAY = date(2026, 4, 6)


@pytest.fixture
def oakfield(database: str) -> Site:
    return add_school()


def say(*words: str) -> Result:
    return CliRunner().invoke(commands, ("school", *words))


def opens_on_easter_monday(slug: str) -> bool:
    site = site_by_slug(slug)
    with reading(school_id(site)):
        return calendar_of(site).is_open(EASTER_MONDAY)


def test_a_school_that_moves_to_scotland_has_no_holiday_on_easter_monday(oakfield: Site) -> None:
    assert not opens_on_easter_monday("oakfield")

    assert "Oakfield School is in Scotland from now on" in say("jurisdiction", "oakfield", "scotland").output

    assert opens_on_easter_monday("oakfield")
    with reading(school_id(oakfield)):
        told = Event.objects.get(school_id=oakfield.id, name="jurisdiction.changed")
    assert (told.actor_kind, told.details) == ("operator", {"before": "england", "after": "scotland"})


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("oakfield", "england"), "jurisdiction"),
        (("elmwood", "wales"), "school"),
        (("harbour-trust", "wales"), "school"),
    ],
)
def test_what_is_so_already_and_what_is_no_school_is_refused(
    oakfield: Site, words: tuple[str, str], field: str
) -> None:
    add_trust()

    refused = say("jurisdiction", *words).exception

    assert isinstance(refused, InvalidError)
    assert refused.field == field


def test_a_school_can_be_opened_where_it_is(database: str) -> None:
    ask = ("--urn", "100100", "--laestab", "6604001", "--jurisdiction", "wales")

    assert say("add", "--slug", "ysgol", "--name", "Ysgol y Bryn", *ask).exit_code == 0
    open_site(
        NewSite("glen", "Glen School", urn="100101", laestab="8604001", jurisdiction=Jurisdiction.SCOTLAND),
        by=OPERATOR,
        at=NOW,
    )

    assert [site_by_slug(slug).law for slug in ("ysgol", "glen")] == [Jurisdiction.WALES, Jurisdiction.SCOTLAND]
