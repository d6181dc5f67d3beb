"""The job worker: Procrastinate, until it is asked to end or its parent is gone."""

import os

from consentry.project.serving.parent import end_with_parent


def main() -> None:
    """Run jobs until SIGTERM; jobs under way finish first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "consentry.project.settings")
    end_with_parent()
    import django

    django.setup()
    from consentry.project.logs import log_as_json

    log_as_json()
    from django.core.management import call_command

    call_command("procrastinate", "worker", "--concurrency=2", "--shutdown-graceful-timeout=10", verbosity=0)


if __name__ == "__main__":
    main()
