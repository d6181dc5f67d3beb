"""What one call may see, by examples."""

import pytest
from tests.rules.small_catalogue import CATALOGUE, everything_granted, granted

from consentry.rules.asks import Ask, Filter, Operator, Order
from consentry.rules.catalogue import Catalogue, Path
from consentry.rules.disclosure import Disclosure, Reason, Refusal, decide
from consentry.rules.grants import Action, Grant, Grants

PUPILS = granted(Student="person studentNumber", Person="first last")


def seen(ask: Ask, grants: Grants) -> Disclosure:
    return decide(ask, grants, CATALOGUE)


def refusal_of(ask: Ask, grants: Grants) -> Refusal:
    (refusal,) = seen(ask, grants).refused
    return refusal


def filtered_by(*path: str, operator: Operator = Operator.EQUALS) -> Ask:
    return Ask("Student", filters=(Filter(path, operator),))


def test_nothing_granted_shows_nothing() -> None:
    decided = seen(Ask("Student"), {})

    assert decided.is_refused
    assert decided.shown == {}
    assert decided.refused == (Refusal((), Reason.DATA_TYPE_NOT_GRANTED, "Student"),)


def test_a_data_type_that_nobody_knows_is_refused_as_unknown() -> None:
    assert refusal_of(Ask("Ghost"), granted(Student="*")) == Refusal((), Reason.UNKNOWN_DATA_TYPE, "Ghost")


def test_a_grant_to_change_is_no_grant_to_read() -> None:
    every_other_action = frozenset(Action) - {Action.READ}
    grants = {"Student": Grant("Student", frozenset({"studentNumber"}), every_other_action)}

    assert refusal_of(Ask("Student"), grants).reason is Reason.DATA_TYPE_NOT_GRANTED


def test_a_listing_shows_what_is_granted_and_names_what_is_withheld() -> None:
    decided = seen(Ask("Student"), PUPILS)

    assert decided.shown == {(): ("person", "studentNumber")}
    assert decided.withheld == ("ethnicity", "owner", "userTags")
    assert not decided.is_refused


def test_named_fields_are_shown_alone_and_nothing_counts_as_withheld() -> None:
    decided = seen(Ask("Student", fields=("studentNumber",)), PUPILS)

    assert decided.shown == {(): ("studentNumber",)}
    assert decided.withheld == ()


def test_one_refused_field_refuses_the_whole_call() -> None:
    decided = seen(Ask("Student", fields=("studentNumber", "ethnicity")), PUPILS)

    assert decided.shown == {}
    assert decided.refused == (Refusal(("ethnicity",), Reason.FIELD_NOT_GRANTED, "Student", "ethnicity"),)


def test_every_refused_path_is_told_once_in_the_order_it_was_named() -> None:
    ask = Ask(
        "Student",
        fields=("ethnicity", "nonsense"),
        filters=(Filter(("owner",), Operator.EQUALS), Filter(("owner",), Operator.IS_NULL)),
        order=Order(("person", "gender")),
        expanded=(("studentNumber",),),
    )

    named = [(refusal.reason, refusal.data_type, refusal.field) for refusal in seen(ask, PUPILS).refused]

    assert named == [
        (Reason.FIELD_NOT_GRANTED, "Student", "ethnicity"),
        (Reason.UNKNOWN_FIELD, "Student", "nonsense"),
        (Reason.FIELD_NOT_GRANTED, "Student", "owner"),
        (Reason.FIELD_NOT_GRANTED, "Person", "gender"),
        (Reason.NOT_A_REFERENCE, "Student", "studentNumber"),
    ]


def test_a_field_that_may_not_be_read_is_no_oracle_for_filters() -> None:
    assert refusal_of(filtered_by("ethnicity"), PUPILS).reason is Reason.FIELD_NOT_GRANTED


def test_a_field_that_may_not_be_read_is_no_oracle_for_sorting() -> None:
    ask = Ask("Student", order=Order(("ethnicity",)))

    assert refusal_of(ask, PUPILS).reason is Reason.FIELD_NOT_GRANTED


def test_filtering_through_a_reference_needs_every_step() -> None:
    without_last = granted(Student="person", Person="first")
    without_person = granted(Student="person")
    without_step = granted(Student="studentNumber", Person="*")

    assert refusal_of(filtered_by("person", "last"), without_last).field == "last"
    assert refusal_of(filtered_by("person", "last"), without_person).data_type == "Person"
    assert refusal_of(filtered_by("person", "last"), without_step).field == "person"


def test_identity_can_be_filtered_on_wherever_the_data_type_may_be_read() -> None:
    assert not seen(filtered_by("id"), PUPILS).is_refused
    assert not seen(filtered_by("person", "id"), PUPILS).is_refused
    assert refusal_of(filtered_by("person", "id"), granted(Student="*")).data_type == "Person"


