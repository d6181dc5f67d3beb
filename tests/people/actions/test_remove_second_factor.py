"""A way in for somebody who has lost phone, passkeys and recovery codes: the operator's, and on record."""

import pytest
from allauth.mfa.models import Authenticator
from click.testing import CliRunner
from tests.project.sign_in.coming_in import set_up_app, signed_in
from tests.world import NOW, add_person, add_school

from consentry.audit.actor import OPERATOR
from consentry.audit.models import Event
from consentry.people.actions.remove_second_factor import remove_second_factor
from consentry.people.models import User
from consentry.project.command_line import commands
from consentry.rules.invalid import InvalidError


@pytest.fixture
def asha(database: str) -> User:
    return add_person(add_school())


def test_who_lost_it_signs_in_by_password_again_and_is_signed_out_elsewhere(asha: User) -> None:
    client = signed_in(asha)
    set_up_app(client)

    told = CliRunner().invoke(commands, ["user", "remove-second-factor", "--email", asha.email.upper()])

    assert told.output == "Asha Patel has no second factor any more and is signed out everywhere\n"
    assert Authenticator.objects.count() == 0
    assert client.get("/oakfield/").status_code == 302
    assert signed_in(asha).get("/oakfield/").status_code == 200
    event = Event.objects.order_by("id").last()
    assert event is not None
    assert (event.name, event.details["kinds"]) == ("second_factor.removed", ["recovery_codes", "totp"])


@pytest.mark.parametrize("email", ["nobody@example.org", "asha.patel@example.org"])
def test_who_is_nobody_or_has_none_is_refused(asha: User, email: str) -> None:
    with pytest.raises(InvalidError) as refused:
        remove_second_factor(email, by=OPERATOR, at=NOW)

    assert refused.value.field == "email"
