"""The pages people look at: the phones on the table, and the settings page of the platform."""
