"""XML from outside, small and plain: no document type, no entity, nothing fetched, no comments."""

from lxml import etree
from lxml.etree import _Element

LARGEST = 256 * 1024
"""Bytes: a SAML answer has about ten thousand, metadata with many certificates a few times that."""


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
        root = etree.fromstring(text.encode(), _parser())
    except (etree.XMLSyntaxError, ValueError) as wrong:
        raise UnusableXmlError("not XML") from wrong
    return root


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
