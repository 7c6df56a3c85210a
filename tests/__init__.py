"""The tests; each folder mirrors one of service/."""
