"""Say whether a site's records are real; nothing else changes it."""

from consentry.audit.change import Change
from consentry.schools.models import Life, Site


def lock_site(this: Change) -> Site:
    """The site of the open change as it is now; nobody else changes it until the commit."""
    return Site.objects.select_for_update(no_key=True, of=("self",)).get(id=this.school)


def set_life(site: Site, life: Life) -> None:
    """The site, locked, is live or a dummy from now on. The caller, who knows the occasion, records the event."""
    site.life = life
    site.save(update_fields=["life"])
