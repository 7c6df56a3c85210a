"""Everything that reads content/ and locales/, and tells their editors what is wrong, where, and what to do."""
