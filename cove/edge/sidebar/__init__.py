"""The sidebar's door: the page that opens beside a chat in WeCom."""
