"""`python -m bench.data one|many FILE`: fill the database that DATABASE_URL names, and leave what is known in FILE."""

import json
import sys
from pathlib import Path

import django

PUPILS, DAYS = 1_500, 190
OTHER_SCHOOLS, OTHER_PUPILS, OTHER_DAYS = 199, 300, 10


def main(which: str, file: Path) -> None:
    """`one`: migrate and make the school. `many`: add 199 smaller ones to a copy of it."""
    import psycopg
    from django.conf import settings

    from bench.data.fill_school import Wanted, fill_school
    from bench.data.make_world import SLUG, connect_app, open_school, write_world
    from consentry.project.migrate import bring_up_to_date

    with psycopg.connect(settings.CONFIG.app_url, autocommit=True) as line:
        if which == "one":
            bring_up_to_date()
            school = open_school(SLUG, 0)
            fill_school(line, Wanted(school, PUPILS, DAYS))
            write_world(connect_app(school), file)
        else:
            for number in range(OTHER_SCHOOLS):
                school = open_school(f"other-{number}", number + 1)
                fill_school(line, Wanted(school, OTHER_PUPILS, OTHER_DAYS, seed=number))
    with psycopg.connect(settings.CONFIG.owner_url, autocommit=True) as owner:
        owner.execute("vacuum analyze")
    print(json.dumps({"made": which}))


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1], Path(sys.argv[2]))
