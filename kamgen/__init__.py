"""kamgen: a linter and intranet generator for key account plans."""

__version__ = "0.1.0"
