"""What a query is refused for, with the parameter that is to blame."""


class QueryError(Exception):
    """A parameter cannot be used: `parameter` names it as the caller wrote it, `why` says what is wrong."""

    def __init__(self, parameter: str, why: str) -> None:
        super().__init__(f"{parameter}: {why}")
        self.parameter = parameter
        self.why = why
