"""A permission set as the company that writes it sees it: the draft, the catalogue, what publishing means."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from consentry.connections.queries.differences import differences, reasons_changed
from consentry.connections.queries.what_is_asked import AskedType, asked_of_rows
from consentry.connections.queries.who_would_follow import Effect, Following
from consentry.partners.actions.publish_version import AskedRow
from consentry.partners.queries.drafts import Drafted
from consentry.rules.catalogue import Catalogue, DataType
from consentry.rules.company_roles import CompanyAct
from consentry.web.company_visit import CompanyVisit
from consentry.web.sentences import counted, joined, moment
from consentry.web.shown.app import extent_sentence, permission_row
from consentry.web.shown.differences import shown_less, shown_more
from consentry.web.shown.partners.app import app_head

_FIELDS_NAMED = 4


def about(visit: CompanyVisit, drafted: Drafted, *, tab: str) -> dict[str, Any]:
    """What every page of it shows: the app, the tabs, where the draft stands."""
    args = [visit.company.id, drafted.app.id]
    tabs = {"Draft": "permission-set", "Preview": "permission-set-preview", "Versions": "permission-set-versions"}
    return {
        "app": {"name": drafted.app.name},
        "head": app_head(drafted.app, "Asks for"),
        "tabs": [
            {"label": label, "count": None, "note": "", "url": reverse(route, args=args), "current": label == tab}
            for label, route in tabs.items()
        ],
        "edition": drafted.seen.edition,
        "version": drafted.seen.version,
        "standing": _standing(visit, drafted),
        "differs": drafted.differs,
        "may_build": visit.may(CompanyAct.BUILD),
        "may_publish": visit.may(CompanyAct.PUBLISH),
        "lacks": "" if visit.may(CompanyAct.BUILD) else visit.lacks(CompanyAct.BUILD),
        "publish_url": reverse("permission-set-publish", args=args),
        "discard_url": reverse("permission-set-discard", args=args),
        "editor_url": reverse("permission-set", args=args),
    }


def _standing(visit: CompanyVisit, drafted: Drafted) -> str:
    """Which version schools are asked for, and what the draft is beside it."""
    number = drafted.seen.version
    asked = (
        f"Schools are asked for version {number}." if number else "Nothing is published yet: no school can be asked."
    )
    if not drafted.differs:
        return f"{asked} The draft is the same." if number else asked
    if drafted.saved_at is None:
        return f"{asked} The catalogue has more fields by now than “all fields” of that version."
    return f"{asked} The draft was last saved on {moment(drafted.saved_at, visit.at).text} by {drafted.saved_by}."


def shown_draft(visit: CompanyVisit, drafted: Drafted) -> dict[str, Any]:
    """The rows of the draft as the school's table shows them, each with where it is changed."""
    asked = asked_of_rows(drafted.rows)
    changed = {each.row.name: each for each in differences(asked_of_rows(drafted.published), asked)}
    return {
        "sentence": extent_sentence(asked) if asked else "",
        "rows": [
            permission_row(each)
            | {
                "edit_url": _row_url(visit, drafted, each.name),
                "remove_url": _row_url(visit, drafted, each.name, "permission-set-row-remove"),
                "lacks_reason": not each.reason,
                "tag": _tag(each.name, changed, drafted),
            }
            for each in asked
        ],
    }


def _tag(name: str, changed: dict[str, Any], drafted: Drafted) -> dict[str, str] | None:
    if name not in changed or not drafted.seen.version:
        return None
    return {"label": "New" if changed[name].before is None else "Changed", "tone": "notice"}


def _row_url(visit: CompanyVisit, drafted: Drafted, data_type: str, route: str = "permission-set-row") -> str:
    return reverse(route, args=[visit.company.id, drafted.app.id, data_type])


