"""The command oms-line."""

from service.cli.main import main

__all__ = ["main"]
