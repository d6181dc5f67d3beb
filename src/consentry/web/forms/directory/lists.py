"""What the partner directory and a site's wishes can be filtered and sorted by."""

from consentry.partners.queries import directory, wishes
from consentry.rules.app_life import Category
from consentry.rules.wish_life import WishState
from consentry.web.forms.desk_query import Choices
from consentry.web.forms.sorted_by import Sorting

ROUTES = dict(zip(directory.ROUTES, ("Direct partner", "Data provider", "Through a data provider"), strict=True))

DIRECTORY = Choices(
    {"category": {each.value: each.label for each in Category}, "route": ROUTES},
    directory.SORTS,
    Sorting("name", descending=False),
)
OWN_WISHES = Choices(
    {"state": {each.value: each.label for each in WishState}},
    [each for each in wishes.SORTS if each != "school"],
    Sorting("asked", descending=True),
)
