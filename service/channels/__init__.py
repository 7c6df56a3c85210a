"""The webhooks that Twilio calls, thin: they read who asks and what, and render a reply."""
