"""The companies of this installation, for whoever runs it: made, renamed, suspended; their data is never shown."""
