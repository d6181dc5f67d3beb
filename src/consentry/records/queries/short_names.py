"""Which short names of registration forms can be, and why others cannot."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from consentry.records.mending import Planned, Value, tidy
from consentry.records.models import RegistrationForm
from consentry.rules.identity import SchoolId
from consentry.rules.invalid import InvalidError

Reasons = dict[int, str]


def tidied(plan: Iterable[Planned]) -> tuple[tuple[Planned, ...], Reasons]:
    """The plan with short names as they are kept (None for blanks), and why some cannot be, by the form's id."""
    good, reasons = [], {}
    for each in plan:
        try:
            good.append(replace(each, wanted=tidy("short_name", each.wanted or "") or None))
        except InvalidError as invalid:
            reasons[each.id] = invalid.reason
    return tuple(good), reasons


def taken(school: SchoolId, wanted: Mapping[int, Value]) -> Reasons:
    """Of these short names, by the form's id, those that another form of the same year will have as well.

    The case of letters makes no difference. One query.
    """
    of_school = RegistrationForm.objects.filter(school=school)
    years = of_school.filter(id__in=list(wanted)).values("academic_year_id")
    rows = of_school.filter(academic_year_id__in=years).values_list("id", "academic_year_id", "short_name")
    named = {number: (year, str(wanted.get(number, now) or "").casefold()) for number, year, now in rows}
    used = Counter(named.values())
    return {
        number: f"another form of this school year is called {wanted[number]} for short"
        for number, (year, name) in named.items()
        if number in wanted and name and used[year, name] > 1
    }
