"""XML from outside, small and plain: no document type, no entity, nothing fetched, no comments."""

from io import BytesIO

from lxml import etree
from lxml.etree import _Element

LARGEST = 256 * 1024
"""Bytes: a SAML answer has about ten thousand, metadata with many certificates a few times that."""
_MOST_IN_SCOPE = 64
"""Namespaces declared for one element, on it or above it: for each element the canonical form compares them all."""
_MOST_ATTRIBUTES = 64
"""Of one element: they are sorted, by comparing each with each."""


class UnusableXmlError(Exception):
    """Not XML, or not as it is taken here."""


def parse(data: bytes) -> _Element:
    """The root of the document. Raises UnusableXmlError, which says why.

    It is read as UTF-8 whatever it claims, so that no other encoding hides a document type. Comments are left out as
    it is read: a text with one inside is then one text, as its signature has it.
    """
    if len(data) > LARGEST:
        raise UnusableXmlError(f"more than {LARGEST // 1024} KB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise UnusableXmlError("not in UTF-8") from wrong
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise UnusableXmlError("a document type, which is refused")
    if "\0" in text:
        raise UnusableXmlError("a NUL character")
    try:
        return _read(text.encode())
    except (etree.XMLSyntaxError, ValueError) as wrong:
        raise UnusableXmlError("not XML") from wrong


def _read(data: bytes) -> _Element:
    """The root, read piece by piece, so that what would take long is refused before it does."""
    pieces = etree.iterparse(
        BytesIO(data),
        events=("start", "start-ns", "end-ns"),
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    in_scope, steps = 0, {"start-ns": 1, "end-ns": -1}
    for event, found in pieces:
        in_scope += steps.get(event, 0)
        if in_scope > _MOST_IN_SCOPE:
            raise UnusableXmlError(f"more than {_MOST_IN_SCOPE} namespaces at once")
        if event == "start" and len(found.attrib) > _MOST_ATTRIBUTES:
            raise UnusableXmlError(f"more than {_MOST_ATTRIBUTES} attributes of one element")
    root: _Element = pieces.root
    return root
