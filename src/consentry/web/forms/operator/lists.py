"""What the lists of the operator's desk can be filtered and sorted by."""

from consentry.partners.queries import desk_apps, desk_companies, wishes
from consentry.rules.app_life import AppStage
from consentry.rules.company_life import CompanyState
from consentry.rules.wish_life import WishState
from consentry.web.forms.desk_query import Choices
from consentry.web.forms.sorted_by import Sorting

COMPANIES = Choices(
    {"state": {each.value: each.label for each in CompanyState}},
    desk_companies.SORTS,
    Sorting("name", descending=False),
)
APPS = Choices(
    {
        "stage": {each.value: each.label for each in AppStage},
        "running": dict(zip(desk_apps.RUNNING, ("Live", "Not live", "Suspended"), strict=True)),
    },
    desk_apps.SORTS,
    Sorting("name", descending=False),
)
WISHES = Choices(
    {"state": {each.value: each.label for each in WishState}}, wishes.SORTS, Sorting("asked", descending=True)
)
