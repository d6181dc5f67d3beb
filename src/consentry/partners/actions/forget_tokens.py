"""Remove the codes and tokens that nothing can be had with any more."""

from oauth2_provider.models import AccessToken, clear_expired


def forget_tokens() -> int:
    """How many access tokens went.

    A refresh token that was replaced is kept for as long as an unused one is good: shown again, it ends its chain. The
    chains themselves stay, for they tell who gave what when.
    """
    before = AccessToken.objects.count()
    clear_expired()
    return int(before - AccessToken.objects.count())
