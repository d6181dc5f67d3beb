"""Change which permissions open a page at every site of a level: by the operator alone."""

from datetime import datetime

from consentry.audit.actor import OPERATOR
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.people.models import PagePermissions
from consentry.rules.invalid import InvalidError
from consentry.rules.pages import OPENED_BY, Opening, Page
from consentry.rules.permissions import Level
from consentry.rules.reach import works_at


def change_page_permissions(level: Level, page: Page, opening: Opening | None, *, at: datetime) -> None:
    """Any one of these opens the page from the next click on; None: as the product comes. The first is named to others.

    Raises InvalidError for a page that sites of the level do not have, for no permission at all, for one that nobody
    can hold there, and where nothing would change.
    """
    if page not in OPENED_BY[level]:
        raise InvalidError("page", f"a {level}’s site has no page {page}")
    with change(actor=OPERATOR, at=at, school=None) as this:
        changed = PagePermissions.objects.select_for_update(no_key=True).filter(level=level, page=page)
        if opening is None:
            row = changed.first()
            if row is None:
                raise InvalidError("page", f"{page} is opened at a {level}’s site as the product comes already")
            this.record(EventName.PAGE_RESET, row)
            changed.delete()
            return
        _check_opening(level, opening)
        names = [each.value for each in dict.fromkeys(opening)]
        row, _ = PagePermissions.objects.update_or_create(level=level, page=page, defaults={"permissions": names})
        this.record(EventName.PAGE_CHANGED, row, permissions=names)


def _check_opening(level: Level, opening: Opening) -> None:
    if not opening:
        raise InvalidError("permission", "name at least one: a page that nothing opens is open to nobody")
    strange = [each for each in opening if not works_at(each, level)]
    if strange:
        raise InvalidError("permission", f"nobody can hold {', '.join(strange)} at a {level}’s site")
