"""What is too old to be told in the Login History."""

from datetime import timedelta

from tests.world import NOW, add_person, add_school

from consentry.people.actions.forget_sign_ins import KEPT, forget_sign_ins
from consentry.people.actions.note_sign_in import SignInFacts, note_sign_in
from consentry.people.models import Outcome, SignIn


def test_sign_ins_of_a_year_and_some_stay_and_older_ones_go(database: str) -> None:
    asha = add_person(add_school())
    for age in (timedelta(0), KEPT, KEPT + timedelta(seconds=1)):
        note_sign_in(asha, outcome=Outcome.SIGNED_IN, facts=SignInFacts(NOW - age))

    assert timedelta(days=400) == KEPT
    assert forget_sign_ins(at=NOW) == 1
    assert SignIn.objects.count() == 2
