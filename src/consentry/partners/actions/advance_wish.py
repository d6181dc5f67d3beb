"""The operator says how far a school's wish has come: the company builds, or its app is a partner now."""

from datetime import datetime

from consentry.audit.actor import Actor
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.details import check_description
from consentry.partners.models import App, AppWish
from consentry.partners.queries.directory import integrated_apps
from consentry.partners.queries.wishes import locked_wish, site_of_wish
from consentry.partners.wishing import add_note, move_wish, tell_who_asked
from consentry.rules.invalid import InvalidError
from consentry.rules.wish_life import WishMove
from consentry.schools.queries import school_id

_BUILDING = "{company} is building the connection. That can take some time."
_PARTNER = (
    "{app} by {company} is a partner app now. Contact {company} to let them know you would like to work with them: "
    "they will set up the connection."
)


def mark_building(wish_id: int, *, note: str = "", by: Actor, at: datetime) -> AppWish:
    """The company has said yes and builds its part; who asked is told.

    Raises WishRefusedError where that cannot be from where the wish stands, InvalidError for a note that cannot be,
    AppWish.DoesNotExist. Source: the seed, "we will work with the app's company to try and get you connected".
    """
    if note:
        check_description("note", note)
    site = site_of_wish(wish_id)
    with change(actor=by, at=at, school=school_id(site)) as this:
        wish = locked_wish(wish_id)
        move_wish(wish, WishMove.BUILD)
        said = _BUILDING.format(company=wish.company_name) + (f"\n\n{note}" if note else "")
        add_note(this, wish, said, from_school=False)
        this.record(EventName.WISH_BUILT, wish)
        tell_who_asked(this, wish, site, f"{wish.app_name} is being built", said)
    return wish


def link_to_app(wish_id: int, app_id: int, *, by: Actor, at: datetime) -> AppWish:
    """The wish ends well: this app, which schools find in the directory, is what was asked for. Who asked is told.

    Raises WishRefusedError for one that has ended, InvalidError for an app that is not in the directory,
    AppWish.DoesNotExist.
    """
    site = site_of_wish(wish_id)
    with change(actor=by, at=at, school=school_id(site)) as this:
        wish = locked_wish(wish_id)
        app = _partner(app_id)
        move_wish(wish, WishMove.LINK)
        wish.app = app
        wish.save(update_fields=["app"])
        said = _PARTNER.format(app=app.name, company=app.company.name)
        add_note(this, wish, said, from_school=False)
        this.record(EventName.WISH_FULFILLED, wish, app=app.id, app_name=app.name)
        tell_who_asked(this, wish, site, f"{app.name} is a partner app now", said)
    return wish


def _partner(app_id: int) -> App:
    found = integrated_apps().filter(id=app_id).first()
    if found is None:
        raise InvalidError("app", "this app is not in the partner directory")
    return found
