"""When a collector asks for more than a school agreed to, and what is in the way of sending."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentry.rules.collectors import MOVES, CollectorStatus, LegalBasis, Scope, widened
from consentry.rules.jurisdictions import Jurisdiction
from consentry.rules.payload_forms import Format, Granularity
from consentry.rules.sending_allowed import Asked, Asker, Obstacle, in_the_way
from consentry.rules.sending_window import Window, WindowUnit

SCOPE = Scope("Department for Education", Granularity.MARGINALS, Format.JSON, Window(), 5)


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"recipient": "Somebody Else"}, "goes to Somebody Else instead of Department for Education"),
        ({"granularity": Granularity.CROSSTAB}, "within each year group"),
        ({"window": Window(8)}, "the 8 working days before it instead of today and the 7"),
        ({"window": Window(7, WindowUnit.SCHOOL)}, "school days"),
        ({"suppress_below": 4}, "too small"),
    ],
)
def test_asking_for_more_is_told_in_words(said: dict[str, object], word: str) -> None:
    [way] = widened(SCOPE, replace(SCOPE, **said))  # type: ignore[arg-type]

    assert word in way


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"format": Format.CSV},
        {"window": Window(6)},
        {"window": Window(7, WindowUnit.CALENDAR)},
        {"suppress_below": 10},
    ],
)
def test_asking_for_as_much_or_less_needs_no_other_consent(said: dict[str, object]) -> None:
    assert widened(SCOPE, replace(SCOPE, **said)) == ()  # type: ignore[arg-type]


SCOPES = st.builds(
    Scope,
    st.sampled_from(["A", "B"]),
    st.sampled_from(Granularity),
    st.sampled_from(Format),
    st.builds(Window, st.integers(0, 45), st.sampled_from(WindowUnit)),
    st.integers(0, 20),
)


@given(before=SCOPES, after=SCOPES)
def test_there_and_back_asks_for_more_at_least_once_unless_nothing_changed(before: Scope, after: Scope) -> None:
    if before != replace(after, format=before.format):
        assert widened(before, after) or widened(after, before)
    assert widened(before, before) == ()


def test_what_is_discontinued_stays_so() -> None:
    assert MOVES[CollectorStatus.DISCONTINUED] == set()
    assert all(CollectorStatus.DISCONTINUED in MOVES[each] for each in set(MOVES) - {CollectorStatus.DISCONTINUED})


ASKER = Asker(Jurisdiction.ENGLAND, "857", LegalBasis.CONSENT, CollectorStatus.ACTIVE, consent_from=2)
ASKED = Asked("england", "8574123", is_dummy=False, consented=2)


@pytest.mark.parametrize(
    ("asker", "asked", "obstacle"),
    [
        (ASKER, ASKED, None),
        (ASKER, replace(ASKED, consented=3), None),
        (ASKER, replace(ASKED, consented=1), Obstacle.NO_CONSENT),
        (ASKER, replace(ASKED, consented=None), Obstacle.NO_CONSENT),
        (ASKER, replace(ASKED, is_dummy=True), Obstacle.DUMMY_SITE),
        (ASKER, replace(ASKED, jurisdiction="wales"), Obstacle.NOT_ASKED),
        (ASKER, replace(ASKED, laestab="8604123"), Obstacle.NOT_ASKED),
        (replace(ASKER, local_authority=""), replace(ASKED, laestab="8604123"), None),
        (replace(ASKER, status=CollectorStatus.SUSPENDED), ASKED, Obstacle.SUSPENDED),
        (replace(ASKER, status=CollectorStatus.DISCONTINUED), ASKED, Obstacle.DISCONTINUED),
        (replace(ASKER, legal_basis=LegalBasis.DUTY), replace(ASKED, consented=None), None),
        (replace(ASKER, legal_basis=LegalBasis.DUTY), replace(ASKED, is_dummy=True), Obstacle.DUMMY_SITE),
    ],
)
def test_what_is_in_the_way(asker: Asker, asked: Asked, obstacle: Obstacle | None) -> None:
    assert in_the_way(asker, asked) is obstacle
