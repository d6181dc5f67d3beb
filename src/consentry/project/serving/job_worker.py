"""The job worker: Procrastinate, until it is asked to end or its parent is gone."""

import os

from consentry.project.serving.parent import end_with_parent

JOBS_AT_ONCE = 4
"""More than there are processors: returns wait for collectors most of the time."""

SECONDS_TO_FINISH = 10


def main() -> None:
    """Run jobs until SIGTERM; jobs under way finish first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "consentry.project.settings")
    end_with_parent()
    import django

    django.setup()
    from consentry.project.logs import log_as_json

    log_as_json()
    from procrastinate.contrib.django import app

    worker = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    worker.run_worker(concurrency=JOBS_AT_ONCE, shutdown_graceful_timeout=SECONDS_TO_FINISH)


if __name__ == "__main__":
    main()
