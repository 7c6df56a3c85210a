"""The line itself, without phones, files or clocks: what people say to it, where that leads, what they get."""
