"""A plain text becomes headings, paragraphs and lists, and loses no word."""

from hypothesis import given
from hypothesis import strategies as st

from consentry.web.shown.plain_text import Block, blocks_of

TERMS = """# Terms of use

By signing in you agree
to these terms.
1. You keep your password
   to yourself.
2.1 You tell us when it is lost.
(a) at once
#### Data
- Look at what you need.
- Take nothing
  away.
Call 0117 496 0000.

Ends.
"""


def test_headings_paragraphs_numbers_and_lists_are_told_apart() -> None:
    assert blocks_of(TERMS) == [
        Block("heading", "Terms of use", 2),
        Block("paragraph", "By signing in you agree to these terms."),
        Block("paragraph", "1. You keep your password to yourself."),
        Block("paragraph", "2.1 You tell us when it is lost."),
        Block("paragraph", "(a) at once"),
        Block("heading", "Data", 3),
        Block("list", items=["Look at what you need.", "Take nothing away. Call 0117 496 0000."]),
        Block("paragraph", "Ends."),
    ]


def words_of(block: Block) -> list[str]:
    return " ".join([block.text, *block.items]).split()


@given(st.text(alphabet="ab1.)(- \n<&\u2028"))
def test_every_word_stays_in_its_order(text: str) -> None:
    shown = [word for block in blocks_of(text) for word in words_of(block)]
    told = [word for word in text.split() if word != "-"]

    assert [word for word in shown if word != "-"] == told


@given(st.lists(st.integers(1, 6)))
def test_headings_go_down_one_level_at_a_time(levels: list[int]) -> None:
    found = [block.level for block in blocks_of("\n".join(f"{'#' * level} Part" for level in levels))]

    assert all(2 <= level <= 4 for level in found)
    assert all(after <= before + 1 for before, after in zip([1, *found], found, strict=False))
