"""What carries each utterance of a call to a person's ear."""
