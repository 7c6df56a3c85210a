"""What editors and operators work with: reports, reviews, sentences that people write."""
