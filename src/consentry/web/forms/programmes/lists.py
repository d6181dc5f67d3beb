"""What the lists under Programmes can be filtered and sorted by."""

from consentry.partners.queries.listing import Wanted
from consentry.records.queries import courses, forms
from consentry.records.queries.programme_list import Asked
from consentry.web.forms.desk_query import Choices
from consentry.web.forms.sorted_by import Sorting

_USUAL = Sorting("name", descending=False)

COURSES = Choices({"show": {courses.WITHOUT_SUBJECT: "Without a subject"}}, courses.SORTS, _USUAL)
FORMS = Choices(
    {
        "show": {
            forms.WITHOUT_SHORT_NAME: "Without a short name",
            forms.WITHOUT_YEAR_GROUP: "Without a year group",
        }
    },
    forms.SORTS,
    _USUAL,
)


def asked_of(wanted: Wanted) -> Asked:
    """What an address wants, as the queries take it."""
    return Asked(wanted.q, wanted.chosen["show"], wanted.by, wanted.descending, wanted.page)
