"""The few forms of Markdown that the generated pages are made of."""

from collections.abc import Iterable, Sequence

GENERATED = "<!-- Written by `make docs` from the code: change it there. -->"


def page(title: str, *blocks: str) -> str:
    """A whole page: its title, the note that it is generated, and the blocks with empty lines between."""
    return "\n\n".join([f"# {title}", GENERATED, *blocks]) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; a bar in a cell is written so that it does not end the cell."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def code(text: str) -> str:
    """The text as code."""
    return f"`{text}`"
