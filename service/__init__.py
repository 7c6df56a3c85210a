"""The text and phone line about opsoclonus-myoclonus syndrome."""
