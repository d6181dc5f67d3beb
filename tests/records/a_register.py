"""A school with two forms of pupils on roll, and registers as its people take them."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from consentry.audit.reading import reading
from consentry.people.actions.add_roles import ATTENDANCE_OFFICER
from consentry.people.models import Account
from consentry.records.actions.mark_register import mark_register
from consentry.records.models import RegistrationFormMembership
from consentry.records.queries.registers import pupils_of
from consentry.records.roll_call import UNMARKED, Entry, Marked, PlannedEntry, RollCall
from consentry.rules.attendance_codes import Session
from consentry.schools.models import Site
from consentry.schools.queries import school_id
from tests.world import NOW, account_of, add_person
from tests.world_current import Today
from tests.world_records import writing

TODAY = NOW.date()
FRIDAY = date(2025, 10, 31)  # the last school day before today
UPN = "H801200001001"  # Ada's
PRESENT = Entry("/")
ILL = Entry("I")


@dataclass
class Registers:
    """Oakfield: 7A has Ada, Ben and Cy, 7B has Di, Eve is in no form; Asha takes registers."""

    site: Site
    today: Today
    asha: Account
    ids: dict[str, int] = field(default_factory=dict)

    def call(self, form: str | None = "7A", day: date = TODAY, session: Session = Session.AM) -> RollCall:
        """A roll call of the form."""
        return RollCall(self.forms[form] if form else None, day, session)

    @property
    def forms(self) -> dict[str, int]:
        """The ids of the forms."""
        return {"7A": self.today.form.id, "7B": self.today.other.id}  # type: ignore[attr-defined]

    def mark(self, entries: dict[str, Entry], call: RollCall | None = None, **more: Any) -> Marked:
        """Asha gives these marks, having seen those that stand there; `seen` in `more` is what she saw instead."""
        call = call or self.call()
        seen = more.pop("seen", None) or self.stands(call)
        plan = [PlannedEntry(self.ids[name], seen.get(name, UNMARKED), entry) for name, entry in entries.items()]
        said: dict[str, Any] = {"reason": "", "by": self.asha, "at": NOW}
        return mark_register(self.site, call, plan, **said | more)

    def stands(self, call: RollCall | None = None) -> dict[str, Entry]:
        """What stands in the register, by first name."""
        with reading(school_id(self.site)):
            return {each.first_name: each.entry for each in pupils_of(school_id(self.site), call or self.call())}

    def names(self, students: tuple[int, ...]) -> set[str]:
        """Who these are."""
        return {name for name, number in self.ids.items() if number in students}


def open_registers(site: Site) -> Registers:
    """The school, filled."""
    asha = account_of(add_person(site, "Asha Patel", ATTENDANCE_OFFICER, email=f"registers@{site.slug}.example"), site)
    with writing(site) as every:
        today = Today(every)
        today.other = today.add_form("7B")  # type: ignore[attr-defined]
        made = Registers(site, today, asha)
        for name, last, form in (
            ("Ada", "Ng", today.form),
            ("Ben", "Moss", today.form),
            ("Cy", "Ash", today.form),
            ("Di", "Fox", made.today.other),  # type: ignore[attr-defined]
            ("Eve", "Orr", None),
        ):
            pupil = today.add_pupil(name, last)
            made.ids[name] = pupil.id
            if name == "Ada":
                today.give_upn(pupil, UPN)
            if form:
                today.put_in_form(pupil, form)
    return made


def move_to(made: Registers, name: str, form: str, since: date) -> None:
    """The pupil is in another form from this day on."""
    with writing(made.site) as every:
        memberships = RegistrationFormMembership.objects.filter(school=made.site, student_id=made.ids[name])
        memberships.update(end_date=since.replace(day=since.day - 1), revision_id=every["revision_id"])
        RegistrationFormMembership.objects.create(
            student_id=made.ids[name], registration_form_id=made.forms[form], start_date=since, **every
        )
