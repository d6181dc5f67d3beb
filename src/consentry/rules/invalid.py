"""What a use case says of input that it cannot take."""


class InvalidError(Exception):
    """One input is not usable; nothing was changed. `field` names it as form or command do, `reason` says why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason
