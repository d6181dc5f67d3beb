"""Pages that tell of the rules: events, permissions, the life of a connection, settings."""

import re
from pathlib import Path

from consentry.audit.names import EventName
from consentry.people.actions.add_roles import PRODUCT_ROLES
from consentry.project.variables import VARIABLES
from consentry.rules.connection_life import MOVES, MoveRefusal, State
from consentry.rules.pages import OPENED_BY, TITLES, Page
from consentry.rules.permissions import Level, Permission
from consentry.rules.review_life import REVIEW_MOVES, ReviewState
from consentry.schools.models import SiteKind
from docs.markdown import code, page, table

SOURCE = Path(__file__).parent.parent / "src" / "consentry"


def events_page() -> str:
    """Every event, and the module that records it."""
    recorders = _recorders()
    rows = [[code(name.value), ", ".join(map(code, recorders.get(name.name, ["none yet"])))] for name in EventName]
    about = (
        "What happened at a site or at the platform: one row each, in one chain of hashes for each site "
        "(`consentry events verify` follows it). Reading records is not here: it has a log of its own, access events."
    )
    return page("Events", about, table(["Event", "Recorded by"], rows))


_RECORDED = re.compile(r"(?:\.record\(|_Words\(|Move\(.*?|record_elsewhere\(this, .*?)\s*EventName\.([A-Z_]+)")


def _recorders() -> dict[str, list[str]]:
    """The modules that record each event: that hand it to `record` or `record_elsewhere`, or pair it with words."""
    found: dict[str, list[str]] = {}
    for module in sorted(SOURCE.rglob("*.py")):
        for name in dict.fromkeys(_RECORDED.findall(module.read_text())):
            found.setdefault(name, []).append(module.relative_to(SOURCE).as_posix())
    return found


def permissions_page() -> str:
    """Every permission, and the business roles that a new site starts with."""
    roles = [
        (f"{each.name} ({kind.label.lower()})", each.permissions) for kind in SiteKind for each in PRODUCT_ROLES[kind]
    ]
    head = ["Permission", "Works at", *[name for name, _ in roles]]
    rows = [
        [each.value, _levels(each.levels), *["yes" if each in held else "" for _, held in roles]] for each in Permission
    ]
    about = "What people may be permitted to do, and the business roles that every new site starts with."
    opened = table(["Page", "At a school", "At a trust"], [[TITLES[page], *_openings(page)] for page in Page])
    told = (
        "Any one of the permissions of a cell opens the page; a dash is a page that such sites do not have. "
        "This is how the product comes; `consentry page` shows the table in force and changes it."
    )
    return page("Permissions of people", about, table(head, rows), "## Which permission opens which page", told, opened)


def _levels(levels: frozenset[Level]) -> str:
    return " and ".join(f"{each.value}s" for each in Level if each in levels)


def _openings(page: Page) -> list[str]:
    return [" or ".join(OPENED_BY[level].get(page, ("–",))) for level in Level]


def connection_life_page() -> str:
    """The table of moves as a diagram, and why a move can be refused."""
    arrows = [f"    {_node(state)} --> {_node(after)}: {move.value}" for (state, move), after in MOVES.items()]
    diagram = "\n".join(["```mermaid", "stateDiagram-v2", *arrows, "```"])
    about = "One app at one site. Every move there is; rejecting what was approved is what people call revoking."
    refusals = "A move can be refused because: " + ", ".join(why.value for why in MoveRefusal) + "."
    return page("The life of a connection", about, diagram, refusals)


def review_life_page() -> str:
    """The table of a review's moves as a diagram."""
    arrows = [f"    {state.value} --> {after.value}: {move.value}" for (state, move), after in REVIEW_MOVES.items()]
    begin = f"    [*] --> {ReviewState.OPEN.value}: the app publishes a wider version"
    diagram = "\n".join(["```mermaid", "stateDiagram-v2", begin, *arrows, "```"])
    about = (
        "A wider version of what an app asks for, at one site that has approved an earlier one. The version in force "
        "stays until the review is accepted; a declined one can be accepted while its version is the newest."
    )
    ends = "A later version of the app supersedes a review; rejecting the app withdraws it."
    return page("The life of a review", about, diagram, ends)


def _node(state: State) -> str:
    return "[*]" if state is State.NONE else state.value


def settings_page() -> str:
    """Every environment variable."""
    rows = [[code(name), code(each.default) if each.default else "", each.meaning] for name, each in VARIABLES.items()]
    about = "A deployment is configured by environment variables alone. `consentry check` says what is wrong with one."
    return page("Settings", about, table(["Variable", "Default", "What it chooses"], rows))
