"""The one error that is the user's to mend: a wrong command, option or workspace."""


class KamgenError(Exception):
    """Ends a command with one line on stderr and exit code 2; its text says what to do next."""
