"""A small Twilio: try the line from a terminal or a test, with nobody's phone and nobody's account."""
