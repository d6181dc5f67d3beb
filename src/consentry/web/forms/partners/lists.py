"""What the lists of a company can be filtered and sorted by."""

from consentry.partners.queries import company_lists
from consentry.rules.app_life import AppStage
from consentry.rules.company_roles import CompanyRole
from consentry.web.forms.desk_query import Choices
from consentry.web.forms.sorted_by import Sorting

APPS = Choices(
    {"stage": {each.value: each.label for each in AppStage}}, company_lists.APP_SORTS, Sorting("name", descending=False)
)
MEMBERS = Choices(
    {"role": {each.value: each.label for each in CompanyRole}},
    company_lists.MEMBER_SORTS,
    Sorting("name", descending=False),
)
