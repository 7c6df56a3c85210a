"""The line itself: what words mean, where they lead, and what is read or heard there."""
