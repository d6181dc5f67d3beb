"""The same answer as XML, for apps that ask for it: the elements of the JSON inside `<response>`."""

import json
import re
from typing import Any

from lxml import etree

from consentry.api.exchange import Reply

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_xml(reply: Reply) -> Reply:
    """The reply with its JSON body as XML. Members of a list are `item` elements, or named by their data type."""
    document = json.loads(reply.body)
    root = etree.Element("response")
    inner = document.get("response", document) if isinstance(document, dict) else document
    _fill(root, inner)
    body = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return Reply(reply.status, body, "application/xml; charset=utf-8", reply.headers)


def _fill(element: "etree._Element", value: Any) -> None:
    if isinstance(value, dict):
        for name, inner in value.items():
            _fill(_child(element, name), inner)
    elif isinstance(value, list):
        for inner in value:
            _fill(etree.SubElement(element, _member_name(inner)), inner)
    elif value is not None:
        element.text = _printable(value)


def _child(element: "etree._Element", name: str) -> "etree._Element":
    """An element of this name. A name that XML cannot have (user tags are called anything) stands in an attribute."""
    try:
        return etree.SubElement(element, name)
    except ValueError:
        return etree.SubElement(element, "entry", name=_printable(name))


def _member_name(inner: Any) -> str:
    data_type = inner.get("entityType") if isinstance(inner, dict) else None
    return data_type[0].lower() + data_type[1:] if data_type else "item"


def _printable(value: Any) -> str:
    """Text without the characters that XML 1.0 cannot hold (section 2.2)."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return _UNPRINTABLE.sub("", text)