@pytest.mark.parametrize(
    ("path", "refused_at"),
    [
        (("person", "id", "first"), ("Person", "id")),
        (("studentNumber", "x"), ("Student", "studentNumber")),
        (("owner", "first"), ("Student", "owner")),
    ],
)
def test_a_path_ends_where_there_is_no_reference(path: Path, refused_at: tuple[str, str]) -> None:
    refusal = refusal_of(filtered_by(*path), everything_granted())

    assert (refusal.reason, (refusal.data_type, refusal.field)) == (Reason.NOT_A_REFERENCE, refused_at)


def test_a_collection_can_be_opened_up_but_not_compared() -> None:
    opened = Ask("Form", expanded=(("members",), ("members", "student")))
    compared = Ask("Form", order=Order(("members", "student")))

    assert not seen(opened, everything_granted()).is_refused
    assert refusal_of(compared, everything_granted()) == Refusal(
        ("members", "student"), Reason.NOT_A_REFERENCE, "Form", "members"
    )


def test_an_opened_reference_shows_what_is_granted_of_its_own_data_type() -> None:
    decided = seen(Ask("Student", expanded=(("person",),)), granted(Student="person", Person="first"))

    assert decided.shown == {(): ("person",), ("person",): ("first",)}
    assert decided.withheld == ("studentNumber", "ethnicity", "owner", "userTags", "person.last", "person.gender")


def test_an_opened_reference_is_shown_beside_the_fields_that_were_named() -> None:
    decided = seen(Ask("Student", fields=("studentNumber",), expanded=(("person",),)), PUPILS)

    assert decided.shown[()] == ("person", "studentNumber")


def test_a_reference_to_a_data_type_that_may_not_be_read_is_not_opened() -> None:
    ask = Ask("Student", expanded=(("person",),))

    assert refusal_of(ask, granted(Student="person")) == Refusal(("person",), Reason.DATA_TYPE_NOT_GRANTED, "Person")


@pytest.mark.parametrize(("path", "holder"), [(("person", "first"), "Person"), (("person", "id"), "Person")])
def test_what_is_no_reference_cannot_be_opened(path: Path, holder: str) -> None:
    refusal = refusal_of(Ask("Student", expanded=(path,)), everything_granted())

    assert (refusal.reason, refusal.data_type, refusal.field) == (Reason.NOT_A_REFERENCE, holder, path[-1])


def test_a_path_opens_up_one_collection_at_most() -> None:
    assert not seen(Ask("Form", expanded=(("members",), ("members", "form"))), everything_granted()).is_refused
    refusal = refusal_of(Ask("Form", expanded=(("members", "form", "members"),)), everything_granted())

    assert refusal == Refusal(("members", "form", "members"), Reason.SECOND_COLLECTION, "Form", "members")


def test_a_name_is_displayed_only_when_all_of_its_parts_are_granted() -> None:
    assert seen(Ask("Student"), PUPILS).named == {()}
    assert seen(Ask("Student"), granted(Student="person", Person="first")).named == frozenset()
    assert seen(Ask("Student"), granted(Student="studentNumber", Person="*")).named == frozenset()
    assert seen(Ask("Person"), granted(Person="first")).named == frozenset()


def test_what_has_no_display_name_is_never_named() -> None:
    assert seen(Ask("Membership"), everything_granted()).named == frozenset()


TAGGED = filtered_by(operator=Operator.TAGGED)


def test_asking_who_has_a_tag_is_reading_the_tags() -> None:
    assert not seen(TAGGED, everything_granted()).is_refused


@pytest.mark.parametrize(
    ("tagging", "tag", "missing"),
    [
        ("taggedObject startDate endDate", "*", ("Tagging", "tag")),
        ("tag startDate endDate", "*", ("Tagging", "taggedObject")),
        ("tag taggedObject endDate", "*", ("Tagging", "startDate")),
        ("tag taggedObject startDate", "*", ("Tagging", "endDate")),
        ("*", "", ("Tag", "tagIdentifier")),
    ],
)
def test_filtering_by_a_tag_needs_all_that_it_tells(tagging: str, tag: str, missing: tuple[str, str]) -> None:
    refusal = refusal_of(TAGGED, granted(Student="*", Tagging=tagging, Tag=tag))

    assert (refusal.reason, (refusal.data_type, refusal.field)) == (Reason.FIELD_NOT_GRANTED, missing)


def test_filtering_by_a_tag_without_any_right_to_tags_is_refused() -> None:
    assert {refusal.reason for refusal in seen(TAGGED, PUPILS).refused} == {Reason.DATA_TYPE_NOT_GRANTED}


def test_filtering_by_a_tag_where_the_catalogue_has_none_is_refused() -> None:
    without_tags = Catalogue({"Student": CATALOGUE["Student"]})

    (refusal,) = decide(TAGGED, granted(Student="*"), without_tags).refused

    assert refusal.reason is Reason.UNKNOWN_DATA_TYPE
