"""The memory, on both of its stores."""
