"""The page that tells how calls are refused: read off the functions that answer, and off their calls in the code."""

import ast
import importlib
import json
from collections.abc import Iterator
from pathlib import Path

from consentry.api.exchange import LONGEST_PATH, LONGEST_QUERY
from consentry.api.partner_side.application import ADDRESS
from consentry.api.partner_side.problems import Problem
from consentry.api.rest_v2.parameters import LONGEST_CARRIED
from consentry.api.rest_v2.replies import closed, not_found, refused
from consentry.connections.reading.read import Door
from consentry.rules.disclosure import Disclosure, Reason, Refusal
from docs.markdown import code, page, table

SOURCE = Path(__file__).parent.parent / "src"
_SURFACE = "consentry/api/rest_v2"
_CALLED = (
    *sorted((SOURCE / _SURFACE).glob("*.py")),
    SOURCE / "consentry/api/application.py",
    SOURCE / "consentry/api/outage.py",
)

_ABOUT = """Errors of REST v2 come in two shapes. What cannot be answered: `{"response": {"success": false, "code": 403,
"reason": "Forbidden", "errors": [{"exception": kind, "message": …, "trace": ""}]}}`; `exception` is a stable name for
programs. What cannot be understood: `{"status": {"success": false, "code": 422, "reason": …, "errors": [texts]}}`.
Something that belongs to another school is answered exactly like something that does not exist."""

_ADDRESSES = f"""An address is bounded three times. What a listing's links carry of its query is {LONGEST_CARRIED:,}
characters at most (422); 1,000 ids of seven digits, as a list or as hrefs, are within. A query is {LONGEST_QUERY:,}
characters at most and a path {LONGEST_PATH:,} bytes (414, in the first shape). Beyond 65,534 for both together the HTTP
server answers before the program is asked, with a bare 414 or, from half a MiB, 431: no body, so look at the status."""

_PARTNERS = f"""## Asking for a connection

`{ADDRESS}` answers with problem details (RFC 9457, `application/problem+json`): `{{"type": "about:blank", "title":
"Forbidden", "status": 403, "detail": …}}`. `title` is the status in words, `detail` what follows."""

_EXAMPLES = {
    Reason.DATA_TYPE_NOT_GRANTED: Refusal(("student",), Reason.DATA_TYPE_NOT_GRANTED, "Ethnicity"),
    Reason.FIELD_NOT_GRANTED: Refusal(("ethnicity",), Reason.FIELD_NOT_GRANTED, "Student", "ethnicity"),
    Reason.UNKNOWN_FIELD: Refusal(("shoeSize",), Reason.UNKNOWN_FIELD, "Student", "shoeSize"),
    Reason.NOT_A_REFERENCE: Refusal(("studentNumber",), Reason.NOT_A_REFERENCE, "Student", "studentNumber"),
    Reason.SECOND_COLLECTION: Refusal(
        ("studentMemberships", "registrationForm", "studentMemberships"),
        Reason.SECOND_COLLECTION,
        "RegistrationForm",
        "studentMemberships",
    ),
}


def errors_page() -> str:
    """Doors, permissions, addresses, parameters; and the partner's side."""
    doors = [_shown(closed(door).body, door.value) for door in Door if door not in {Door.OPEN, Door.MOVED}]
    missing = [_shown(refused(_refusal(why)).body, why.value) for why in _EXAMPLES]
    return page(
        "How calls are refused",
        _ABOUT,
        "## The door\n\nLooked at in the statement that reads: a closed door lets nothing out, and that is on record.",
        table(["How it stands", "Status", "Kind", "Message"], doors),
        "## The permission\n\nNothing leaves when one named field may not: each is named with its reason.",
        table(["Reason", "Status", "Kind", "Message, for example"], missing),
        "## The call",
        table(["Status", "Kind", "Message"], sorted({*_failures(), *_nothing_there()})),
        _ADDRESSES,
        "## Parameters\n\nAlways 422. The parameter is named in front.",
        table(["Parameter", "Why"], sorted(set(_query_errors()))),
        _PARTNERS,
        table(["Status", "Detail"], sorted((str(each.status), each.detail) for each in Problem)),
    )


def _refusal(why: Reason) -> Disclosure:
    return Disclosure("Student", {}, frozenset(), (), (_EXAMPLES[why],))


def _shown(body: bytes, title: str) -> tuple[str, str, str, str]:
    document = json.loads(body)
    if "status" in document:
        return title, "422", "", document["status"]["errors"][0]
    (error,) = document["response"]["errors"]
    return title, str(document["response"]["code"]), code(error["exception"]), error["message"]


def _nothing_there() -> Iterator[tuple[str, str, str]]:
    _, status, kind, message = _shown(not_found().body, "")
    yield status, kind, message


def _failures() -> Iterator[tuple[str, str, str]]:
    """Every `failed(status, message, kind="…")` and `UnusableCallError(message, status)` that is written out."""
    for module, call in _calls("failed", "UnusableCallError"):
        plain = [each for each in call.args if not isinstance(each, ast.Starred)]
        status = next(
            (each.value for each in plain if isinstance(each, ast.Constant) and isinstance(each.value, int)), None
        )
        text = next((text for text in (_text(each, module) for each in plain) if text is not None), "…")
        kind = next((_text(each.value, module) for each in call.keywords if each.arg == "kind"), None)
        if text != "…" or (status is not None and kind is not None and len(plain) > 1):
            yield str(status or 400), code(kind or "UnusableCall"), text


def _query_errors() -> Iterator[tuple[str, str]]:
    for module, call in _calls("QueryError"):
        parameter, why = (_text(each, module) for each in call.args[:2])
        if why is not None:
            yield code(parameter) if parameter else "the filter", why


def _calls(*names: str) -> Iterator[tuple[str, ast.Call]]:
    """Calls of these functions in the surface, with the module they stand in. Messages made elsewhere are not seen."""
    for path in (*_CALLED, SOURCE / "consentry/api/exchange.py"):
        module = ".".join(path.relative_to(SOURCE).with_suffix("").parts)
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
                yield module, node


def _text(node: ast.expr, module: str) -> str | None:
    """The text that this expression writes; what is put in stands as its value when it is a constant, else as `…`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_part(each, module) for each in node.values)
    return None


def _part(node: ast.expr, module: str) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    named = node.value if isinstance(node, ast.FormattedValue) else None
    if isinstance(named, ast.Name) and named.id.isupper():
        return str(getattr(importlib.import_module(module), named.id))
    return "…"
