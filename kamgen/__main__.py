"""`python -m kamgen`."""

from kamgen.cli import entry

if __name__ == "__main__":
    entry()
