"""Where texters had got to, and how often we answered: enough to go on with a conversation, too little to know anybody.

Nobody's number and nobody's words are kept.  People, messages and calls are known by keyed hashes of what Twilio
calls them.
"""

from service.memory.failures import MemoryFailed
from service.memory.memory import Memory, open_memory
from service.memory.remembered import Remembered, Turn

__all__ = ["Memory", "MemoryFailed", "Remembered", "Turn", "open_memory"]
