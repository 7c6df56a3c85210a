"""What translators and operators ask about languages: how far each is, what it lacks, and how to begin a new one."""
