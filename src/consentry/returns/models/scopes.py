"""What is asked for, in the columns that a collector has of it now and that each of its former versions had."""

from django.core.validators import MaxValueValidator
from django.db import models

from consentry.audit.guarded import Guarded
from consentry.rules.collectors import MOST_SUPPRESSED, Scope
from consentry.rules.payload_forms import Format, Granularity
from consentry.rules.sending_window import LONGEST, Window, WindowUnit


class Scoped(models.Model):
    """A row that says what is asked for, what for, and who receives it."""

    recipient = models.TextField()
    purpose = models.TextField()
    granularity = models.TextField(choices=[(each.value, each.label) for each in Granularity])
    format = models.TextField(choices=[(each.value, each.value.upper()) for each in Format])
    window_previous = models.PositiveSmallIntegerField(default=7, validators=[MaxValueValidator(LONGEST)])
    window_unit = models.TextField(choices=[(each.value, each.label) for each in WindowUnit])
    suppress_below = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(MOST_SUPPRESSED)])

    class Meta:
        abstract = True

    @property
    def scope(self) -> Scope:
        """What it asks for, and who receives it."""
        return Scope(
            self.recipient,
            Granularity(self.granularity),
            Format(self.format),
            Window(self.window_previous, WindowUnit(self.window_unit)),
            self.suppress_below,
            self.purpose,
        )


class FormerScope(Guarded, Scoped):
    """What a collector asked for in a version that is not its own any more: what schools consented to is kept for good.

    Rows are added when the next version comes (`until`), and never changed. The version that holds now stands in the
    collector itself.
    """

    collector = models.ForeignKey("returns.Collector", models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("collector", "version", name="one_former_scope_a_version")]

    def __str__(self) -> str:
        return f"version {self.version} of collector {self.collector_id}"