def shown_catalogue(visit: CompanyVisit, drafted: Drafted, catalogue: Catalogue, q: str) -> dict[str, Any]:
    """The data types that have `q` in their name or in that of a field, those of the draft too."""
    there = {row.data_type for row in drafted.rows}
    found = [each for each in sorted(catalogue, key=lambda each: each.plural) if _matches(each, q)]
    return {
        "q": q,
        "action": reverse("permission-set", args=[visit.company.id, drafted.app.id]),
        "sentence": counted(len(found), "data type") + (f" with “{q}”" if q else ""),
        "types": [
            {
                "label": each.plural,
                "url": _row_url(visit, drafted, each.name),
                "detail": _detail(each, q),
                "special": counted(len(each.special_fields), "special category field") if each.special_fields else "",
                "is_there": each.name in there,
            }
            for each in found
        ],
    }


def _matches(data_type: DataType, q: str) -> bool:
    words = q.casefold()
    names = (data_type.name, data_type.label, data_type.plural)
    return any(words in name.casefold() for name in names) or bool(_fields_with(data_type, q))


def _fields_with(data_type: DataType, q: str) -> list[str]:
    words = q.casefold()
    fields = data_type.fields.values()
    return [each.label for each in fields if words in each.label.casefold() or words in each.name.casefold()]


def _detail(data_type: DataType, q: str) -> str:
    """How many fields, and those that were searched for by name."""
    count = counted(len(data_type.fields), "field")
    named = _fields_with(data_type, q) if q else []
    if not named:
        return count
    more = len(named) - _FIELDS_NAMED
    return f"{count}, among them {joined(named[:_FIELDS_NAMED])}" + (f" and {more} more" if more > 0 else "")


def shown_changes(before: Iterable[AskedRow], after: Iterable[AskedRow]) -> dict[str, Any]:
    """How two sets of rows differ, published or not."""
    return shown_difference(asked_of_rows(before), asked_of_rows(after))


def shown_difference(before: tuple[AskedType, ...], after: tuple[AskedType, ...]) -> dict[str, Any]:
    """How two versions differ: more, less, and reasons that are said otherwise."""
    found = differences(before, after)
    words = reasons_changed(before, after)
    return {
        "more": shown_more(found),
        "less": shown_less(found),
        "reworded": f"Said otherwise: why {joined(words)} {'is' if len(words) == 1 else 'are'} needed."
        if words
        else "",
        "same": not found and not words,
    }


def effect_sentences(effect: Effect, number: int) -> list[str]:
    """What publishing means at each site, said before it is done."""
    told = []
    narrower = effect.in_force - effect.unchanged
    if narrower:
        told.append(
            f"Narrower at {counted(narrower, 'connection')}: in force there at once. Each is told, and gets a receipt."
        )
    if effect.unchanged:
        told.append(
            f"The same data at {counted(effect.unchanged, 'connection')}: in force there at once. Where you give other "
            "reasons, each is told, and gets a receipt."
        )
    if effect.reviews:
        told.append(
            f"Wider at {counted(effect.reviews, 'connection')}: a review waits there for the school. What is in force "
            "stays until it accepts."
        )
    if effect.pending:
        told.append(
            f"{counted(effect.pending, 'request')} that no school has decided yet will be for version {number}."
        )
    if effect.rejected:
        told.append(f"{counted(effect.rejected, 'connection')} stay rejected, and would be approved at this version.")
    return told or ["No site is connected yet: every site that is asked from now on is asked for this version."]


def shown_following(visit: CompanyVisit, drafted: Drafted, found: Following) -> dict[str, Any]:
    """How far the newest version has come, as a row that renews itself until all follow."""
    number = drafted.seen.version
    verb = "follows" if found.total == 1 else "follow"
    return {
        "url": reverse("permission-set-following", args=[visit.company.id, drafted.app.id]),
        "version": number,
        "total": found.total,
        "done": found.done,
        "is_done": found.behind == 0,
        "sentence": f"{found.done:,} of {counted(found.total, 'connection')} {verb} version {number}.",
        "detail": f"In force at {found.in_force:,}, waiting for a school’s decision at {found.reviews:,}."
        if found.total
        else "No site is connected yet.",
    }
