"""What a wipe takes and leaves, and what was found again after it, as migration/page.html shows it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from consentry.connections.queries.wipe_news import ConnectedApp, ToldApp
from consentry.records.actions.wipe_records import Wiped
from consentry.records.catalogue import catalogue, model_of
from consentry.records.models import Wipe
from consentry.records.models.code_list import CodeList
from consentry.records.queries.wipes import Found
from consentry.rules.connection_life import State
from consentry.rules.not_live import not_live
from consentry.schools.models import Life, Site
from consentry.web import addresses
from consentry.web.sentences import counted, joined, moment, moment_or_none
from consentry.web.visit import Visit

_NAMED = 4
_IS_NOW = {Life.LIVE: "Live site", Life.DUMMY: "Dummy site, to be wiped again before it goes live"}

_COLUMNS = (
    {"label": "Data type"},
    *({"label": label, "kind": "number"} for label in ("Before", "Now", "Matched", "Not matched")),
)
_TOLD_COLUMNS = tuple({"label": label} for label in ("App", "Told by email", "Of the wipe", "Of the new ids"))


def said_wiped(site: str, wiped: Wiped) -> str:
    """What a person is told who has wiped the site."""
    return (
        f"{site} was wiped: {counted(wiped.wipe.records, 'record')} were deleted. "
        "Now import the school’s files: what comes back is matched with what there was."
    )


def shown_before(site: Site, counts: Mapping[str, int], apps: Sequence[ConnectedApp]) -> dict[str, Any]:
    """The context that the template names `before`: what goes, what stays, and who will be told."""
    own = {name: count for name, count in counts.items() if not _is_code_list(name)}
    return {
        "name": site.name,
        "goes": _goes(own),
        "apps": [_app(site.slug, each) for each in apps],
        "apps_sentence": counted(len(apps), "approved app") if apps else "",
        "ending": _ending([each for each in apps if not each.is_live]),
    }


def _ending(apps: Sequence[ConnectedApp]) -> str:
    """What becomes of apps that are not live: a live site lets them read nothing."""
    if not apps:
        return ""
    said = [not_live(each.name, each.company, *each.contacts) for each in apps]
    return " ".join([*said, f"At a live site {'it' if len(apps) == 1 else 'they'} can read nothing until then."])


def _goes(counts: Mapping[str, int]) -> str:
    total = sum(counts.values())
    if not total:
        return "There are no records yet but the code lists, which are loaded anew"
    largest = sorted(counts, key=lambda name: -counts[name])[:_NAMED]
    named = joined([counted(counts[name], *_nouns(name)) for name in largest])
    more = " and all others" if len(counts) > _NAMED else ""
    return f"All {counted(total, 'record')}: {named}{more}"


def _nouns(data_type: str) -> tuple[str, str]:
    """One and many of them in a sentence."""
    found = catalogue()[data_type]
    return _in_sentence(found.label), _in_sentence(found.plural)


def _in_sentence(label: str) -> str:
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def shown_since(
    visit: Visit, wipe: Wipe, found: Sequence[Found], told: Sequence[ToldApp], *, by: str
) -> dict[str, Any]:
    """The context that the template names `since`: the last wipe and what came of it."""
    lists = [each for each in found if _is_code_list(each.data_type) and not each.unmatched]
    shown = [each for each in found if each not in lists]
    before, matched = sum(each.before for each in shown), sum(each.matched for each in shown)
    slug = visit.site.slug
    return {
        "facts": _facts(visit, wipe, by),
        "columns": _COLUMNS,
        "told_columns": _TOLD_COLUMNS,
        "is_filled": wipe.filled_at is not None,
        "progress": {
            "done": matched,
            "total": before,
            "sentence": f"{matched:,} of {counted(before, 'record')} of before found again",
        },
        "rows": [_row(slug, each) for each in shown],
        "lists": _lists(len(lists)),
        "unmatched": before - matched,
        "unmatched_url": reverse("migration-unmatched", args=[slug]),
        "csv_url": reverse("migration-unmatched-file", args=[slug, "csv"]),
        "apps": [_told(visit, each) for each in told],
    }


def _lists(count: int) -> str:
    if not count:
        return ""
    return f"Beside these, {counted(count, 'code list')} of the product: loaded anew, all entries found again by code."


def _facts(visit: Visit, wipe: Wipe, by: str) -> list[dict[str, Any]]:
    wiped = moment(wipe.at, visit.at)
    filled = moment_or_none(wipe.filled_at, visit.at)
    first: dict[str, Any] = {"text": "None yet", "detail": "Import the school’s files to fill it again."}
    return [
        {"label": "Wiped", "text": f"by {by}", "when": wiped},
        {"label": "Deleted", "text": counted(wipe.records, "record")},
        {"label": "The site is now", "text": _IS_NOW[Life(visit.site.life)]},
        {"label": "First import since", **({"when": filled} if filled else first)},
    ]


def _row(slug: str, found: Found) -> dict[str, Any]:
    return {
        "label": catalogue()[found.data_type].plural,
        "before": f"{found.before:,}",
        "now": f"{found.now:,}",
        "matched": f"{found.matched:,}",
        "unmatched": f"{found.unmatched:,}",
        "unmatched_url": unmatched_address(slug, found.data_type) if found.unmatched else "",
        "ambiguous": f"{found.ambiguous:,} of them more than once" if found.ambiguous else "",
    }


def unmatched_address(slug: str, data_type: str) -> str:
    """The list of what was not matched of this data type."""
    return f"{reverse('migration-unmatched', args=[slug])}?type={data_type}"


def _app(slug: str, app: ConnectedApp) -> dict[str, Any]:
    return {
        "name": app.name,
        "company": app.company,
        "contacts": ", ".join(app.contacts),
        "url": addresses.app(slug, app.connection),
    }


def _told(visit: Visit, told: ToldApp) -> dict[str, Any]:
    waits = "No longer connected" if told.state is not State.APPROVED else ""
    return _app(visit.site.slug, told.app) | {
        "of_wipe": moment_or_none(told.told_wiped_at, visit.at),
        "of_ids": moment_or_none(told.told_ids_at, visit.at),
        "of_wipe_waits": waits or "With the next mails",
        "of_ids_waits": waits or "After the first import",
    }


def _is_code_list(data_type: str) -> bool:
    return issubclass(model_of(data_type), CodeList)
