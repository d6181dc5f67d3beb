"""A company says what its app's sync needs of a school's records: on its pages, and in the app's file."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.partners.company_world import joined, registered
from tests.web.partners.conftest import own_app
from tests.world import NOW, add_app

from consentry.audit.actor import OPERATOR
from consentry.audit.models import Event
from consentry.audit.names import EventName
from consentry.partners.actions.declare_requirements import declare_requirements
from consentry.partners.actions.remove_member import remove_member
from consentry.partners.actions.set_requirements import set_requirements
from consentry.partners.app_file import read_app_file
from consentry.partners.models import App, CompanyMember, PermissionSetVersion
from consentry.partners.queries.requirements import needs_of
from consentry.project.command_line import commands
from consentry.rules.company_roles import CompanyRole, NotForThisMemberError
from consentry.rules.invalid import InvalidError
from consentry.rules.readiness import Check, Need

EXAMPLES = Path(__file__).parents[2] / "examples" / "apps"
SUBJECTS = Need(Check.COURSE_SUBJECTS, "We sort classes by subject.")
UPNS = Need(Check.PUPIL_UPNS, "We know pupils by it.")


def told() -> list[tuple[str, object]]:
    """Who declared which checks, the first time first."""
    events = Event.objects.filter(name=EventName.APP_NEEDS_DECLARED).order_by("id")
    return [(each.actor_name, each.details["checks"]) for each in events]


@pytest.mark.usefixtures("database")
def test_what_is_declared_takes_the_place_of_what_was_and_is_on_record() -> None:
    jo = registered()
    app = own_app(jo)

    assert declare_requirements(app.id, [UPNS, SUBJECTS], by=jo, at=NOW)
    assert needs_of(app.id) == (SUBJECTS, UPNS)
    assert declare_requirements(app.id, [UPNS], by=jo, at=NOW)
    assert needs_of(app.id) == (UPNS,)
    assert not declare_requirements(app.id, [UPNS], by=jo, at=NOW), "the same again is no change"
    assert told() == [
        ("Jo Bell of Acme Ltd", ["course-subjects", "pupil-upns"]),
        ("Jo Bell of Acme Ltd", ["pupil-upns"]),
    ]


@pytest.mark.usefixtures("database")
def test_only_who_builds_the_companys_own_app_declares() -> None:
    jo = registered()
    app, other = own_app(jo), add_app("Reader", "Other Ltd")
    reader = joined(jo, CompanyRole.READER)

    with pytest.raises(NotForThisMemberError):
        declare_requirements(app.id, [UPNS], by=reader, at=NOW)
    with pytest.raises(App.DoesNotExist):
        declare_requirements(other.id, [UPNS], by=jo, at=NOW)
    remove_member(reader.id, by=jo, at=NOW)
    with pytest.raises(CompanyMember.DoesNotExist):
        declare_requirements(app.id, [UPNS], by=reader, at=NOW)
    assert told() == []


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("reason", ["", " ", "two\nlines", "a\0b", "x" * 501])
def test_a_reason_is_a_line_that_schools_can_be_shown(reason: str) -> None:
    app = add_app()
    set_requirements(app, [UPNS], by=OPERATOR, at=NOW)

    with pytest.raises(InvalidError) as refused:
        set_requirements(app, [SUBJECTS, Need(Check.PUPIL_UPNS, reason)], by=OPERATOR, at=NOW)
    assert refused.value.field == "pupil-upns"
    with pytest.raises(InvalidError, match="twice"):
        set_requirements(app, [UPNS, UPNS], by=OPERATOR, at=NOW)
    assert needs_of(app.id) == (UPNS,)


def run(*words: str) -> Result:
    return CliRunner().invoke(commands, words)


@pytest.mark.usefixtures("database")
def test_the_examples_say_what_they_need() -> None:
    """Seed: a provider needs a subject for each course, another app the short name of registration forms."""
    for name in ("data-bridge", "class-sync"):
        assert run("app", "add", str(EXAMPLES / f"{name}.toml")).exit_code == 0
    bridge, class_sync = (needs_of(App.objects.get(name=name).id) for name in ("Data Bridge", "Class Sync"))

    assert Check.COURSE_SUBJECTS in {need.check for need in bridge}
    assert {Check.FORM_SHORT_NAMES, Check.FORM_YEAR_GROUPS} <= {need.check for need in class_sync}


@pytest.mark.usefixtures("database")
def test_needs_are_published_from_the_file_and_kept_where_it_says_nothing(tmp_path: Path) -> None:
    file, said = tmp_path / "mail-keeper.toml", (EXAMPLES / "mail-keeper.toml").read_text()
    file.write_text(said)
    run("app", "add", str(file))
    app = App.objects.get()
    file.write_text('needs = [{ check = "staff-emails", reason = "To check them" }]\n' + said)

    shown = run("app", "publish", "--yes", str(file))
    again = run("app", "publish", "--yes", str(file))
    file.write_text(said)
    unsaid = run("app", "publish", "--yes", str(file))

    assert "+ needs: every member of staff has an email address" in shown.output
    assert shown.exit_code == 0
    assert PermissionSetVersion.objects.count() == 1, "needs are no part of a version"
    assert isinstance(again.exception, InvalidError)
    assert isinstance(unsaid.exception, InvalidError)
    assert needs_of(app.id) == (Need(Check.STAFF_EMAILS, "To check them"),)


@pytest.mark.parametrize(
    ("needs", "said"),
    [
        ('[{ check = "shoe-sizes", reason = "x" }]', "shoe-sizes is no check; the checks are course-subjects, form-"),
        ('["course-subjects"]', r"written as \[\[needs\]\]"),
        ('[{ reason = "x" }]', r"written as \[\[needs\]\]"),
        ("3", r"written as \[\[needs\]\]"),
    ],
)
def test_what_the_file_cannot_say(needs: str, said: str) -> None:
    with pytest.raises(InvalidError, match=said):
        read_app_file(f"needs = {needs}\n{(EXAMPLES / 'mail-keeper.toml').read_text()}".encode())
