"""What can be wrong, told in the words of whoever can mend it."""


class LineError(Exception):
    """The one base of our errors: its message names what is wrong, where, and what to do."""


class ContentError(LineError):
    """Something in content/ or locales/ breaks a rule about words people will hear."""

    def __init__(self, subject: str, problem: str) -> None:
        super().__init__(f"{subject}: {problem}")
        self.subject = subject
        self.problem = problem
