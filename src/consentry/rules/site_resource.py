"""What a token of the connect link is bound to: the address of one site, as a resource (RFC 8707)."""

from consentry.rules.slugs import is_usable


def resource_of(base_url: str, slug: str) -> str:
    """The resource that stands for the site of this slug."""
    return f"{base_url}/{slug}"


def slug_of(base_url: str, resource: str) -> str | None:
    """The slug of the site that the resource stands for, or None where it cannot stand for one. Compared exactly."""
    start = f"{base_url}/"
    slug = resource.removeprefix(start)
    return slug if resource.startswith(start) and is_usable(slug) else None
