"""What carries an utterance, and how it is cut."""
