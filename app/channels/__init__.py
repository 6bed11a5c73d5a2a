"""How a reminder leaves the building: the secrets file, what may be shown of it, and the senders."""
