"""Write docs/reference from the code: `python -m docs.generate`; with `--check`, only say which pages are stale."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

REFERENCE = Path(__file__).parent / "reference"


def pages() -> dict[Path, str]:
    """Every generated page and what should stand in it. Needs Django to be set up."""
    from docs import from_models, from_rules, from_surfaces

    written: dict[str, Callable[[], str]] = {
        "catalogue.md": from_models.catalogue_page,
        "left-out.md": from_models.left_out_page,
        "events.md": from_rules.events_page,
        "permissions.md": from_rules.permissions_page,
        "connection-life.md": from_rules.connection_life_page,
        "review-life.md": from_rules.review_life_page,
        "settings.md": from_rules.settings_page,
        "errors.md": from_surfaces.errors_page,
    }
    return {REFERENCE / name: write() for name, write in written.items()}


def stale_pages() -> list[Path]:
    """The pages that do not say what the code says."""
    return [path for path, text in pages().items() if not path.exists() or path.read_text() != text]


def main(arguments: list[str]) -> int:
    """Write the pages that are stale, or with `--check` name them; 1 when there were some to name."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "consentry.project.settings")
    import django

    django.setup()
    if "--check" in arguments:
        stale = stale_pages()
        sys.stderr.writelines(f"{path} is stale: run `make docs`\n" for path in stale)
        return 1 if stale else 0
    REFERENCE.mkdir(exist_ok=True)
    for path, text in pages().items():
        path.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
