"""Speaking with collectors: the line, the tokens, and one attempt to send a submission."""

from consentry.returns.sending.attempt import Answer, send

__all__ = ["Answer", "send"]
