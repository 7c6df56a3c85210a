"""What is read from content/ and locales/, and every fault that is found there."""
