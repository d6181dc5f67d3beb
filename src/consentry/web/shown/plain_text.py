"""A plain text as blocks that a template shows: headings, paragraphs and lists. Nothing in it is ever markup."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*$")
_BULLET = re.compile(r"[-*•]\s+(.+)$")
_NUMBERED = re.compile(r"(?:\d+(?:\.\d+)*[.)]?|\([a-z0-9]{1,4}\))\s+\S")
_HIGHEST, _LOWEST = 2, 4
"""The levels of headings below the page's own."""


@dataclass
class Block:
    """A heading of a level (2 to 4), a paragraph, or a list of items."""

    kind: str
    text: str = ""
    level: int = 0
    items: list[str] = field(default_factory=list)


def blocks_of(text: str) -> list[Block]:
    """The text's blocks, in their order.

    A line that begins with # is a heading, one with - or * an item of a list; one with a number ("2.1 …", "(a) …")
    begins a paragraph and keeps its number; lines between empty ones are one paragraph.
    """
    blocks: list[Block] = []
    for kind, words, level in _joined(text):
        if kind == "item" and blocks and blocks[-1].kind == "list":
            blocks[-1].items.append(words)
        elif kind == "item":
            blocks.append(Block("list", items=[words]))
        else:
            blocks.append(Block(kind, words, level))
    _leave_out_no_level(blocks)
    return blocks


def _joined(text: str) -> Iterator[tuple[str, str, int]]:
    """Kind, words and level of each heading, item and paragraph, its lines joined."""
    kind, words = "", ""
    for line in (each.strip() for each in text.splitlines()):
        begun = _begun(line)
        if begun is None and kind and line:
            words = f"{words} {line}"
            continue
        if kind:
            yield kind, words, 0
        kind, words = "", ""
        if begun and begun[0] == "heading":
            yield begun
        elif line:
            kind, words = (begun[0], begun[1]) if begun else ("paragraph", line)
    if kind:
        yield kind, words, 0


def _begun(line: str) -> tuple[str, str, int] | None:
    """What a line begins by its first signs; None for a line that goes on or begins a common paragraph."""
    if heading := _HEADING.match(line):
        return "heading", heading[2], len(heading[1])
    if bullet := _BULLET.match(line):
        return "item", bullet[1], 0
    return ("paragraph", line, 0) if _NUMBERED.match(line) else None


def _leave_out_no_level(blocks: list[Block]) -> None:
    """Headings go down one level at a time, so that those who hear the page can tell what belongs to what."""
    above = _HIGHEST - 1
    for block in blocks:
        if block.kind == "heading":
            block.level = min(max(block.level + 1, _HIGHEST), above + 1, _LOWEST)
            above = block.level
