"""What the lists of reported problems can be filtered and sorted by."""

from consentry.partners.queries import troubles
from consentry.rules.trouble_life import TroubleState
from consentry.web.forms.desk_query import Choices
from consentry.web.forms.sorted_by import Sorting

TROUBLES = Choices(
    {"state": {each.value: each.label for each in TroubleState}},
    troubles.SORTS,
    Sorting("reported", descending=True),
)
