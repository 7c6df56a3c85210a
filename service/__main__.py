"""`python -m service` is `oms-line`, where the command is not installed."""

from service.cli import main

main(prog_name="oms-line")
