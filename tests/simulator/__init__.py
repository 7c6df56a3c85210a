"""A small Twilio is only worth having if it refuses what the large one refuses."""
