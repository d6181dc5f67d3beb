"""Companies' pages, as their templates have them."""
