"""What families' phones and Twilio meet: the webhooks, signed, with a store and a clock."""
